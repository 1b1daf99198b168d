"""Word a decision: fixed phrases in the question's language around words from the clauses.

Unit names stand in the document's own form; what a clause says is quoted in its own language.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.clean import visible
from index.records import Clause, Document, DocumentStatus, Responsibility
from rag.contrast_wording import contrast_lines
from rag.document_facts import DocumentFact
from rag.finding import Decision, Finding
from rag.intent import Intent, Role
from rag.language import in_script
from rag.phrases import phrase, reason_message
from rag.question import Query
from rag.records import Citation, Lang, Reason, ReasonCode, Status
from rag.sentences import Piece
from rag.units import english_gloss

_LONGEST_QUOTE = 400
_GLOSSED = re.compile("[\u3400-\u9fff][(（][a-zü]*[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ][a-zü]*[)）]")
_BROKEN = re.compile(r"(?<=[^\s!-~])[^\S\n]*\n\s*(?=[^\s!-~])")  # between Chinese characters
_FULL_WIDTH = str.maketrans(",;:()", "，；：（）")


@dataclass(frozen=True, slots=True)
class _Voice:
    """Says fixed phrases in one language."""

    lang: Lang

    def say(self, key: str, **words: str) -> str:
        text = in_script(phrase(key, self.lang), self.lang)
        return text.format(**words) if words else text


def word(query: Query, decision: Decision, citations: Sequence[Citation]) -> str:
    """Give the answer's text, in visible characters alone."""
    return visible(_worded(query, decision, citations))


def _worded(query: Query, decision: Decision, citations: Sequence[Citation]) -> str:
    voice = _Voice(query.lang)
    by_clause = {c.clause.clause_id: c for c in citations}
    if decision.status is Status.NOT_FOUND:
        return _reason_text(query, decision)
    if decision.intent is Intent.TASKS:
        return _tasks(voice, decision, citations)
    lines = [
        _line(voice, query, decision, finding, citation, by_clause)
        for finding, citation in _paired(decision.findings, citations)
    ]
    cited = {f.row: c for f, c in _paired(decision.findings, citations)}
    lines += contrast_lines(voice, decision.contrasts, cited, citations)
    text = _joined(voice, lines)
    opening = {"right": voice.say("yes"), "wrong": voice.say("no")}.get(
        decision.correction or "", ""
    )
    if decision.intent is Intent.COVERAGE:
        opening = voice.say("documents", count=str(len(decision.findings)))
    return opening + text + _notes(voice, decision, citations)


def reason_of(query: Query, decision: Decision) -> Reason | None:
    """Give the reason that goes with anything but a full answer."""
    if decision.reason is None or decision.status is Status.ANSWERED:
        return None
    return Reason(decision.reason, visible(_reason_text(query, decision)))


def _reason_text(query: Query, decision: Decision) -> str:
    names = "、".join(decision.missing)
    if decision.uncovered and decision.reason is ReasonCode.TOPIC_NOT_COVERED:
        return _uncovered(_Voice(query.lang), decision)
    code = decision.reason or ReasonCode.TOPIC_NOT_COVERED
    return in_script(reason_message(code, names, query.lang), query.lang)


def _paired(
    findings: Sequence[Finding], citations: Sequence[Citation]
) -> list[tuple[Finding, Citation]]:
    """Pair findings with their citations: answer citations come first, one for each row."""
    rows: dict[int, Citation] = {}
    pairs = []
    at = 0
    for finding in findings:
        if finding.row not in rows:
            rows[finding.row] = citations[at]
            at += 1
        pairs.append((finding, rows[finding.row]))
    return pairs


def _joined(voice: _Voice, lines: Sequence[str]) -> str:
    end = voice.say("end")
    ended = [
        line if line.endswith(("。", "！", "？", ".", "!", "?")) or _mark_ends(line) else line + end
        for line in lines
    ]
    return "\n".join(_capital(line) for line in ended)


