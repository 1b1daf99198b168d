"""Tell what several documents have in common on one task, and what one has and another lacks.

Offices count as one where they look after the same field, whatever their level (省药监局,
市药品监管局); targets where figures and most words are the same; deadlines where they name the same
time. What is compared are words of clauses: every document's own words stand beside the others'.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from index.library import Index
from index.records import Clause, Responsibility
from rag.goals import Stated, goals
from rag.grams import grams
from rag.quantity import figures
from rag.sentences import Piece, cleaned, parts, sentences
from rag.units import counterparts

_SAME_WORDS = 0.5
_TIME = re.compile(
    r"(?:\d+(?:[-—~至到]\d+)?|[一二两三四五六七八九十]+)\s*个?(?:年|月|日|工作日|天|周|季度|小时|分钟)"
)
_DIFFERENCE = re.compile(
    r"不同|不一样|区别|差别|差异|差在|异同|相同|一样吗|对比|比较|相比|比一比|比一下"
    r"|\b(?:compar\w+|differ\w*|versus|vs|contrast\w*|similarit\w+)\b",
    re.IGNORECASE,
)


class Column(StrEnum):
    """What clauses are compared by."""

    LEAD = "lead"
    UNITS = "units"
    TARGETS = "targets"
    DEADLINES = "deadlines"


@dataclass(frozen=True, slots=True)
class Entry:
    """One clause as it is compared: ``record`` is who is responsible, the rest its own words.

    ``targets`` are the parts of its sentences that hold a figure, ``deadlines`` those that hold
    a time; a part can be both.
    """

    row: int
    document_id: str
    record: Responsibility | None
    targets: tuple[Piece, ...]
    deadlines: tuple[Piece, ...]

    def words(self, column: Column) -> tuple[str, ...]:
        """Give the words of one column."""
        if column is Column.LEAD:
            return self.record.leads if self.record else ()
        if column is Column.UNITS:
            return self.record.units if self.record else ()
        pieces = self.targets if column is Column.TARGETS else self.deadlines
        return tuple(trimmed(piece.text) for piece in pieces)


@dataclass(frozen=True, slots=True)
class Held:
    """Words of one clause that say what words of others say."""

    row: int
    document_id: str
    words: str


@dataclass(frozen=True, slots=True)
class Point:
    """One thing that some documents say (``held``) and others, if any, do not (``lacking``)."""

    held: tuple[Held, ...]
    lacking: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contrast:
    """One column compared: what every document has, and what only some of them have."""

    column: Column
    shared: tuple[Point, ...]
    differing: tuple[Point, ...]


def asks_difference(folded: str) -> bool:
    """Tell whether a folded question asks to compare.

    Examples
    --------
    >>> [asks_difference(q) for q in ("浙江和上海有什么不同?", "浙江和上海分别由谁牵头?")]
    [True, False]
    """
    return bool(_DIFFERENCE.search(folded))


def trimmed(text: str) -> str:
    """Give the words of a part of a sentence without the marks around it."""
    return text.strip(" ,;:。.、\n\t")


def entry(
    index: Index,
    row: int,
    record: Responsibility | None,
    *,
    about: Callable[[Piece], bool] = lambda _: True,
) -> Entry:
    """Read the figures and times of a clause, lists of units aside.

    ``about`` tells which of its sentences speak of the subject; those of the others are left out.
    """
    clause = index.clauses[row]
    told = [sentence for sentence in sentences(index, clause) if about(sentence)]
    lists = [(r.start, r.end) for r in clause.responsibilities if r.inherited_from is None]
    found = [
        part
        for sentence in told
        for part in parts(index, clause, sentence)
        if figures(part.text) and not _inside_any(part, lists)
    ]
    times = [
        _piece(index, clause, each)
        for each in goals(index, clause).deadlines
        if any(s.start <= each.start < s.end for s in told)
    ]
    return Entry(row, clause.document_id, record, tuple(found), tuple(times))


def _inside_any(piece: Piece, spans: Sequence[tuple[int, int]]) -> bool:
    return any(piece.start < end and start < piece.end for start, end in spans)


def _piece(index: Index, clause: Clause, stated: Stated) -> Piece:
    """Give words of a clause with their clean text."""
    text = cleaned(index, clause)
    first, end = text.from_source(stated.start - clause.start, stated.end - clause.start)
    return Piece(stated.start, stated.end, text.text[first:end], stated.quote)


def contrast(entries: Sequence[Entry], columns: Iterable[Column]) -> tuple[Contrast, ...]:
    """Compare the documents of several clauses column by column.

    Where all clauses are of one document there is nothing to compare. Points stand in the order
    in which the clauses have them; a column that no clause has words for has none.
    """
    sides = tuple(dict.fromkeys(each.document_id for each in entries))
    if len(sides) < 2:  # noqa: PLR2004 - one document has no other
        return ()
    found = ((column, _points(entries, column, sides)) for column in columns)
    return tuple(
        Contrast(
            column,
            tuple(point for point in points if not point.lacking),
            tuple(point for point in points if point.lacking),
        )
        for column, points in found
    )


def _points(entries: Sequence[Entry], column: Column, sides: Sequence[str]) -> list[Point]:
    same = _SAME[column]
    groups: list[list[Held]] = []
    for each in entries:
        for words in each.words(column):
            held = Held(each.row, each.document_id, words)
            group = next((g for g in groups if same(g[0].words, words)), None)
            if group is None:
                groups.append([held])
            elif all(other.document_id != each.document_id for other in group):
                group.append(held)
    return [
        Point(tuple(group), tuple(s for s in sides if all(h.document_id != s for h in group)))
        for group in groups
    ]


def _same_target(one: str, other: str) -> bool:
    if figures(one) != figures(other):
        return False
    a, b = frozenset(grams(one)), frozenset(grams(other))
    return one == other or len(a & b) >= _SAME_WORDS * len(a | b)


def _same_time(one: str, other: str) -> bool:
    times = frozenset(_TIME.findall(one))
    return one == other or (bool(times) and times == frozenset(_TIME.findall(other)))


_SAME: dict[Column, Callable[[str, str], bool]] = {
    Column.LEAD: counterparts,
    Column.UNITS: counterparts,
    Column.TARGETS: _same_target,
    Column.DEADLINES: _same_time,
}
