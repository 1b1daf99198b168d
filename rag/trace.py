"""Trace one task from document to document: who cites whom, and which clause carries it on.

A document is linked to another where it names the other's number or, between 《 and 》, its title.
Along a link the clause is sought that says the same. How far one does is the alignment score, in 0
to 1, the mean of
- the cosine of its embedding with the nearest passage of the other, 0 where that is negative;
- the words both texts hold: sqrt(share of A's words in B * share of B's words in A), the words
  weighted by rarity;
- where both clauses have a heading, the same for the words of the headings.
Passages are embedded with their title and headings, so that a clause aligns with itself a little
below 1, and one way a little differently from the other.
"""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from index.clean import fold
from index.library import Index
from index.records import Clause, ClauseKind, Level
from rag.document_names import DocumentNames, may_cite
from rag.relevance import Ranker, Wanted
from rag.sentences import Piece, parts, sentences

LEAST_ALIGNMENT = 0.35
"""Below this score a clause is not taken to carry another on (docs/decisions)."""

_LEVELS = {level: at for at, level in enumerate(Level)}
_CARRYING = frozenset(
    (
        ClauseKind.ITEM,
        ClauseKind.ARTICLE,
        ClauseKind.HEADING,
        ClauseKind.PARAGRAPH,
        ClauseKind.TABLE_ROW,
        ClauseKind.BOX,
    )
)

