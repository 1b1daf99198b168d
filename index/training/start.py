"""The start: token vectors from how often tokens stand together, before any training."""

from itertools import chain
from typing import Any

import numpy as np

from index.stores.base import FloatMatrix
from index.training.ragged import Ragged, import_sparse, join
from index.training.sources import english
from index.training.tables import Tables

_SENTENCES = 120_000
_RARE = 1e-3
_LEAST_COUNT = 0.15
_SMOOTHING = 0.75
_OVERSAMPLED = 20
_ITERATIONS = 2
_LENGTH = 2.0
_COLD_LENGTH = 0.02


def start_vectors(
    tables: Tables, *, dim: int, seed: int, sentences: int = _SENTENCES
) -> FloatMatrix:
    """Factorise the positive pointwise mutual information of tokens.

    Tokens stand together in a sentence of a law, in such a sentence and its English gloss,
    in a sentence pair, or in a word and its dictionary entry.

    Parameters
    ----------
    tables : Tables
    dim : int
        Length of a vector.
    seed : int
    sentences : int
        Most sentences of laws that are counted.

    Returns
    -------
    float32 array of shape (n_tokens, dim)
        Rows weighted by ``a / (a + frequency)``, a = 1e-3; a token that stands beside no
        other has a short random row.

    Notes
    -----
    Sources: Levy and Goldberg, "Neural Word Embedding as Implicit Matrix Factorization",
    2014; Halko et al., "Finding Structure with Randomness", 2011, for the decomposition;
    Arora et al., "A Simple but Tough-to-Beat Baseline", 2017, for the weights.
    """
    rng = np.random.default_rng(seed)
    contexts = _contexts(tables, rng, sentences=sentences)
    information = _information(contexts, size=len(tables.frequencies))
    vectors = _factorise(information, dim=dim, rng=rng)
    norms = np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-6
    weights = _RARE / (_RARE + tables.frequencies)
    vectors = _LENGTH * vectors / norms * weights[:, None]
    cold = information.getnnz(1) == 0
    vectors[cold] = _COLD_LENGTH * rng.standard_normal((int(cold.sum()), dim))
    return np.asarray(vectors, dtype=np.float32)


def _contexts(tables: Tables, rng: np.random.Generator, *, sentences: int) -> Ragged:
    """Give the sets of tokens that stand together, one row a set."""
    laws = tables.articles.sentences
    wanted = min(sentences, len(laws))
    plain = [laws[row] for row in rng.choice(len(laws), wanted, replace=False)]
    glossed = [
        np.concatenate([laws[row], english(tables, tables.glossed[row], rng, between=0)])
        for row in rng.choice(len(laws), wanted // 3, replace=False)
    ]
    entries = [
        np.concatenate([english(tables, np.array([row], dtype=np.int32), rng, between=0), word])
        for row, word in enumerate(tables.words.words)
    ]
    rows = chain(plain, glossed, join(tables.english, tables.chinese), entries)
    return Ragged.of(np.unique(row) for row in rows)


def _information(contexts: Ragged, *, size: int) -> Any:  # noqa: ANN401 - scipy is untyped
    """Give positive pointwise mutual information, sparse, of shape (size, size)."""
    sparse = import_sparse()
    lengths = np.diff(contexts.starts)
    shares = np.repeat(1 / np.sqrt(np.maximum(1, lengths)), lengths).astype(np.float32)
    shape = (len(contexts), size)
    occurs = sparse.csr_matrix((shares, contexts.ids, contexts.starts), shape=shape)
    together = (occurs.T @ occurs).tocsr()
    together.setdiag(0)
    together.data[together.data < _LEAST_COUNT] = 0
    together.eliminate_zeros()
    totals = np.asarray(together.sum(1)).ravel()
    smoothed = totals**_SMOOTHING
    expected = smoothed / max(smoothed.sum(), 1e-9)
    cells = together.tocoo()
    ratio = cells.data / np.maximum(totals[cells.row] * expected[cells.col], 1e-12)
    values = np.log(np.maximum(ratio, 1e-9)).astype(np.float32)
    positive = values > 0
    places = (cells.row[positive], cells.col[positive])
    return sparse.csr_matrix((values[positive], places), shape=(size, size))


def _factorise(matrix: Any, *, dim: int, rng: np.random.Generator) -> FloatMatrix:  # noqa: ANN401
    """Give the left singular vectors times the root of their values, shape (n, dim)."""
    width = min(dim + _OVERSAMPLED, matrix.shape[0])
    basis = rng.standard_normal((matrix.shape[1], width)).astype(np.float32)
    for _ in range(_ITERATIONS):
        basis, _ = np.linalg.qr(matrix @ basis)
        basis, _ = np.linalg.qr(matrix.T @ basis)
    basis, _ = np.linalg.qr(matrix @ basis)
    left, values, _ = np.linalg.svd((matrix.T @ basis).T, full_matrices=False)
    vectors = (basis @ left[:, :dim]) * np.sqrt(values[:dim])
    missing = dim - vectors.shape[1]
    return np.pad(vectors, ((0, 0), (0, missing))).astype(np.float32)
