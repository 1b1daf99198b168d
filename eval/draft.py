"""Propose gold rows from an index, for a person to correct.

A draft is a gold row with ``reviewed`` false: what the index read is put down as the answer, so
that it must be compared with the document, not with the system. Questions are in Chinese, the
language of the documents, in Simplified or Traditional characters.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import Any

import opencc

from eval.gold import ABSTAINING
from eval.names import fold_name
from index.library import Index
from index.records import Clause, ClauseKind, Document, LeadBasisKind, Responsibility
from rag.records import ReasonCode
from rag.sentences import Piece, parts, sentences

Json = dict[str, Any]

TAG = "draft_row"
_LONGEST_TOPIC, _SHORTEST_TOPIC = 30, 4
_SHORTEST_HEADING = 6  # characters; a shorter one (总体要求) names no subject
_SHORTEST_UNIT = 3
_LEVEL = re.compile("^(?:自治区|[省市县区])")
_END = "。:：;；,，"
_STATES = (
    r"达到|不低于|不少于|不超过|提高到|提升到|控制在|增长到?|下降到?|降至|降到|超过|完成|建成|培育"
    r"|至少"
)
_FIGURE = r"\d+(?:\.\d+)?\s*(?:%|％|[\u4e00-\u9fff]{1,2})?(?:以上|以下|左右)?"
_TARGET = re.compile(
    rf"(?P<subject>[^,，、;；。:：]{{2,24}}?)(?P<verb>{_STATES})(?P<value>(?:约|近)?{_FIGURE})"
)
_DEADLINE = re.compile(
    r"(?P<when>(?:到|在|于)?\s*20\d{2}\s*年(?:\s*\d{1,2}\s*月)?(?:底前|末前|底|末|前))[,，]?"
    r"(?P<what>[^,，;；。:：]{4,30})"
)


# Their heading is the document's name, or no heading of the document at all.
_NO_TASK = frozenset({ClauseKind.TITLE, ClauseKind.NOISE})


class Kind(StrEnum):
    """What a draft is made from."""

    RESPONSIBILITY = "responsibility"
    TARGET = "target"
    DEADLINE = "deadline"
    ELSEWHERE = "elsewhere"
    ABSENT_UNIT = "absent_unit"


class Script(StrEnum):
    """The characters that drafts are written in."""

    SIMPLIFIED = "zh-Hans"
    TRADITIONAL = "zh-Hant"


def drafts(
    index: Index,
    kinds: Sequence[Kind] = tuple(Kind),
    *,
    limit: int | None = None,
    script: Script = Script.SIMPLIFIED,
) -> list[Json]:
    """Propose rows.

    Parameters
    ----------
    index : Index
        Whose documents are asked about.
    kinds : sequence of Kind
        One row is proposed for each responsibility record, for each target and deadline that a
        sentence states, and, to be declined, for each heading of another region that a document
        lacks and for each unit that only other regions' documents name.
    limit : int, optional
        Rows of each kind at most, spread over all that there are.
    script : Script
        Characters of the questions.

    Returns
    -------
    list of dict
        Gold rows to be written as JSON lines. The same index gives the same rows, ids included.
    """
    found: dict[str, Json] = {}
    for kind in kinds:
        rows: dict[str, Json] = {}
        for row in _MAKERS[kind](index):
            if row["question"] not in found:
                rows.setdefault(row["question"], row)
        found |= {row["question"]: row for row in _spread(list(rows.values()), limit)}
    return [_written(row, script) for row in found.values()]


def headings_elsewhere(index: Index) -> Iterator[tuple[str, Document]]:
    """Give each heading with each document of a region that lacks the words of it."""
    texts: dict[str, str] = {}
    for clause in index.clauses:
        texts[clause.document_id] = texts.get(clause.document_id, "") + clause.search_text
    for clause in index.clauses:
        heading = (clause.heading or "").rstrip(_END)
        if clause.kind in _NO_TASK or len(heading) < _SHORTEST_HEADING:
            continue
        for document in index.documents:
            if _is_elsewhere(
                document, index.document(clause.document_id)
            ) and heading not in texts.get(document.document_id, ""):
                yield heading, document


def _is_elsewhere(document: Document, other: Document) -> bool:
    return document.region is not None and document.region != other.region


def place(document: Document) -> str:
    """Name a document's region, as a question begins; empty if it is not known."""
    return document.region.name if document.region else ""


