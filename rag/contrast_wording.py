"""Word what documents have in common, and what one has and another lacks, with the marks."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from rag.contrast import Column, Contrast, Point
from rag.records import Citation


class Voice(Protocol):
    """Says fixed phrases in one language."""

    def say(self, key: str, **words: str) -> str:
        """Give a phrase with its gaps filled."""
        ...


def contrast_lines(
    voice: Voice,
    contrasts: Sequence[Contrast],
    cited: dict[int, Citation],
    citations: Sequence[Citation],
) -> list[str]:
    """Say column by column what all documents state, and what only some of them do.

    Of a column that no document has words for nothing is said, that of units aside.

    Parameters
    ----------
    voice : Voice
        Says fixed phrases.
    contrasts : sequence of Contrast
        The columns.
    cited : dict of int to Citation
        For the row of each clause compared its citation.
    citations : sequence of Citation
        All of the answer, the rules that a lead rests on among them.
    """
    sides = _sides(cited.values())
    lines = []
    for each in contrasts:
        parts = _compared(voice, each, _Marks(citations, cited), sides)
        stated = each.shared or each.differing
        if parts and (stated or each.column is Column.UNITS):
            column = voice.say(f"column_{each.column.value}")
            lines.append(voice.say("contrast", column=column, parts=voice.say("sep").join(parts)))
    return lines


class _Marks:
    """Gives the marks of the citations that words of a compared clause rest on."""

    def __init__(self, citations: Sequence[Citation], cited: dict[int, Citation]) -> None:
        self._by_clause = {c.clause.clause_id: c for c in citations}
        self._cited = cited

    def of(self, row: int, *, lead: str | None = None) -> str:
        """Mark a clause, and the rule by which ``lead`` is its lead."""
        citation = self._cited[row]
        bases = [
            record.lead_basis
            for record in citation.clause.responsibilities
            if lead in record.leads and record.lead_basis is not None
        ]
        rule = self._by_clause.get(bases[0].clause_id) if bases else None
        return _mark(citation) + (_mark(rule) if rule and rule is not citation else "")

    def cut(self, document_id: str) -> bool:
        """Tell whether a clause of a document is cut short: it may have stated what is lost."""
        own = [c for c in self._cited.values() if c.clause.document_id == document_id]
        return any(c.clause.truncated for c in own)

    def of_none(self, documents: Sequence[str]) -> str:
        """Mark the clauses of some documents."""
        held = [c for c in self._cited.values() if c.clause.document_id in documents]
        return "".join(map(_mark, held))


def _compared(voice: Voice, contrast: Contrast, marks: _Marks, sides: dict[str, str]) -> list[str]:
    """Say of one column what all state, what only some do, and who states nothing."""
    comma, lead = voice.say("comma"), contrast.column is Column.LEAD
    parts = []
    if contrast.shared:
        items = comma.join(_held(voice, p, marks, lead=lead) for p in contrast.shared)
        parts.append(voice.say("all_have", items=items))
    by_holders: dict[tuple[str, ...], list[Point]] = {}
    for point in contrast.differing:
        by_holders.setdefault(tuple(h.document_id for h in point.held), []).append(point)
    for holders, points in by_holders.items():
        names = comma.join(sides[i] for i in holders)
        items = _items(voice, points, marks, lead=lead)
        parts.append(voice.say("only_have", names=names, items=items))
    holding = {h.document_id for p in (*contrast.shared, *contrast.differing) for h in p.held}
    if none := [i for i in sides if i not in holding and not marks.cut(i)]:
        names = comma.join(sides[i] for i in none)
        parts.append(voice.say("has_none", names=names) + marks.of_none(none))
    return parts


def _sides(cited: Iterable[Citation]) -> dict[str, str]:
    """Name each document compared by its region, or by its number where regions are the same."""
    documents = {c.clause.document_id: c.document for c in cited}
    regions = [d.region.name for d in documents.values() if d.region]
    return {
        i: d.region.name
        if d.region and regions.count(d.region.name) == 1
        else d.number or d.title or i
        for i, d in documents.items()
    }


def _held(voice: Voice, point: Point, marks: _Marks, *, lead: bool) -> str:
    told = (f"{h.words}{marks.of(h.row, lead=h.words if lead else None)}" for h in point.held)
    return voice.say("and_so").join(told)


def _items(voice: Voice, points: Sequence[Point], marks: _Marks, *, lead: bool) -> str:
    """List what the same documents hold: of one clause with its mark once, behind the last."""
    comma = voice.say("comma")
    if lead or any(len(point.held) > 1 for point in points):
        return comma.join(_held(voice, point, marks, lead=lead) for point in points)
    by_row: dict[int, list[str]] = {}
    for point in points:
        by_row.setdefault(point.held[0].row, []).append(point.held[0].words)
    return comma.join(f"{comma.join(words)}{marks.of(row)}" for row, words in by_row.items())


def _mark(citation: Citation) -> str:
    return f"[{citation.n}]"