FloatVector = npt.NDArray[np.float32]
_NONE: Mapping[str, Sequence[int]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Link:
    """The words, in clause ``row``, in which one document names another."""

    row: int
    piece: Piece


@dataclass(frozen=True, slots=True)
class Step:
    """One document of a chain, and the clause in it that carries the task.

    ``above`` is the place in the chain of the step that this one's document cites by ``link``,
    None for the first. ``row`` is None, and the ``score`` that of the nearest clause, where no
    clause of the document says the same as the one above.
    """

    document_id: str
    row: int | None
    score: float | None
    above: int | None
    link: Link | None


class Tracer:
    """Traces tasks over one index. Safe to use from many threads."""

    def __init__(self, index: Index, ranker: Ranker) -> None:
        self._index = index
        self._ranker = ranker
        self._rows: dict[str, list[int]] = {}
        for row, clause in enumerate(index.clauses):
            if clause.kind in _CARRYING:
                self._rows.setdefault(clause.document_id, []).append(row)
        self._wanted = lru_cache(maxsize=20_000)(self._words_of)
        self._headed = lru_cache(maxsize=20_000)(self._heading_of)

    def trace(
        self,
        row: int,
        document_ids: Collection[str],
        *,
        topical: Mapping[str, Sequence[int]] = _NONE,
    ) -> tuple[Step, ...]:
        """Give the chain that clause ``row`` stands in, among some documents.

        From the clause the chain climbs to the document that is cited and cites no other, as far
        as clauses carry each other on, and from there takes every document that cites one of the
        chain. Steps stand behind the one above, the higher level first.

        Parameters
        ----------
        row : int
            The clause to start from.
        document_ids : collection of str
            The documents that the chain may hold.
        topical : mapping of str to sequence of int, optional
            For documents whose clauses about the task are known, their rows: of these the best
            aligned one stands in the chain, whatever its score.

        Returns
        -------
        tuple of Step
            Empty where no document is linked to the clause's own.
        """
        own = self._index.clauses[row].document_id
        known = {**topical, own: (row,)}
        top, seen = row, {own}
        while (up := self._above(top, document_ids, seen, known)) is not None:
            top = up
            seen.add(self._index.clauses[up].document_id)
            known[self._index.clauses[up].document_id] = (up,)
        steps: list[Step] = []
        first = Step(self._index.clauses[top].document_id, top, None, None, None)
        self._descend(first, steps, frozenset(document_ids), known)
        return tuple(steps) if len(steps) > 1 else ()

    def _above(
        self,
        row: int,
        document_ids: Collection[str],
        seen: Collection[str],
        known: Mapping[str, Sequence[int]],
    ) -> int | None:
        """Give the clause that one carries on: the best aligned of the documents it cites."""
        cited = self.links.get(self._index.clauses[row].document_id, {})
        wanted = [i for i in cited if i in document_ids and i not in seen]
        found = [self._carrying(row, i, known) for i in wanted]
        kept = [(up, score) for up, score in found if up is not None]
        return max(kept, key=lambda each: (each[1], -each[0]))[0] if kept else None

    def _descend(
        self,
        step: Step,
        steps: list[Step],
        document_ids: frozenset[str],
        known: Mapping[str, Sequence[int]],
    ) -> None:
        """Add a step and, behind it, those of the documents that cite its document."""
        at = len(steps)
        steps.append(step)
        if step.row is None:
            return
        citing = [
            (document_id, cited[step.document_id])
            for document_id, cited in self.links.items()
            if step.document_id in cited and document_id in document_ids
        ]
        for document_id, link in sorted(citing, key=lambda each: self.order(each[0])):
            if all(each.document_id != document_id for each in steps):
                row, score = self._carrying(step.row, document_id, known)
                below = Step(document_id, row, round(score, 4), at, link)
                self._descend(below, steps, document_ids, known)

    def _carrying(
        self, row: int, document_id: str, known: Mapping[str, Sequence[int]]
    ) -> tuple[int | None, float]:
        """Give the clause of a document that carries ``row`` on, if one does, and its score."""
        rows = known.get(document_id) or self._rows.get(document_id, ())
        if not rows:
            return None, 0.0
        best, score = self._best(row, rows)
        carries = document_id in known or score >= LEAST_ALIGNMENT
        return (best if carries else None), score

    def order(self, document_id: str) -> tuple[int, str, int]:
        """Give the place of a document among others: level, then region, then as indexed."""
        document = self._index.document(document_id)
        level = _LEVELS[document.level] if document.level else len(_LEVELS)
        place = next(at for at, d in enumerate(self._index.documents) if d is document)
        return level, document.region.code if document.region else "", place

    def nearest(self, row: int, document_id: str) -> tuple[int, float] | None:
        """Give the clause of a document that aligns best with clause ``row``, and its score."""
        rows = self._rows.get(document_id)
        return self._best(row, rows) if rows else None

    def _best(self, row: int, rows: Sequence[int]) -> tuple[int, float]:
        scores = self._alignments(row, rows)
        best = max(range(len(rows)), key=lambda at: (round(scores[at], 6), -at))
        return rows[best], scores[best]

    def alignment(self, row: int, other: int) -> float:
        """Give how far two clauses say the same, 0 to 1; the formula is the module's."""
        return self._alignments(row, [other])[0]

    def _alignments(self, row: int, rows: Sequence[int]) -> list[float]:
        cosines = self._cosines(row, rows)
        found = []
        for other, cosine in zip(rows, cosines, strict=True):
            views = [max(0.0, float(cosine)), _both(self._wanted(row), self._wanted(other))]
            one, two = self._headed(row), self._headed(other)
            if one.names and two.names:
                views.append(_both(one, two))
            found.append(min(1.0, math.fsum(views) / len(views)))
        return found

    def _cosines(self, row: int, rows: Sequence[int]) -> FloatVector:
        """Give the cosine of a clause with the nearest passage of each of others."""
        stores = self._index.stores
        vector = self._index.embedder.embed_passages([self._index.clauses[row].search_text])
        found = np.zeros(len(rows), dtype=np.float32)
        for at, other in enumerate(rows):
            first, end = np.searchsorted(stores.owners, [other, other + 1])
            if end > first:
                passages = np.arange(first, end, dtype=np.int64)
                found[at] = stores.vectors.score_rows(vector, passages)[0].max()
        return found

    def _words_of(self, row: int) -> Wanted:
        return self._ranker.wanted(self._index.clauses[row].search_text)

    def _heading_of(self, row: int) -> Wanted:
        return self._ranker.wanted(fold(self._index.clauses[row].heading or ""))

    @cached_property
    def links(self) -> dict[str, dict[str, Link]]:
        """For each document the documents that it cites, with the first words that do.

        A document of a lower level is none that a higher one carries out, and is left out.
        """
        names = DocumentNames(self._index.documents)
        found: dict[str, dict[str, Link]] = {}
        for row, clause in enumerate(self._index.clauses):
            if not may_cite(clause):
                continue
            for cited, piece in self._cited(clause, names):
                if self.order(cited)[0] <= self.order(clause.document_id)[0]:
                    found.setdefault(clause.document_id, {}).setdefault(cited, Link(row, piece))
        return found

    def _cited(self, clause: Clause, names: DocumentNames) -> Iterable[tuple[str, Piece]]:
        for sentence in sentences(self._index, clause):
            held = parts(self._index, clause, sentence)
            for cited in names.in_words(sentence.text):
                naming = [part for part in held if cited in names.in_words(part.text)]
                if cited != clause.document_id:
                    yield cited, (naming or [sentence])[0]


def _both(one: Wanted, other: Wanted) -> float:
    """Give the geometric mean of what each holds of the other's weight, 0 to 1."""
    return math.sqrt(one.held_by(other.names) * other.held_by(one.names))
