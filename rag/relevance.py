"""Rank clauses by how well they cover a question's subject.

Three views are put together: BM25 over title, path and text; the cosine of the embedding; and
the share of the subject's character pairs that a clause holds, weighted by rarity (coverage).
Coverage has a fixed range, so it also says when nothing is about the subject.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from index.clean import fold
from index.library import Index
from index.records import ClauseKind
from rag.grams import grams, is_function_character
from rag.intent import content_words
from rag.terms import TermMatcher, Terms

# A long clause holds some near word for every word; measured on the English gold questions.
_ENGLISH_DENSE, _ENGLISH_LENGTH = 0.4, 0.05
_POOL = 80  # clauses looked at closely
_UNRANKED = frozenset({ClauseKind.NOISE, ClauseKind.ADDRESSEE, ClauseKind.COPY_LIST, ClauseKind.IMPRINT, ClauseKind.SIGNATURE, ClauseKind.NUMBER, ClauseKind.TITLE, ClauseKind.ANNEX})
_LEXICAL, _COVERAGE, _HEADING, _DENSE, _SOFT = 0.30, 0.40, 0.20, 0.25, 0.20


@dataclass(frozen=True, slots=True)
class Candidate:
    """A clause and how relevant it is: ``score`` ranks, ``coverage`` (0 to 1) judges."""

    row: int
    score: float
    coverage: float
    heading: float
    dense: float
    soft: float


class Ranker:
    """Ranks the clauses of one index. Safe to use from many threads."""

    def __init__(self, index: Index, terms: TermMatcher) -> None:
        self._index = index
        self._terms = terms
        self._count = len(index.clauses)
        self._rarity = Counter(
            gram for clause in index.clauses if not clause.noise for gram in grams(clause.search_text)
        )
        self._titles = {d.document_id: frozenset(grams(fold(d.title or ""))) for d in index.documents}
        self.of_clause = lru_cache(maxsize=20_000)(self._grams_of)
        self.of_heading = lru_cache(maxsize=20_000)(self._grams_of_heading)
        self._ranked = np.array([c.kind not in _UNRANKED for c in index.clauses], dtype=np.bool_)

    def _grams_of(self, row: int) -> frozenset[str]:
        clause = self._index.clauses[row]
        above = fold(" ".join(clause.path[:-1]))
        return frozenset(grams(clause.search_text)) | frozenset(grams(above))

    def _grams_of_heading(self, row: int) -> frozenset[str]:
        return frozenset(grams(self._index.clauses[row].heading or ""))

    def rarity(self, gram: str) -> float:
        """Give the weight of a pair or word: the logarithm of how few clauses hold it."""
        return math.log(1 + self._count / (1 + self._rarity[gram]))

    def coverage(self, wanted: Sequence[str], held: frozenset[str]) -> float:
        """Give the share, 0 to 1, of the weight of ``wanted`` that is in ``held``."""
        total = sum(self.rarity(gram) for gram in wanted)
        if not total:
            return 0.0
        return sum(self.rarity(gram) for gram in wanted if gram in held) / total

    def rank(
        self, topic: str, question: str, document_ids: Sequence[str], *, english: bool
    ) -> list[Candidate]:
        """Rank the clauses of ``document_ids`` by relevance to ``topic``, best first."""
        wanted_ids = frozenset(document_ids)
        inside = np.array([c.document_id in wanted_ids for c in self._index.clauses], dtype=np.bool_)
        lexical, dense = self._index.scores(question if english else topic or question)
        lexical = np.where(inside & self._ranked, lexical, 0.0)
        dense = np.where(inside & self._ranked, dense, -1.0)
        highest = float(lexical.max(initial=0.0)) or 1.0
        fused = lexical / highest + (3.0 if english else 0.3) * dense
        order = np.argsort(-fused, kind="stable")[:_POOL]
        wanted = grams(topic)
        words = content_words(topic) if english else _chinese_words(self._terms, topic)
        terms = self._terms.read(words)
        found = [
            self._candidate(int(row), wanted, float(lexical[row]) / highest, float(dense[row]), terms, english)
            for row in order
            if inside[row] and self._ranked[row]
        ]
        return sorted(found, key=lambda c: (-c.score, c.row))

    def _candidate(
        self, row: int, wanted: Sequence[str], lexical: float, dense: float, terms: Terms | None, english: bool
    ) -> Candidate:
        clause = self._index.clauses[row]
        coverage = self.coverage(wanted, self.of_clause(row) | self._titles[clause.document_id])
        heading = self._heading(wanted, row)
        soft = self._terms.coverage(terms, row) if terms else coverage
        if english:
            long = _ENGLISH_LENGTH * math.log(1 + self._terms.size(row))
            score = soft + _ENGLISH_DENSE * dense + 0.1 * lexical - long
            coverage = soft if terms else max(0.0, dense)
        else:
            score = (
                _LEXICAL * lexical + _COVERAGE * coverage + _HEADING * heading + _DENSE * max(0.0, dense)
                + _SOFT * soft
            )
        return Candidate(row, score, coverage, heading, dense, soft)

    def _heading(self, wanted: Sequence[str], row: int) -> float:
        """How far subject and heading are the same words: the geometric mean of both shares."""
        heading = self.of_heading(row)
        if not heading or not wanted:
            return 0.0
        there = self.coverage(wanted, heading)
        back = self.coverage(tuple(heading), frozenset(wanted))
        return math.sqrt(there * back)


def _chinese_words(matcher: TermMatcher, topic: str) -> list[str]:
    return [w for w in matcher.split(topic) if w.strip() and not all(map(is_function_character, w))]