def _mark_ends(line: str) -> bool:
    """A quoted sentence keeps its own full stop before the citation mark."""
    head = line.rpartition("[")[0].rstrip("）) ")
    return line.endswith("]") and head.endswith(("。", ".", "！", "？"))


def _capital(line: str) -> str:
    return line[:1].upper() + line[1:]


def _mark(citation: Citation | None) -> str:
    return f"[{citation.n}]" if citation else ""


def _place(voice: _Voice, decision: Decision, citation: Citation) -> str:
    """Name region, document and clause before each of several parts."""
    if not decision.several:
        return ""
    region = citation.document.region
    inside = f"{citation.label} {citation.clause.heading or ''}".strip()
    colon = voice.say("colon")
    return f"{region.name}（{inside}）{colon}" if region else f"{inside}{colon}"


def _line(
    voice: _Voice,
    query: Query,
    decision: Decision,
    finding: Finding,
    citation: Citation,
    by_clause: dict[str, Citation],
) -> str:
    place = _place(voice, decision, citation)
    if finding.record is not None:
        return place + _responsible(voice, query, finding.record, citation, by_clause)
    if not finding.stated:
        return _unstated(voice, decision, citation.clause, place, _mark(citation))
    if decision.intent is Intent.DOCUMENT:
        return _document_fact(voice, query, finding, citation, place)
    return voice.say("says", place=place, quote=_quoted(finding), n=_mark(citation))


def _quoted(finding: Finding) -> str:
    """Give the telling words as published; … stands where words between them are left out."""
    words = ""
    for piece in finding.pieces:
        if words and not _closed(words):
            words += "…"
        words += _legible(piece)
    words = words.rstrip("，,；;：: ")
    return words if len(words) <= _LONGEST_QUOTE else words[:_LONGEST_QUOTE] + "…"


def _legible(piece: Piece) -> str:
    """Give the words as published, without what broke them: glosses pushed in, ends of pages."""
    if not _GLOSSED.search(piece.quote):
        words = piece.quote.strip()
        return words if "\n" in piece.text.strip() else _BROKEN.sub("", words)
    return piece.text.strip().translate(_FULL_WIDTH)


def _closed(quote: str) -> bool:
    return quote.rstrip().endswith(("。", "；", "！", "？", ";", ".", "，", ",", "”"))


def _unstated(voice: _Voice, decision: Decision, clause: Clause, place: str, mark: str) -> str:
    if decision.intent in (Intent.LEAD, Intent.UNITS):
        return voice.say("cut" if clause.truncated else "none", place=place, n=mark)
    if decision.intent is Intent.DEFINITION and decision.subject:
        return voice.say("undefined", term=decision.subject, n=mark)
    return voice.say("silent", place=place, n=mark)


def _responsible(
    voice: _Voice,
    query: Query,
    record: Responsibility,
    citation: Citation,
    by_clause: dict[str, Citation],
) -> str:
    mark = _mark(citation)
    text = ""
    if record.lead:
        text = voice.say("lead", place="", lead=_glossed(voice, record.leads), n=mark)
        basis = record.lead_basis
        if basis is not None and basis.kind.value != "explicit":
            rule = by_clause.get(basis.clause_id)
            text += voice.say("rule", quote=basis.quote, n=_mark(rule))
        text += (
            voice.say("sep") if len(record.units) > len(record.leads) or record.qualifiers else ""
        )
    text += _listed(voice, record, mark)
    if record.inherited_from:
        text += voice.say("inherited")
    if not record.lead and query.ask.wants_lead and record.units:
        text += voice.say("no_lead")
    return text


def _listed(voice: _Voice, record: Responsibility, mark: str) -> str:
    comma = voice.say("comma")
    qualifiers = comma.join(record.qualifiers)
    if not record.units:
        return voice.say("generic", qualifiers=qualifiers, n=mark) if qualifiers else ""
    if len(record.units) > len(record.leads):
        key = "sole" if len(record.units) == 1 and not record.qualifiers else "units"
        text = voice.say(key, units=_glossed(voice, record.units, but=record.leads), n=mark)
        return text + (voice.say("with", qualifiers=qualifiers) if qualifiers else "")
    return voice.say("with", qualifiers=qualifiers).lstrip("；; ") if qualifiers else ""


