"""Questions whose clauses somebody has confirmed: what was asked before helps to find again."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from index.clause_table import ClauseTable
from index.distinct import distinct
from index.features import ASKED_FEATURES
from index.stores.base import FloatMatrix, FloatVector, IntVector
from index.stores.lexical import LexicalStore
from index.tokens import TokenVector, sequences, tokens_of

_NEIGHBOURS: Final = (-2, -1, 1, 2)
_NEAREST: Final = 10
_STEEPNESS: Final = 4.0


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question and the ids of the clauses that were confirmed to answer it."""

    question: str
    clause_ids: tuple[str, ...]


class AskedQuestions:
    """Compares a question with those asked before, by the words that tell them apart.

    Parameters
    ----------
    questions : sequence of str
        Folded to Simplified Chinese.
    rows : sequence of sequence of int
        The clauses of each, by their rows; one at least.
    table, lexical
        Of the index.

    Notes
    -----
    Nearness is the cosine of token sets weighted by rarity, 0 to 1.
    """

    def __init__(
        self,
        questions: Sequence[str],
        rows: Sequence[Sequence[int]],
        table: ClauseTable,
        lexical: LexicalStore,
    ) -> None:
        self._table = table
        self._lexical = lexical
        tokens, owners = tokens_of(sequences(questions))
        keys = np.unique(np.stack([tokens, owners.astype(np.uint64)]), axis=1)
        self._tokens, firsts = np.unique(keys[0], return_index=True)
        self._starts = np.append(firsts, keys.shape[1])
        self._questions = keys[1].astype(np.int64)
        weights = np.repeat(lexical.rarities(self._tokens), np.diff(self._starts)) ** 2
        squares = np.bincount(self._questions, weights, minlength=len(questions))
        self._norms = np.sqrt(np.maximum(squares, 1e-9))
        counts = [len(each) for each in rows]
        self._of = np.repeat(np.arange(len(rows)), counts)
        self._rows = np.array([row for each in rows for row in each], dtype=np.int64)
        self._shares = 1 / np.repeat(np.array(counts, dtype=np.float64), counts)
        documents = table.document_of[self._rows] if len(rows) else np.zeros(0, np.int64)
        self._documents = documents
        asked = np.bincount(documents, self._shares, minlength=len(table.years))
        self.document_counts = np.log1p(asked).astype(np.float32)
        """How much was asked of each document, log(1 + questions), (n_documents,)."""

    def __len__(self) -> int:
        return len(self._norms)

    def nearness(self, tokens: TokenVector) -> FloatVector:
        """Give how near each question asked before is, float32 of shape (len(self),)."""
        rarity = self._lexical.rarities(tokens) ** 2
        near = np.zeros(len(self), dtype=np.float64)
        norm = np.sqrt(max(float(rarity.sum()), 1e-9))
        at = np.minimum(np.searchsorted(self._tokens, tokens), max(len(self._tokens) - 1, 0))
        for place, token, weight in zip(at, tokens, rarity, strict=True):
            if len(self._tokens) and self._tokens[place] == token:
                near[self._questions[self._starts[place] : self._starts[place + 1]]] += weight
        return np.asarray(near / (norm * self._norms), dtype=np.float32)

    def candidates(self, nearness: FloatVector) -> IntVector:
        """Give the clauses of the nearest questions and those around them, in row order."""
        nearest = np.argsort(-nearness, kind="stable")[:_NEAREST]
        rows = self._rows[np.isin(self._of, nearest[nearness[nearest] > 0])]
        around = np.concatenate([rows, *(self._neighbours(rows, by)[0] for by in _NEIGHBOURS)])
        return distinct(around)

    def features(self, nearness: FloatVector, rows: IntVector) -> FloatMatrix:
        """Give ``ASKED_FEATURES`` of candidates.

        Parameters
        ----------
        nearness : float32 array of shape (len(self),)
            From :meth:`nearness`.
        rows : int64 array of shape (n,)
            In order, each once.

        Returns
        -------
        float32 array of shape (n, len(ASKED_FEATURES))
        """
        if not len(self):
            return np.zeros((len(rows), len(ASKED_FEATURES)), dtype=np.float32)
        table = self._table
        near = nearness[self._of]
        nearest, total, count = _of_rows(rows, self._rows, near)
        around = np.zeros(len(rows))
        for by in _NEIGHBOURS:
            beside, kept = self._neighbours(self._rows, by)
            around = np.maximum(around, _of_rows(rows, beside, near[kept])[0])
        documents, sections = len(table.years), int(table.section_of.max(initial=0)) + 1
        of_document = np.zeros(documents)
        np.maximum.at(of_document, self._documents, near)
        of_section = np.zeros(sections)
        np.maximum.at(of_section, table.section_of[self._rows], near)
        squares = np.bincount(self._documents, near**2 * self._shares, minlength=documents)
        mine = table.document_of[rows]
        columns = {
            "asked_nearest": nearest,
            "asked_sum": np.log1p(_STEEPNESS * total),
            "asked_count": np.log1p(count),
            "asked_near": around,
            "asked_section": of_section[table.section_of[rows]],
            "asked_document_nearest": of_document[mine],
            "asked_document_sum": np.log1p(_STEEPNESS * squares[mine]),
            "asked_document_count": self.document_counts[mine],
            "asked_ever": count > 0,
            "asked_document_ever": self.document_counts[mine] > 0,
        }
        return np.stack([columns[name] for name in ASKED_FEATURES], axis=1).astype(np.float32)

    def _neighbours(self, rows: IntVector, by: int) -> tuple[IntVector, npt.NDArray[np.bool_]]:
        """Give the clauses so many rows on in the same document, and whose they are."""
        of = self._table.document_of
        there = np.clip(rows + by, 0, len(of) - 1)
        kept = (of[there] == of[rows]) & (there == rows + by)
        return there[kept], kept


def _of_rows(
    rows: IntVector, confirmed: IntVector, near: npt.NDArray[np.floating]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Give, for each candidate row, the nearest question's nearness, the squares, the number."""
    at = np.minimum(np.searchsorted(rows, confirmed), max(len(rows) - 1, 0))
    there = rows[at] == confirmed if len(rows) else np.zeros(len(at), np.bool_)
    nearest = np.zeros(len(rows))
    np.maximum.at(nearest, at[there], near[there])
    total = np.bincount(at[there], near[there] ** 2, minlength=len(rows))
    count = np.bincount(at[there], minlength=len(rows))
    return nearest, total.astype(np.float64), count.astype(np.float64)
