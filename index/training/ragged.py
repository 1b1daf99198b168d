"""Rows of token ids, each of its own length, end to end in one array."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.stores.base import FloatMatrix, IntVector
from index.training.errors import MissingExtraError

TokenIds = NDArray[np.int32]

_BATCH = 4096


@dataclass(frozen=True, slots=True)
class Ragged:
    """Row ``i`` is ``ids[starts[i]:starts[i + 1]]``.

    Attributes
    ----------
    ids : int32 array of shape (n_tokens,)
    starts : int64 array of shape (n_rows + 1,)
    """

    ids: TokenIds
    starts: IntVector

    @classmethod
    def of(cls, rows: Iterable[Sequence[int] | TokenIds]) -> Self:
        """Put rows end to end."""
        arrays = [np.asarray(row, dtype=np.int32) for row in rows]
        starts = np.zeros(len(arrays) + 1, dtype=np.int64)
        np.cumsum([len(array) for array in arrays], out=starts[1:])
        return cls(np.concatenate([np.zeros(0, dtype=np.int32), *arrays]), starts)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __iter__(self) -> Iterator[TokenIds]:
        return (self[row] for row in range(len(self)))

    def __getitem__(self, row: int) -> TokenIds:
        return self.ids[self.starts[row] : self.starts[row + 1]]

    def span(self, first: int, last: int) -> TokenIds:
        """Give rows ``first`` to ``last``, the latter excluded, as one."""
        return self.ids[self.starts[first] : self.starts[last]]


def encode(tokenizer: Tokenizer, texts: Sequence[str]) -> Ragged:
    """Cut texts into tokens, one row a text."""
    rows: list[list[int]] = []
    for start in range(0, len(texts), _BATCH):
        batch = list(texts[start : start + _BATCH])
        encodings = tokenizer.encode_batch_fast(batch, add_special_tokens=False)
        rows += (encoding.ids for encoding in encodings)
    return Ragged.of(rows)


def join(*tables: Ragged) -> Ragged:
    """Put row ``i`` of each table behind that of the one before."""
    return Ragged.of(np.concatenate(rows) for rows in zip(*tables, strict=True))


def mean_vectors(weights: FloatMatrix, rows: Ragged) -> FloatMatrix:
    """Give the mean of each row's token vectors at unit length, all zero for an empty row.

    Parameters
    ----------
    weights : float32 array of shape (n_tokens, dim)
    rows : Ragged

    Returns
    -------
    float32 array of shape (len(rows), dim)
    """
    shape = (len(rows), len(weights))
    ones = np.ones(len(rows.ids), dtype=np.float32)
    # The sum has the direction of the mean.
    sums = import_sparse().csr_matrix((ones, rows.ids, rows.starts), shape=shape) @ weights
    norms = np.linalg.norm(sums, axis=1, keepdims=True)
    return np.asarray(sums / np.where(norms > 0, norms, 1), dtype=np.float32)


def import_sparse() -> Any:  # noqa: ANN401 - scipy is untyped
    """Give scipy's sparse matrices.

    Raises
    ------
    MissingExtraError
        If scipy is not installed.
    """
    try:
        from scipy import sparse  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtraError("scipy") from error
    return sparse