def _glossed(voice: _Voice, names: Sequence[str], *, but: Sequence[str] = ()) -> str:
    """Join names of units, in English answers with a gloss each but for those glossed before."""
    if voice.lang is not Lang.EN:
        return voice.say("comma").join(names)
    glosses = (None if name in but else english_gloss(name) for name in names)
    told = (f"{n} ({g})" if g else n for n, g in zip(names, glosses, strict=True))
    return voice.say("comma").join(told)


def _tasks(voice: _Voice, decision: Decision, citations: Sequence[Citation]) -> str:
    if not decision.findings:
        return voice.say("tasks_none", unit=decision.subject)
    designated = any(f.record is not None and f.record.lead for f in decision.findings)
    lines = [
        voice.say(
            "task",
            place=f"{citation.label} ",
            heading=citation.clause.heading or citation.clause.search_text[:30],
            role=_role(voice, finding, designated=designated),
            n=_mark(citation),
        )
        for finding, citation in _paired(decision.findings, citations)
    ]
    count = str(len(decision.findings))
    opening = voice.say(_tasks_key(decision), unit=decision.subject, count=count)
    return f"{opening}\n{_joined(voice, lines)}{_notes(voice, decision, citations)}"


def _tasks_key(decision: Decision) -> str:
    if decision.reason is ReasonCode.NO_LEAD_DESIGNATED:
        return "tasks_no_lead"
    if decision.correction == "wrong":
        return "tasks_not_lead"
    if not decision.subject:
        return "tasks_apart"
    return "tasks_lead" if all(f.role is Role.LEAD for f in decision.findings) else "tasks_all"


def _role(voice: _Voice, finding: Finding, *, designated: bool) -> str:
    if finding.role is Role.LEAD:
        return voice.say("as_lead")
    if finding.record is None:
        return voice.say("as_actor")
    if finding.role is None and finding.record is not None and finding.record.lead:
        return voice.say("as_led_by", lead=finding.record.lead)
    if finding.record is not None and len(finding.record.units) == 1:
        return voice.say("as_sole")
    return voice.say("as_member" if designated else "as_unit")


def _document_fact(
    voice: _Voice, query: Query, finding: Finding, citation: Citation, place: str
) -> str:
    fact, mark = query.ask.fact, _mark(citation)
    document: Document = citation.document
    simple = {
        DocumentFact.NUMBER: "number",
        DocumentFact.ISSUER: "issuer",
        DocumentFact.DATE: "date",
    }
    if fact in simple and finding.value:
        text = place + voice.say(simple[fact], value=finding.value, n=mark)
        if fact is DocumentFact.ISSUER and document.date:
            text += voice.say("sep") + voice.say("date", value=document.date, n=mark)
        return text
    if fact is DocumentFact.STATUS and finding.value == DocumentStatus.DRAFT.value:
        return voice.say("is_draft", place=place, n=mark)
    if fact is DocumentFact.STATUS and finding.value:
        return voice.say("is_issued", place=place, n=mark)
    return voice.say("says", place=place, quote=_quoted(finding), n=mark)


def _notes(voice: _Voice, decision: Decision, citations: Sequence[Citation]) -> str:
    answering = citations[: len({f.row for f in decision.findings})]
    text = ""
    if any(c.document.status is DocumentStatus.DRAFT for c in answering):
        text += voice.say("draft")
    if any(c.clause.damaged for c in answering):
        text += voice.say("damaged")
    if decision.missing:
        text += voice.say("missing", names="、".join(decision.missing))
    if decision.uncovered:
        text += voice.say("aside", text=_uncovered(voice, decision))
    return text


def _uncovered(voice: _Voice, decision: Decision) -> str:
    return voice.say("uncovered", names="、".join(decision.uncovered))
