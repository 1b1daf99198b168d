"""The index in memory: its documents and clauses, and the search over them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from index.asked import AskedQuestion, AskedQuestions
from index.clean import fold
from index.embed import Embedder
from index.records import Clause, Contribution, Document, Hit
from index.reranker import Reranker, shipped_reranker
from index.search import Depth, IndexStores, Ranked, Searcher
from index.stores.base import FloatVector
from index.stores.choice import StoreReport

if TYPE_CHECKING:
    from index.cross_encoder import PairScorer

BoolVector = npt.NDArray[np.bool_]

_SCORE_DECIMALS = 4


@dataclass(frozen=True, slots=True)
class IndexManifest:
    """What an index folder says of itself.

    ``version`` is a hash of the content, 12 hexadecimal digits: equal for equal documents,
    clauses, confirmed questions and model. ``files`` maps each file's name to its SHA-256;
    ``counts`` has ``documents``, ``clauses``, ``passages`` and ``asked`` questions; ``store``
    says how the vectors are searched, and with what recall.
    ``model_options`` says how to load the model again, as
    :func:`index.model_options.stated` gives it.
    """

    format_version: int
    version: str
    model: str
    fingerprint: str
    dim: int
    files: dict[str, str]
    counts: dict[str, int]
    store: StoreReport
    model_options: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class IndexContent:
    """What is indexed: ``texts`` by document id, ``asked`` the questions confirmed before."""

    documents: tuple[Document, ...]
    clauses: tuple[Clause, ...]
    texts: Mapping[str, str]
    asked: tuple[AskedQuestion, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """How an index is searched.

    ``reranker`` has the weights of the features, ``depth`` says how many candidates are looked
    at; ``scorer``, if any, is a cross-encoder that scores the best ``scored`` of them anew.
    """

    reranker: Reranker = field(default_factory=shipped_reranker)
    depth: Depth = field(default_factory=Depth)
    scorer: "PairScorer | None" = None
    scored: int = 30


class Index:
    """Everything known about a set of documents, searchable. Safe to read from many threads.

    Parameters
    ----------
    manifest : IndexManifest
        Handed on as the attribute ``manifest``.
    content : IndexContent
        The documents, and their clauses in the order of the rows.
    stores : IndexStores
        Over the same clauses.
    embedder : Embedder
        Embeds questions; the model that the vectors were made with.
    settings : SearchSettings, optional
        The shipped weights and depth when omitted.

    Raises
    ------
    ValueError
        If the stores do not have a row for each clause and passage.
    """

    def __init__(
        self,
        manifest: IndexManifest,
        content: IndexContent,
        *,
        stores: IndexStores,
        embedder: Embedder,
        settings: SearchSettings | None = None,
    ) -> None:
        expected = (len(content.clauses), len(content.clauses), len(stores.owners))
        got = (len(stores.table), len(stores.lexical), len(stores.vectors))
        if got != expected:
            raise ValueError(f"expected {expected} rows of table, texts and vectors, got {got}")
        if (np.diff(stores.owners) < 0).any():
            raise ValueError("passages must stand in the order of their clauses")
        self._settings = settings = settings or SearchSettings()
        self.manifest = manifest
        self.documents = content.documents
        self.clauses = content.clauses
        self._texts = content.texts
        self.stores = stores
        """What is searched; to be read only."""
        self._embedder = embedder
        self._documents = {each.document_id: each for each in content.documents}
        self._places = {each.document_id: at for at, each in enumerate(content.documents)}
        self._rows = {each.clause_id: row for row, each in enumerate(content.clauses)}
        self._children = _children(content.clauses)
        self._citable = ~_noise(content.clauses)
        self.searcher = Searcher(
            stores,
            region_codes=[each.region.code if each.region else "" for each in content.documents],
            asked=self._asked(content.asked),
            embedder=embedder,
            reranker=settings.reranker,
            depth=settings.depth,
        )
        """Ranks the clauses; :meth:`search` is what most need of it."""

    @property
    def embedder(self) -> Embedder:
        """The model that questions are embedded with."""
        return self._embedder

    def document(self, document_id: str) -> Document:
        """Give a document; ``KeyError`` if there is none of that id."""
        return self._documents[document_id]

    def clause(self, clause_id: str) -> Clause:
        """Give a clause; ``KeyError`` if there is none of that id."""
        return self.clauses[self._rows[clause_id]]

    def row(self, clause_id: str) -> int:
        """Give a clause's position in ``clauses``; ``KeyError`` if there is none of that id."""
        return self._rows[clause_id]

    def text(self, document_id: str) -> str:
        """Give a document's text as published; ``KeyError`` if there is none of that id."""
        return self._texts[document_id]

    def quote(self, clause: Clause) -> str:
        """Give the words of a clause as published."""
        return self._texts[clause.document_id][clause.start : clause.end]

    def children(self, clause_id: str) -> tuple[Clause, ...]:
        """Give the clauses right under a clause, in order; none where it has none."""
        return tuple(self.clauses[row] for row in self._children.get(clause_id, ()))

    def inside(self, document_ids: Collection[str]) -> BoolVector:
        """Give which clauses may be cited from these documents, bool of shape (n_clauses,)."""
        wanted = np.zeros(len(self.documents), dtype=np.bool_)
        wanted[[self._places[each] for each in document_ids]] = True
        return np.asarray(wanted[self.stores.table.document_of] & self._citable, dtype=np.bool_)

    def search(self, question: str, *, k: int, allowed: BoolVector | None = None) -> list[Hit]:
        """Find the clauses that fit a question best; noise is never among them.

        Parameters
        ----------
        question : str
            As typed.
        k : int
            Hits wanted, at least 1.
        allowed : bool array of shape (n_clauses,), optional
            Which clauses may be returned, see :meth:`inside`; all when omitted. The filter works
            inside the search: ``k`` hits come back where so many clauses fit at all.

        Returns
        -------
        list of Hit
            At most ``k``, best first, equal scores in row order; no clause that has neither a
            word nor any meaning in common with the question.

        Raises
        ------
        ValueError
            If ``k < 1``, or ``allowed`` is of another shape.
        """
        ranked = self.rank(question, allowed=allowed)
        return [self.hit(ranked, at) for at in range(min(_positive(k), len(ranked.rows)))]

    def rank(self, question: str, *, allowed: BoolVector | None = None) -> Ranked:
        """Rank candidates for a question, with the features they were ranked by."""
        ranked = self.searcher.rank(self.searcher.read(question), self._allowed(allowed))
        scores = self.rescored(question, [int(row) for row in ranked.rows[: len(ranked.words)]])
        return ranked if scores is None else ranked.reordered(scores)

    def explain(self, ranked: Ranked, at: int) -> tuple[Contribution, ...]:
        """Give what each feature adds to the score of one candidate, the most telling first."""
        return self.searcher.explain(ranked, at)

    def rescored(self, question: str, rows: Sequence[int]) -> FloatVector | None:
        """Score clauses, the best first, with the cross-encoder, if one is set.

        Returns
        -------
        float32 array of shape (min(n, scored),)
            In [0, 1], better when higher, of the first clauses; None without a cross-encoder.
        """
        if self._settings.scorer is None:
            return None
        clauses = [self.clauses[row] for row in rows[: self._settings.scored]]
        texts = [" ".join(filter(None, (self._title(c), *c.path, c.search_text))) for c in clauses]
        return self._settings.scorer.score(question, texts)

    def _title(self, clause: Clause) -> str:
        return self._documents[clause.document_id].title or ""

    @staticmethod
    def hit(ranked: Ranked, at: int) -> Hit:
        """Give one candidate as a hit."""
        return Hit(
            int(ranked.rows[at]),
            round(float(ranked.scores[at]), _SCORE_DECIMALS),
            float(ranked.lexical[at]),
            float(ranked.dense[at]),
        )

    def _allowed(self, allowed: BoolVector | None) -> BoolVector | None:
        """Take noise out of a filter; where there is none, noise has no words to be found by."""
        if allowed is None:
            return None
        if allowed.shape != self._citable.shape:
            raise ValueError(f"expected {self._citable.shape} clauses, got {allowed.shape}")
        return np.asarray(allowed & self._citable, dtype=np.bool_)

    def _asked(self, asked: Sequence[AskedQuestion]) -> AskedQuestions | None:
        """Give the questions confirmed before whose clauses are still there."""
        known = [
            (fold(each.question), [self._rows[i] for i in each.clause_ids if i in self._rows])
            for each in asked
        ]
        kept = [(question, rows) for question, rows in known if rows]
        if not kept:
            return None
        return AskedQuestions(
            [question for question, _ in kept],
            [rows for _, rows in kept],
            self.stores.table,
            self.stores.lexical,
        )


def _positive(k: int) -> int:
    if k < 1:
        raise ValueError(f"k must be at least 1, got {k}")
    return k


def _noise(clauses: Sequence[Clause]) -> BoolVector:
    return np.fromiter((each.noise for each in clauses), dtype=np.bool_, count=len(clauses))


def _children(clauses: Sequence[Clause]) -> dict[str, tuple[int, ...]]:
    rows: dict[str, list[int]] = {}
    for row, clause in enumerate(clauses):
        if clause.parent_id is not None:
            rows.setdefault(clause.parent_id, []).append(row)
    return {parent: tuple(below) for parent, below in rows.items()}
