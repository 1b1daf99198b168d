"""Each leg of the search by itself, to see what it is worth."""

import numpy as np

from index.clean import fold
from index.embed import Embedder
from index.search import IndexStores
from index.tokens import tokens_in

# Passages for each clause wanted: a long clause has several.
_PASSAGES = 4


def by_words(stores: IndexStores, question: str, *, k: int) -> list[int]:
    """Rank clauses by BM25 alone, every word of the question counted; equal scores in row order.

    Returns
    -------
    list of int
        Rows, best first, ``k`` at most; none without a word in common.
    """
    scores = stores.lexical.scores(*tokens_in(fold(question)), most_postings=None)
    rows = np.flatnonzero(scores)
    order = np.lexsort((rows, -scores[rows]))[:k]
    return [int(row) for row in rows[order]]


def by_meaning(stores: IndexStores, embedder: Embedder, question: str, *, k: int) -> list[int]:
    """Rank clauses by the cosine of their best passage alone; rows, best first, ``k`` at most."""
    embedding = embedder.embed_questions([question])
    found = stores.vectors.search(embedding, k=_PASSAGES * k)
    near = found.rows[0][found.scores[0] > 0]
    return [int(row) for row in dict.fromkeys(stores.owners[near].tolist())][:k]
