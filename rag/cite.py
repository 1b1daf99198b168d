"""Turn a decision into numbered citations: what the answer consists of, its rules, what is near."""

import re
from collections.abc import Sequence

from index.library import Index
from index.numbering import marker_at
from index.records import Clause, ClauseKind, LeadBasis
from rag.finding import Decision, Finding, record_of
from rag.records import Citation, CitationRole, Highlight, Status

_LEAST_RELATED = 0.1
_ARTICLE_LIKE = re.compile(r"第.+[编章节条]")
_KINDS_ZH = {
    ClauseKind.TITLE: "标题",
    ClauseKind.NUMBER: "文号",
    ClauseKind.ADDRESSEE: "主送",
    ClauseKind.PREAMBLE: "引言",
    ClauseKind.NOTICE: "通知正文",
    ClauseKind.SIGNATURE: "落款",
    ClauseKind.COPY_LIST: "抄送",
    ClauseKind.IMPRINT: "印发说明",
    ClauseKind.TABLE_ROW: "表格",
    ClauseKind.PARAGRAPH: "正文",
}


def cite(index: Index, decision: Decision, *, top_k: int) -> tuple[Citation, ...]:
    """Number the clauses of a decision: answer clauses, then rules, then related ones.

    ``top_k`` bounds the related ones alone: together with the others they are at most
    ``top_k``, while answer and rule clauses are cited however many they are.
    """
    cited: list[Citation] = []
    seen: set[int] = set()
    for finding in decision.findings:
        if finding.row not in seen:
            seen.add(finding.row)
            marks = _marks(decision.findings, finding.row)
            cited.append(
                _citation(index, finding.row, CitationRole.ANSWER, finding.score, marks, len(cited))
            )
    for basis in _rules(index, decision):
        row = index.row(basis.clause_id)
        if row not in seen:
            seen.add(row)
            mark = (Highlight(basis.start, basis.end),)
            cited.append(_citation(index, row, CitationRole.RULE, 1.0, mark, len(cited)))
    if decision.status is Status.NOT_FOUND:
        return tuple(cited)
    best = max((score for _, score in decision.related), default=0.0)
    for row, score in decision.related:
        if len(cited) >= top_k:
            break
        if row in seen or score < _LEAST_RELATED * max(best, 1.0):
            continue
        seen.add(row)
        cited.append(_citation(index, row, CitationRole.RELATED, score, (), len(cited)))
    return tuple(cited)


def _marks(findings: Sequence[Finding], row: int) -> tuple[Highlight, ...]:
    marks = []
    for finding in findings:
        if finding.row != row:
            continue
        marks += [Highlight(piece.start, piece.end) for piece in finding.pieces]
        if finding.record is not None:
            marks.append(Highlight(finding.record.start, finding.record.end))
    return tuple(dict.fromkeys(marks))


def _rules(index: Index, decision: Decision) -> list[LeadBasis]:
    """Give the clauses that state why a lead leads, where those are not the list's own."""
    found = []
    for finding in decision.findings:
        record = record_of(index, decision, finding)
        basis = record.lead_basis if record else None
        if basis is not None:
            found.append(basis)
    return found


def _citation(
    index: Index,
    row: int,
    role: CitationRole,
    score: float,
    marks: tuple[Highlight, ...],
    before: int,
) -> Citation:
    clause = index.clauses[row]
    inside = tuple(m for m in marks if clause.start <= m.start <= m.end <= clause.end)
    return Citation(
        n=before + 1,
        role=role,
        clause=clause,
        document=index.document(clause.document_id),
        label=label(index, clause),
        quote=index.quote(clause),
        highlights=inside,
        score=min(1.0, max(0.0, score)),
    )


def label(index: Index, clause: Clause) -> str:
    """Give a clause's place as offices write it: 浙政办发〔2021〕68号 第二部分第（一）项."""
    document = index.document(clause.document_id)
    name = document.number or (f"《{document.title}》" if document.title else document.document_id)
    steps = []
    at: Clause | None = clause
    while at is not None:
        if step := _step(at):
            steps.append(step)
        at = index.clause(at.parent_id) if at.parent_id else None
    place = "".join(reversed(steps)) or _KINDS_ZH.get(clause.kind, "")
    return f"{name} {place}".strip()


def _step(clause: Clause) -> str:
    number = clause.number
    if number is None:
        return ""
    if (
        _ARTICLE_LIKE.match(number)
        or number.startswith(("附", "专栏"))
        or (number[0].isascii() and number[0].isalpha())
    ):
        return number
    top = clause.parent_id is None or (
        ":" in clause.parent_id and "附" in clause.parent_id.rpartition(":")[2]
    )
    if top and "（" not in number and marker_at(f"{number}、x", 0, strong=True):
        return f"第{number}部分" if not number[0].isdigit() else f"第{number}项"
    return f"第{number}项"


def search_citations(index: Index, rows: Sequence[tuple[int, float]]) -> tuple[Citation, ...]:
    """Number found clauses as search results, best first."""
    return tuple(
        _citation(index, row, CitationRole.RELATED, score, (), n)
        for n, (row, score) in enumerate(rows)
    )
