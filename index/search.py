"""Find and rank clauses: candidates from both legs and from earlier questions, then the re-ranker.

::

    question ─▶ tokens ────▶ BM25 ──────────┐
             └▶ embedding ─▶ vector store ──┼─▶ candidates ─▶ first order ─▶ words ─▶ second order
             └▶ questions asked before ─────┘
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from index.asked import AskedQuestions
from index.asked_part import asked_parts
from index.clause_table import KINDS, BoolVector, ClauseTable
from index.clean import fold
from index.distinct import distinct
from index.divisions import within
from index.embed import Embedder, TermEmbedder
from index.features import ASKED_FEATURES, FeatureReader, Legs
from index.pattern import Pattern
from index.records import ClauseKind, Contribution
from index.regions import find_regions
from index.reranker import Reranker
from index.stores.base import FloatMatrix, FloatVector, IntVector, VectorStore
from index.stores.lexical import LexicalStore
from index.term_table import TERM_FEATURES, QuestionTerms, TermTable
from index.tokens import CodeVector, TokenVector, sequences, tokens
from index.translation import Translator

_NOISE: Final = KINDS.index(ClauseKind.NOISE)
_ASKED_BOOST: Final = 0.1
_TRANSLATED: Final = 0.5


@dataclass(frozen=True, slots=True)
class Depth:
    """How many candidates each leg gives, and how many of all are ranked by their words.

    Chosen where quality stops to rise with time (eval/bench/depth.py).
    """

    lexical: int = 300
    dense: int = 100
    words: int = 30


@dataclass(frozen=True, slots=True)
class IndexStores:
    """What is searched.

    ``table``, ``lexical`` and ``terms`` have a row for each clause, ``vectors`` one for each
    passage; ``owners``, int64 of shape (n_passages,), is the row of the clause that each passage
    is from, rising.
    """

    table: ClauseTable
    lexical: LexicalStore
    vectors: VectorStore
    terms: TermTable
    owners: IntVector


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A question ready to be searched for.

    ``tokens`` (uint64) each once, ``weights`` (float32) how much each counts, ``codes`` (uint32)
    the sequence of the question and of its translation, ``embedding`` float32 of shape (1, dim),
    ``terms`` its words as the model sees them, ``regions`` the codes of the places that it names,
    ``parts`` the places in ``KINDS`` of the parts of documents that it asks for.
    """

    tokens: TokenVector
    weights: FloatVector
    codes: CodeVector
    embedding: FloatMatrix
    terms: QuestionTerms | None
    regions: tuple[str, ...]
    parts: IntVector


@dataclass(frozen=True, slots=True)
class Ranked:
    """Candidates, best first: ``rows`` and ``scores`` of shape (n,), the legs they came from.

    ``places`` are their ``PLACE_FEATURES``, ``words`` the ``WORD_FEATURES`` of the first
    ``len(words)``; the others were not looked at more closely.
    """

    rows: IntVector
    scores: FloatVector
    lexical: FloatVector
    dense: FloatVector
    places: FloatMatrix
    words: FloatMatrix

    def reordered(self, scores: FloatVector) -> "Ranked":
        """Give the first ``len(scores)`` in the order of other scores, the rest behind them."""
        count = len(scores)
        order = np.lexsort((self.rows[:count], -scores))
        every = np.concatenate([order, np.arange(count, len(self.rows))])
        behind = self.scores[count:] - self.scores[count:].max(initial=-np.inf)
        # Only those looked at closely have words; what is behind them keeps its place.
        return Ranked(
            self.rows[every],
            np.concatenate(
                [scores[order], np.minimum(behind, 0) + float(scores.min(initial=0)) - 1]
            ),
            self.lexical[every],
            self.dense[every],
            self.places[every],
            self.words[every[: len(self.words)]],
        )


