"""Rank clauses by how well they cover a question's subject.

Several views are put together: BM25 over title, path and text; the cosine of the embedding; the
share of the subject's character pairs that a clause, its heading and its best sentence hold,
weighted by rarity (coverage); the share that its words stand for (:mod:`rag.terms`); and, among
the clauses of one document, the learned order of the search. Coverages have a fixed range, so
they also say when nothing is about the subject.
"""

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import repeat

import numpy as np
import numpy.typing as npt

from index.clean import fold
from index.glossary import translate
from index.library import Index
from index.records import ClauseKind
from index.small_words import is_function_character
from rag.grams import grams
from rag.subject import content_words
from rag.terms import TermMatcher, Terms

# Weights of the views, measured on the gold questions (make eval; docs/decisions).
_LEXICAL, _COVERAGE, _HEADING, _DENSE, _SOFT, _TOGETHER = 0.30, 0.25, 0.20, 0.25, 0.20, 0.25
_PAIR = 0.5  # as much as any two of the others
# A long clause holds some near word for every word; measured on the English gold questions.
_ENGLISH_DENSE, _ENGLISH_LEXICAL, _ENGLISH_LENGTH = 0.4, 0.1, 0.03
_ENGLISH_COVERAGE, _ENGLISH_HEADING = 0.1, 0.3
# What a clause loses for each unit that the learned order scores it below its document's best.
_LEARNED, _LEARNED_ENGLISH, _FAR_BEHIND = 0.03, 0.2, 10.0
_TRANSLATIONS = 3  # Chinese words tried for one English phrase
_POOL = 48  # clauses looked at closely
_WORTH_A_LOOK = 0.25  # below this score, sentences are not looked at one by one
_SENTENCE_END = re.compile(r"[。;!?\n]")
_UNRANKED = frozenset(
    {
        ClauseKind.NOISE,
        ClauseKind.ADDRESSEE,
        ClauseKind.COPY_LIST,
        ClauseKind.IMPRINT,
        ClauseKind.SIGNATURE,
        ClauseKind.NUMBER,
        ClauseKind.TITLE,
        ClauseKind.ANNEX,
    }
)

