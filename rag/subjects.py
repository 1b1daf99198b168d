"""Subjects that documents of several regions share, for those who know none to compare yet."""

import re
from collections.abc import Iterator

from index.clean import fold
from index.library import Index
from index.records import Clause, ClauseKind
from rag.terms import TermMatcher

_NAMED = frozenset((ClauseKind.ITEM, ClauseKind.ARTICLE, ClauseKind.TABLE_ROW))
_HAN = re.compile(r"[\u3400-\u9fff]+")
_SHORTEST, _LONGEST = 5, 12
_JOINING = ("和", "与", "及", "等", "的", "或")


def shared_subjects(index: Index, *, k: int) -> tuple[str, ...]:
    """Give words with which headings end in documents of at least two regions, longest first.

    Only headings of clauses without children count: those above them (总体要求, 保障措施) name a
    part of a document, and no task. Units are no subject. Words are whole ones of the embedded
    model; without it, or without two regions, there are none. Equals stand in the order of their
    characters.
    """
    matcher = TermMatcher(index)
    regions = {d.document_id: d.region.code for d in index.documents if d.region}
    held: dict[str, set[str]] = {}
    for clause in index.clauses:
        if clause.document_id in regions and _names_a_task(index, clause):
            for words in _endings(matcher, fold(clause.heading or "")):
                held.setdefault(words, set()).add(regions[clause.document_id])
    shared = {words: places for words, places in held.items() if len(places) > 1}
    units = {unit for c in index.clauses for r in c.responsibilities for unit in r.units}
    whole = [
        each
        for each in shared
        if not _within_a_longer(each, shared) and not any(u.endswith(each) for u in units)
    ]
    return tuple(sorted(whole, key=lambda each: (-len(each), each))[:k])


def _names_a_task(index: Index, clause: Clause) -> bool:
    return (
        clause.kind in _NAMED
        and bool(clause.heading)
        and not clause.noise
        and not index.children(clause.clause_id)
    )


def _endings(matcher: TermMatcher, heading: str) -> Iterator[str]:
    """Give the ends of each run of characters that begin where a word does."""
    for run in _HAN.findall(heading):
        at = len(run)
        for word in reversed(matcher.split(run)):
            if not run[:at].endswith(word):
                break
            at -= len(word)
            ending = run[at:]
            if _SHORTEST <= len(ending) <= _LONGEST and not ending.startswith(_JOINING):
                yield ending


def _within_a_longer(words: str, shared: dict[str, set[str]]) -> bool:
    return any(
        other != words and other.endswith(words) and places >= shared[words]
        for other, places in shared.items()
    )