def _spread(rows: list[Json], limit: int | None) -> list[Json]:
    """Take ``limit`` rows at even distances, so that no document is left out for being last."""
    if limit is None or len(rows) <= limit:
        return rows
    return [rows[i * len(rows) // limit] for i in range(limit)]


def _written(row: Json, script: Script) -> Json:
    question = row["question"]
    if script is Script.TRADITIONAL:
        question = _to_traditional().convert(question)
    return {"id": draft_id(question), **row, "question": question, "lang": script.value}


@lru_cache(maxsize=1)
def _to_traditional() -> opencc.OpenCC:
    return opencc.OpenCC("s2t")


def draft_id(question: str) -> str:
    """Give a draft's id, which its question alone decides."""
    return f"draft-{hashlib.sha256(question.encode()).hexdigest()[:10]}"


def _row(question: str, kind: str, behavior: str, document: Document, **facts: Any) -> Json:  # noqa: ANN401
    evidence = facts.pop("evidence", [])
    own = dict.fromkeys(each["clause_id"] for each in evidence)
    support = facts.pop("support", [])
    return {
        "question": question,
        "type": kind,
        "docs": [document.file],
        "evidence": evidence,
        "clause_ids": [each for each in own if each not in support],
        "support_clause_ids": support,
        "lead": None,
        "units": [],
        "qualifier": [],
        "parts": [],
        "answer": "",
        "abstain": behavior in ABSTAINING,
        "behavior": behavior,
        "tags": [TAG],
        "note": "",
        "reviewed": False,
        **facts,
    }


# ---- one row for each responsibility record --------------------------------------------------


def _of_responsibilities(index: Index) -> Iterator[Json]:
    for clause in index.clauses:
        topic = _topic(index, clause)
        own = [each for each in clause.responsibilities if each.inherited_from is None]
        for nth, record in enumerate(own, start=1):
            if topic:
                which = f"（第{nth}处责任单位）" if len(own) > 1 else ""
                yield _responsibility_row(index, clause, topic, record, which=which)


def _responsibility_row(
    index: Index, clause: Clause, topic: Piece, record: Responsibility, *, which: str
) -> Json:
    document = index.document(clause.document_id)
    basis = record.lead_basis
    evidence = [
        _evidence(index, clause, topic.start, topic.end),
        _evidence(index, clause, record.start, record.end),
    ]
    support: list[str] = []
    if basis is not None and basis.kind is LeadBasisKind.FIRST_LISTED:
        rule = index.clause(basis.clause_id)
        evidence.append(_evidence(index, rule, basis.start, basis.end))
        support = [rule.clause_id] if rule.clause_id != clause.clause_id else []
    asked = f"{place(document)}{topic.text.rstrip(_END)}{which}"
    sole = record.lead is None and len(record.units) == 1
    facts: Json = {
        "evidence": evidence,
        "support": support,
        "lead": record.lead,
        "units": list(record.units),
        "qualifier": list(record.qualifiers),
    }
    if sole or not record.units:
        return _row(f"{asked}由哪个单位负责？", "units", "answer", document, **facts)
    if record.lead is None:
        facts["reason"] = ReasonCode.NO_LEAD_DESIGNATED.value
        return _row(f"{asked}由谁牵头？", "lead_unit", "units_no_lead", document, **facts)
    return _row(f"{asked}由谁牵头？", "lead_unit", "answer", document, **facts)


def _topic(index: Index, clause: Clause) -> Piece | None:
    """Give the words that name what a clause is about: its heading, or its first words."""
    first = next(iter(sentences(index, clause)), None)
    if first is None:
        return None
    pieces = [first, *parts(index, clause, first)]
    named = (_without_number(each, clause) for each in pieces)
    fitting = (
        each for each in named if _SHORTEST_TOPIC <= len(each.text.rstrip(_END)) <= _LONGEST_TOPIC
    )
    return next(fitting, None)


def _without_number(piece: Piece, clause: Clause) -> Piece:
    """Drop the clause's number from the front of a piece of its source."""
    match = re.match(
        r"[（(]?[\d一二三四五六七八九十百]+[)）.．、]+\s*|第[^\s]{1,6}[条章节]\s*", piece.quote
    )
    if match is None or clause.number is None:
        return piece
    cut = len(match[0])
    return Piece(piece.start + cut, piece.end, piece.text[cut:].lstrip(), piece.quote[cut:])


# ---- one row for each target and deadline ----------------------------------------------------


def _of_targets(index: Index) -> Iterator[Json]:
    for clause, sentence in _sentences(index):
        document = index.document(clause.document_id)
        for match in _TARGET.finditer(sentence.text):
            asked = f"{place(document)}{_subject(match['subject'])}{match['verb']}多少？"
            evidence = [_evidence(index, clause, *_source_span(sentence, match))]
            yield _row(
                asked, "deadline_or_target", "answer", document, evidence=evidence, answer=match[0]
            )


def _of_deadlines(index: Index) -> Iterator[Json]:
    for clause, sentence in _sentences(index):
        document = index.document(clause.document_id)
        for match in _DEADLINE.finditer(sentence.text):
            asked = f"{place(document)}{match['what'].strip()}，要在什么时候完成？"
            evidence = [_evidence(index, clause, *_source_span(sentence, match))]
            yield _row(
                asked,
                "deadline_or_target",
                "answer",
                document,
                evidence=evidence,
                answer=match["when"].strip(),
            )


def _sentences(index: Index) -> Iterator[tuple[Clause, Piece]]:
    for clause in index.clauses:
        if not clause.noise:
            for sentence in sentences(index, clause):
                yield clause, sentence


def _source_span(sentence: Piece, match: re.Match[str]) -> tuple[int, int]:
    """Give the offsets of a match; of the whole sentence where cleaning moved its characters."""
    if len(sentence.text) != len(sentence.quote):
        return sentence.start, sentence.end
    return sentence.start + match.start(), sentence.start + match.end()


def _subject(words: str) -> str:
    """Drop what leads up to the subject of a target: 力争, 到2025年."""
    return re.sub(r"^(?:力争|争取|确保|实现|使|将|把|到\s*20\d{2}\s*年底?)+", "", words.strip())


# ---- rows to be declined ---------------------------------------------------------------------


def _elsewhere(index: Index) -> Iterator[Json]:
    for heading, document in headings_elsewhere(index):
        yield _row(
            f"{place(document)}{heading}由谁牵头？",
            "unanswerable",
            "out_of_scope",
            document,
            reason=ReasonCode.TOPIC_NOT_COVERED.value,
            note="Another region's heading: does this document say it in other words?",
        )


def _absent_units(index: Index) -> Iterator[Json]:
    """Ask a document for the tasks of a unit that only other regions' documents name."""
    named: dict[str, dict[str, None]] = {}
    texts: dict[str, str] = {}
    for clause in index.clauses:
        texts[clause.document_id] = texts.get(clause.document_id, "") + clause.search_text
        units = named.setdefault(clause.document_id, {})
        units.update(dict.fromkeys(u for r in clause.responsibilities for u in r.units))
    folded = {document_id: fold_name(text) for document_id, text in texts.items()}
    for document in index.documents:
        if document.region is None or not named.get(document.document_id):
            continue
        others = dict.fromkeys(
            unit
            for other, units in named.items()
            if other != document.document_id
            for unit in units
        )
        for unit in others:
            core = _LEVEL.sub("", unit)
            if len(core) >= _SHORTEST_UNIT and fold_name(core) not in folded[document.document_id]:
                yield _row(
                    f"{place(document)}{core}参与哪些任务？",
                    "task_of_unit",
                    "not_stated",
                    document,
                    reason=ReasonCode.FACT_NOT_STATED.value,
                    note="A unit that only other documents name: has it another name here?",
                )


def _evidence(index: Index, clause: Clause, start: int, end: int) -> Json:
    text = index.text(clause.document_id)
    return {
        "doc": index.document(clause.document_id).file,
        "start": start,
        "end": end,
        "text": text[start:end],
        "clause_id": clause.clause_id,
    }


_MAKERS: Mapping[Kind, Callable[[Index], Iterator[Json]]] = {
    Kind.RESPONSIBILITY: _of_responsibilities,
    Kind.TARGET: _of_targets,
    Kind.DEADLINE: _of_deadlines,
    Kind.ELSEWHERE: _elsewhere,
    Kind.ABSENT_UNIT: _absent_units,
}