BoolVector = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A clause and how relevant it is.

    ``score`` ranks, better when higher, without a bound; ``coverage``, ``heading`` and ``soft``
    lie in [0, 1], ``dense`` is a cosine in [-1, 1].
    """

    row: int
    score: float
    coverage: float
    heading: float
    dense: float
    soft: float


class Wanted:
    """The character pairs and words of a subject, each with its weight."""

    __slots__ = ("_total", "_weights", "names")

    def __init__(self, weights: dict[str, float]) -> None:
        self._weights = weights
        self._total = math.fsum(weights.values())
        self.names = frozenset(weights)
        """The pairs and words alone."""

    def held_by(self, held: frozenset[str]) -> float:
        """Give the share, 0 to 1, of the weight that is in ``held``."""
        if not self._total:
            return 0.0
        # fsum is exact, so that the order in which a set gives its members does not show.
        return math.fsum(map(self._weights.__getitem__, self.names & held)) / self._total


class Ranker:
    """Ranks the clauses of one index. Safe to use from many threads."""

    def __init__(self, index: Index, terms: TermMatcher) -> None:
        self._index = index
        self._terms = terms
        self._rarity = Counter(
            gram
            for clause in index.clauses
            if not clause.noise
            for gram in grams(clause.search_text)
        )
        self._titles = {
            d.document_id: frozenset(grams(fold(d.title or ""))) for d in index.documents
        }
        self.of_clause = lru_cache(maxsize=20_000)(self._grams_of)
        self._of_sentences = lru_cache(maxsize=8_000)(self._grams_of_sentences)
        self._of_heading = lru_cache(maxsize=20_000)(self._heading_of)
        self._inside = lru_cache(maxsize=256)(self._rows_inside)
        # One question is asked of many documents in turn.
        self._read = lru_cache(maxsize=64)(lambda q, meant: index.searcher.read(q, meant=meant))
        self._ranked = np.array([c.kind not in _UNRANKED for c in index.clauses], dtype=np.bool_)

    def _grams_of(self, row: int) -> frozenset[str]:
        """Give the pairs and words of a clause, of the headings above it and of its title."""
        clause = self._index.clauses[row]
        above = fold(" ".join(clause.path[:-1]))
        own = frozenset(grams(clause.search_text))
        return own | frozenset(grams(above)) | self._titles[clause.document_id]

    def _grams_of_sentences(self, row: int) -> tuple[frozenset[str], ...]:
        pieces = _SENTENCE_END.split(self._index.clauses[row].search_text)
        return tuple(frozenset(grams(piece)) for piece in pieces if piece.strip())

    def _heading_of(self, row: int) -> Wanted:
        return self.wanted(self._index.clauses[row].heading or "")

    def _rows_inside(self, document_ids: frozenset[str]) -> BoolVector:
        return np.asarray(self._index.inside(document_ids) & self._ranked, dtype=np.bool_)

    def wanted(self, text: str) -> Wanted:
        """Weigh the pairs and words of a folded text: the fewer clauses hold one, the more."""
        count = len(self._index.clauses)
        return Wanted({g: math.log(1 + count / (1 + self._rarity[g])) for g in grams(text)})

    def coverage(self, text: str, held: str) -> float:
        """Give the share, 0 to 1, of the weight of ``text`` that stands in ``held``."""
        return self.wanted(text).held_by(frozenset(grams(held)))

    def coverage_beyond(self, text: str, context: str, held: str) -> float:
        """Give ``coverage`` of what ``text`` says beyond its context, of all if it says no more."""
        beyond = frozenset(grams(text)) - frozenset(grams(context))
        wanted = self.wanted(text)
        if not beyond:
            return wanted.held_by(frozenset(grams(held)))
        return wanted.held_by(beyond & frozenset(grams(held))) / wanted.held_by(beyond)

    def rank(
        self, topic: str, question: str, document_ids: Sequence[str], *, english: bool
    ) -> list[Candidate]:
        """Rank the clauses of ``document_ids`` by relevance to ``topic``, best first."""
        meant = question if english else topic or question
        phrases = self.phrases(topic) if english else ()
        said = " ".join(word for phrase in phrases for word in phrase)
        searcher, inside = self._index.searcher, self._inside(frozenset(document_ids))
        legs = searcher.legs(self._read(said or meant, meant), inside)
        highest = float(legs.lexical[legs.rows].max(initial=0.0)) or 1.0
        near = legs.lexical[legs.rows] / highest + (3.0 if english else 0.3) * legs.dense
        order = np.argsort(-near, kind="stable")[:_POOL]
        rows = [int(row) for row in legs.rows[order]]
        lexical = dict(zip(rows, legs.lexical[rows] / highest, strict=True))
        dense = dict(zip(rows, legs.dense[order], strict=True))
        terms = self._terms.read(content_words(topic) if english else self.words(topic))
        if english:
            found = [self._english(r, lexical[r], dense[r], terms, phrases) for r in rows]
        else:
            wanted = self.wanted(topic)
            soft = self._terms.coverages(terms, rows) if terms else repeat(None)
            found = [
                self._chinese(r, lexical[r], dense[r], share, wanted)
                for r, share in zip(rows, soft, strict=False)
            ]
        behind = self._behind(question, inside)
        least = _LEARNED_ENGLISH if english else _LEARNED
        learned = [
            replace(c, score=c.score - least * behind.get(c.row, _FAR_BEHIND)) for c in found
        ]
        return self._rescored(meant, sorted(learned, key=lambda c: (-c.score, c.row)))

    def _behind(self, question: str, inside: BoolVector) -> dict[int, float]:
        """Give by how much the learned order scores each clause below the best of its document.

        Within a document alone: between documents it weighs level, year and genre too, which do
        not tell whether both answer.
        """
        searcher = self._index.searcher
        ranked = searcher.rank(self._read(question, question), inside)
        of = self._index.stores.table.document_of[ranked.rows]
        best = np.full(len(self._index.documents), -np.inf)
        np.maximum.at(best, of, ranked.scores)
        far = np.minimum(best[of] - ranked.scores, _FAR_BEHIND)
        return dict(zip(ranked.rows.tolist(), far.tolist(), strict=True))

    def _rescored(self, question: str, ranked: list[Candidate]) -> list[Candidate]:
        """Let the cross-encoder, if one is set, lift the best candidates that it finds fit."""
        scores = self._index.rescored(question, [c.row for c in ranked])
        if scores is None:
            return ranked
        lifted = [
            replace(c, score=c.score + _PAIR * float(score))
            for c, score in zip(ranked, scores, strict=False)
        ]
        return sorted(lifted + ranked[len(lifted) :], key=lambda c: (-c.score, c.row))

    def words(self, topic: str) -> list[str]:
        """Give the words of a folded subject, as the model sees them, that carry meaning."""
        words = self._terms.split(topic)
        return [w for w in words if w.strip() and not all(map(is_function_character, w))]

    def phrases(self, topic: str) -> tuple[tuple[str, ...], ...]:
        """Give, for each English phrase that has a translation, the Chinese words clauses hold.

        Of the words a phrase may stand for, those few that most clauses hold; none may.
        """
        chosen = []
        for words in translate([word for word in content_words(topic) if word.isascii()]):
            held = [word for word in words if self.holders(word)]
            chosen.append(tuple(sorted(held, key=self.holders, reverse=True)[:_TRANSLATIONS]))
        return tuple(chosen)

    def phrase_coverage(self, phrases: Sequence[tuple[str, ...]], held: frozenset[str]) -> float:
        """Give the share, 0 to 1, of translated phrases of which one word's pairs are all held.

        A phrase weighs as much as its commonest word is rare.
        """
        count = len(self._index.clauses)
        commonest = [self.holders(words[0]) if words else 0 for words in phrases]
        weights = [math.log(1 + count / (1 + holders)) for holders in commonest]
        there = [any(held.issuperset(grams(word)) for word in words) for words in phrases]
        total = math.fsum(weights)
        got = math.fsum(weight for weight, yes in zip(weights, there, strict=True) if yes)
        return got / total if total else 0.0

    def holders(self, word: str) -> int:
        """Give how many clauses hold the rarest pair of a word."""
        return min((self._rarity[gram] for gram in grams(word)), default=0)

    def _english(
        self,
        row: int,
        lexical: float,
        dense: float,
        terms: Terms | None,
        phrases: Sequence[tuple[str, ...]],
    ) -> Candidate:
        soft = self._terms.coverage(terms, row) if terms else max(0.0, float(dense))
        long = _ENGLISH_LENGTH * math.log(1 + self._terms.size(row))
        coverage = self.phrase_coverage(phrases, self.of_clause(row))
        heading = self.phrase_coverage(phrases, self._of_heading(row).names)
        score = (
            soft
            + _ENGLISH_DENSE * float(dense)
            + _ENGLISH_LEXICAL * float(lexical)
            + _ENGLISH_COVERAGE * coverage
            + _ENGLISH_HEADING * heading
            - long
        )
        return Candidate(row, score, coverage, heading, float(dense), soft)

    def _chinese(
        self, row: int, lexical: float, dense: float, soft: float | None, wanted: Wanted
    ) -> Candidate:
        coverage = wanted.held_by(self.of_clause(row))
        heading = self._same_heading(wanted, row)
        soft = coverage if soft is None else soft
        score = (
            _LEXICAL * float(lexical)
            + _COVERAGE * coverage
            + _HEADING * heading
            + _DENSE * max(0.0, float(dense))
            + _SOFT * soft
        )
        if score >= _WORTH_A_LOOK:
            sentences = self._of_sentences(row)
            score += _TOGETHER * max((wanted.held_by(s) for s in sentences), default=0.0)
        return Candidate(row, score, coverage, heading, float(dense), soft)

    def _same_heading(self, wanted: Wanted, row: int) -> float:
        """How far subject and heading are the same words: the geometric mean of both shares."""
        heading = self._of_heading(row)
        there = wanted.held_by(heading.names)
        return math.sqrt(there * heading.held_by(wanted.names)) if there else 0.0
