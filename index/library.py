"""The index in memory: its documents and clauses, and the search over them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from index.clean import fold
from index.embed import Embedder
from index.records import Clause, Document, Hit, Passage
from index.stores.base import SCORE_DECIMALS, FloatVector, IntVector, VectorStore, check_allowed
from index.stores.lexical import LexicalStore

DENSE_WEIGHT = 0.2


@dataclass(frozen=True, slots=True)
class IndexManifest:
    """What an index folder says of itself.

    ``version`` is a hash of the content, 12 hexadecimal digits: equal for equal documents,
    clauses and model. ``files`` maps each file's name to its SHA-256; ``counts`` has
    ``documents``, ``clauses`` and ``passages``. ``model_options`` says how to load the model
    again, as :func:`index.model_options.stated` gives it.
    """

    format_version: int
    version: str
    model: str
    fingerprint: str
    dim: int
    files: dict[str, str]
    counts: dict[str, int]
    model_options: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class IndexContent:
    """What is indexed: ``texts`` by document id, ``passages`` in the order of their vectors."""

    documents: tuple[Document, ...]
    clauses: tuple[Clause, ...]
    texts: Mapping[str, str]
    passages: tuple[Passage, ...]


class Index:
    """Everything known about a set of documents, searchable. Safe to read from many threads.

    Parameters
    ----------
    manifest : IndexManifest
        Handed on as the attribute ``manifest``.
    content : IndexContent
        ``passages`` in the order of their clauses.
    vectors : VectorStore
        One row a passage.
    lexical : LexicalStore
        One row a clause.
    embedder : Embedder
        Embeds questions; the model that the vectors were made with.

    Raises
    ------
    ValueError
        If the stores do not have a row for each passage and clause.
    """

    def __init__(
        self,
        manifest: IndexManifest,
        content: IndexContent,
        *,
        vectors: VectorStore,
        lexical: LexicalStore,
        embedder: Embedder,
    ) -> None:
        expected = (len(content.passages), len(content.clauses))
        if (len(vectors), len(lexical)) != expected:
            got = (len(vectors), len(lexical))
            raise ValueError(f"expected {expected} rows of vectors and texts, got {got}")
        self.manifest = manifest
        self.documents = content.documents
        self.clauses = content.clauses
        self._texts = content.texts
        self._vectors = vectors
        self._lexical = lexical
        self._embedder = embedder
        self._documents = {each.document_id: each for each in content.documents}
        self._rows = {each.clause_id: row for row, each in enumerate(content.clauses)}
        self._children = _children(content.clauses)
        self._citable = np.array([not each.noise for each in content.clauses], dtype=np.bool_)
        self._embedded_rows, self._first_passages = _passage_starts(content.passages)

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

    def scores(
        self, question: str, *, dense_weight: float = DENSE_WEIGHT
    ) -> tuple[FloatVector, FloatVector]:
        """Score every clause against a question, by its words and by its meaning.

        Parameters
        ----------
        question : str
            As typed: it is folded to Simplified Chinese here.
        dense_weight : float
            In [0, 1]. A leg that would count for nothing is not computed, and all zero.

        Returns
        -------
        lexical : float32 array of shape (n_clauses,)
            BM25, no unit, 0 and up without a bound; 0 for noise.
        dense : float32 array of shape (n_clauses,)
            Cosine of the clause's best passage, in [-1, 1]; 0 for noise and empty clauses.

        Raises
        ------
        ValueError
            If ``dense_weight`` is not in [0, 1].
        """
        if not 0 <= dense_weight <= 1:
            raise ValueError(f"dense_weight must lie in [0, 1], got {dense_weight}")
        lexical = dense = np.zeros(len(self.clauses), dtype=np.float32)
        if dense_weight < 1:
            lexical = self._lexical.scores(fold(question))
        if dense_weight > 0 and len(self._first_passages):
            of_passages = self._vectors.scores(self._embedder.embed_questions([question]))[0]
            dense = np.zeros(len(self.clauses), dtype=np.float32)
            dense[self._embedded_rows] = np.maximum.reduceat(of_passages, self._first_passages)
        return lexical, dense

    def search(
        self,
        question: str,
        *,
        k: int,
        allowed: Collection[int] | None = None,
        dense_weight: float = DENSE_WEIGHT,
    ) -> list[Hit]:
        """Find the clauses that fit a question best; noise is never among them.

        Parameters
        ----------
        question : str
            As typed.
        k : int
            Hits wanted, at least 1.
        allowed : collection of int, optional
            Rows that may be returned; all when omitted.
        dense_weight : float
            Share of the dense leg, in [0, 1].

        Returns
        -------
        list of Hit
            At most ``k``, best first, equal scores in row order; no clause that scores 0.

        Raises
        ------
        ValueError
            If ``k < 1``, an allowed row does not exist, or the weight is not in [0, 1].

        Notes
        -----
        ``score = (1 - w) * lexical / max(lexical) + w * max(0, dense)``, the maximum taken
        over the clauses allowed: relative to the best of them, not a probability. Min-max
        scores with a small dense weight beat rank fusion on Chinese law articles
        (0.554 against 0.548 recall@10, BM25 alone 0.514).
        Time O(n_passages * dim), 0.2 ms for 150 clauses.
        """
        if k < 1:
            raise ValueError(f"k must be at least 1, got {k}")
        rows = self._allowed(allowed)
        lexical, dense = self.scores(question, dense_weight=dense_weight)
        best = lexical[rows].max(initial=0)
        fused = dense_weight * np.maximum(dense[rows].astype(np.float64), 0)
        if best > 0:
            fused += (1 - dense_weight) * lexical[rows] / best
        # Rounded, so that clauses of the same words tie whatever order a machine adds in.
        fused = np.round(fused, SCORE_DECIMALS)
        order = np.argsort(-fused, kind="stable")[:k]
        return [
            Hit(int(rows[at]), float(fused[at]), float(lexical[rows[at]]), float(dense[rows[at]]))
            for at in order[fused[order] > 0]
        ]

    def _allowed(self, allowed: Collection[int] | None) -> IntVector:
        if allowed is None:
            return np.flatnonzero(self._citable)
        asked = np.fromiter(allowed, dtype=np.int64, count=len(allowed))
        rows = check_allowed(asked, count=len(self.clauses))
        return rows[self._citable[rows]]


def _children(clauses: Sequence[Clause]) -> dict[str, tuple[int, ...]]:
    rows: dict[str, tuple[int, ...]] = {}
    for row, clause in enumerate(clauses):
        if clause.parent_id is not None:
            rows[clause.parent_id] = (*rows.get(clause.parent_id, ()), row)
    return rows


def _passage_starts(passages: Sequence[Passage]) -> tuple[IntVector, IntVector]:
    """Give the rows of the clauses that have passages, and where the passages of each start."""
    owners = np.array([passage.clause_row for passage in passages], dtype=np.int64)
    if (np.diff(owners) < 0).any():
        raise ValueError("passages must stand in the order of their clauses")
    rows, starts = np.unique(owners, return_index=True)
    return rows, starts.astype(np.int64)