class Searcher:
    """Searches the clauses of one index. Safe to use from many threads.

    Parameters
    ----------
    stores : IndexStores
        What is searched.
    region_codes : sequence of str
        The region of each document, "" where it has none.
    asked : AskedQuestions, optional
        Questions whose clauses are confirmed.
    embedder : Embedder
        Of the questions; the model of the vectors.
    reranker : Reranker
        The weights of the features.
    depth : Depth
        How many candidates are looked at.
    """

    def __init__(
        self,
        stores: IndexStores,
        *,
        region_codes: Sequence[str],
        asked: AskedQuestions | None,
        embedder: Embedder,
        reranker: Reranker,
        depth: Depth,
    ) -> None:
        self._table = stores.table
        self._lexical = stores.lexical
        self._vectors = stores.vectors
        self._owners = stores.owners
        self._terms = stores.terms
        self._codes = tuple(dict.fromkeys(region_codes))
        self._code_of = np.array([self._codes.index(c) for c in region_codes], dtype=np.int64)
        self._asked = asked
        self._embedder = embedder
        self._term_embedder = embedder if isinstance(embedder, TermEmbedder) else None
        self._reranker = reranker
        self._features = FeatureReader(stores.table)
        self._translator = Translator(stores.lexical)
        self.depth = depth

    def read(self, question: str, *, meant: str | None = None) -> SearchQuery:
        """Make a question ready to be searched for.

        Parameters
        ----------
        question : str
            As typed.
        meant : str, optional
            What is embedded, where that is other than the question.
        """
        folded = fold(question)
        own = sequences([folded]).codes
        codes = [own]
        counts = [(tokens(own), 1.0)]
        for words in self._translator.translate(folded):
            said = sequences([words]).codes
            codes.append(said)
            counts.append((tokens(said), _TRANSLATED))
        every = np.concatenate([each for each, _ in counts])
        shares = np.concatenate([np.full(len(each), share) for each, share in counts])
        once, place = np.unique(every, return_inverse=True)
        weights = np.bincount(place, shares, minlength=len(once)).astype(np.float32)
        embedding = self._embedder.embed_questions([question if meant is None else meant])
        named = (each for mention in find_regions(folded) for each in mention.divisions)
        regions = tuple(dict.fromkeys(each.region.code for each in named))
        terms = None
        if self._term_embedder is not None:
            terms = QuestionTerms.of(folded, self._term_embedder)
        parts = np.array([KINDS.index(kind) for kind in asked_parts(folded)], dtype=np.int64)
        return SearchQuery(once, weights, np.concatenate(codes), embedding, terms, regions, parts)

    def legs(self, query: SearchQuery, allowed: BoolVector | None = None) -> Legs:
        """Find candidates among the clauses allowed, and what each leg says of them.

        Parameters
        ----------
        query : SearchQuery
            From :meth:`read`.
        allowed : bool array of shape (n_clauses,), optional
            Which clauses may be found; all when omitted.
        """
        lexical = self._lexical.scores(query.tokens, query.weights)
        nearness = self._asked.nearness(query.tokens) if self._asked else None
        found = [self._best_by_words(lexical, allowed), self._best_by_meaning(query, allowed)]
        if self._asked is not None and nearness is not None:
            before = self._asked.candidates(nearness)
            before = before[self._table.kinds[before] != _NOISE]  # it has no words, only a place
            found.append(before if allowed is None else before[allowed[before]])
        rows = distinct(np.concatenate(found))
        asked = np.zeros((len(rows), len(ASKED_FEATURES)), dtype=np.float32)
        if self._asked is not None and nearness is not None:
            asked = self._asked.features(nearness, rows)
        dense, regions = self._cosines(query, rows), self._region_fit(query, rows)
        parts = np.isin(self._table.kinds[rows], query.parts)
        return Legs(lexical, rows, dense, regions, parts, asked)

    def candidates(self, query: SearchQuery) -> tuple[IntVector, FloatMatrix]:
        """Give all candidates in row order with every feature, to learn weights from.

        Returns
        -------
        rows : int64 array of shape (n,)
        features : float32 array of shape (n, len(PLACE_FEATURES) + len(WORD_FEATURES))
        """
        legs, pattern = self.legs(query), Pattern(query.codes, self._lexical.rarities)
        places = self._features.places(legs, total_rarity=pattern.total_rarity)
        return legs.rows, np.hstack([places, self._words(query, pattern, legs.rows)])

    def rank(self, query: SearchQuery, allowed: BoolVector | None = None) -> Ranked:
        """Find and order candidates; equal scores keep row order, so a search repeats exactly."""
        legs, pattern = self.legs(query, allowed), Pattern(query.codes, self._lexical.rarities)
        places = self._features.places(legs, total_rarity=pattern.total_rarity)
        first = self._reranker.first.scores(places)
        order = np.lexsort((legs.rows, -first))
        close, rest = order[: self.depth.words], order[self.depth.words :]
        words = self._words(query, pattern, legs.rows[close])
        second = self._reranker.second.scores(np.hstack([places[close], words]))
        best = np.lexsort((legs.rows[close], -second))
        chosen = np.concatenate([close[best], rest])
        # What was not looked at more closely stays behind what was.
        floor = float(second.min(initial=0)) - float(first[rest].max(initial=0))
        scores = np.concatenate([second[best], first[rest] + min(floor, 0.0)])
        return Ranked(
            legs.rows[chosen],
            scores,
            legs.lexical[legs.rows[chosen]],
            legs.dense[chosen],
            places[chosen],
            words[best],
        )

    def explain(self, ranked: Ranked, at: int) -> tuple[Contribution, ...]:
        """Give what each feature adds to the score of one candidate, the most telling first."""
        values = ranked.places[at]
        model = self._reranker.first
        if at < len(ranked.words):
            values, model = np.hstack([values, ranked.words[at]]), self._reranker.second
        parts = zip(model.features, values, model.contributions(values), strict=True)
        told = [Contribution(name, float(value), float(adds)) for name, value, adds in parts]
        return tuple(sorted(told, key=lambda each: (-abs(each.adds), each.feature)))

    def _words(self, query: SearchQuery, pattern: Pattern, rows: IntVector) -> FloatMatrix:
        terms = np.zeros((len(rows), len(TERM_FEATURES)), dtype=np.float32)
        if query.terms is not None and self._term_embedder is not None:
            terms = self._terms.features(query.terms, rows, self._term_embedder)
        return self._features.words(pattern, rows, terms)

    def _best_by_words(self, lexical: FloatVector, allowed: BoolVector | None) -> IntVector:
        held = lexical > 0 if allowed is None else (lexical > 0) & allowed
        rows = np.flatnonzero(held)
        scores = lexical[rows]
        if self._asked is not None:
            counts = self._asked.document_counts[self._table.document_of[rows]]
            scores = scores * (1 + _ASKED_BOOST * counts)
        return _best(rows, scores, self.depth.lexical)

    def _best_by_meaning(self, query: SearchQuery, allowed: BoolVector | None) -> IntVector:
        passages = None if allowed is None else np.flatnonzero(allowed[self._owners])
        found = self._vectors.search(query.embedding, k=self.depth.dense, allowed=passages)
        near = found.rows[0][found.scores[0] > 0]
        return distinct(self._owners[near])

    def _cosines(self, query: SearchQuery, rows: IntVector) -> FloatVector:
        """Give the cosine of each clause's best passage, 0 where it has none."""
        firsts = np.searchsorted(self._owners, rows, side="left")
        counts = np.searchsorted(self._owners, rows, side="right") - firsts
        ends = np.cumsum(counts)
        total = int(ends[-1]) if len(ends) else 0
        passages = np.repeat(firsts - (ends - counts), counts) + np.arange(total)
        scores = self._vectors.score_rows(query.embedding, passages)[0]
        dense = np.zeros(len(rows), dtype=np.float32)
        some = counts > 0
        if some.any():
            dense[some] = np.maximum.reduceat(scores, (ends - counts)[some])
        return dense

    def _region_fit(self, query: SearchQuery, rows: IntVector) -> FloatVector:
        if not query.regions:
            return np.zeros(len(rows), dtype=np.float32)
        fits = np.array([_fit(code, query.regions) for code in self._codes], dtype=np.float32)
        return fits[self._code_of[self._table.document_of[rows]]]


def _fit(code: str, named: Sequence[str]) -> float:
    """Give 2 for a document's region that a question names, 1 for one within it, -1 for another."""
    if not code:
        return 0.0
    if code in named:
        return 2.0
    return 1.0 if any(within(code, each) for each in named) else -1.0


def _best(rows: IntVector, scores: FloatVector, count: int) -> IntVector:
    """Give the rows of the highest scores, the earlier of equals, in no order."""
    if len(rows) <= count:
        return rows
    threshold = np.partition(scores, len(scores) - count)[len(scores) - count]
    above = rows[scores > threshold]
    equal = rows[scores == threshold][: count - len(above)]
    return np.concatenate([above, equal])
