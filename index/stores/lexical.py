"""BM25 over the tokens of :mod:`index.tokens`, kept by bm25s."""

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import bm25s
import numpy as np

from index.errors import IndexDamagedError
from index.stores.base import FloatVector
from index.tokens import tokenize

# bm25s sets its logger to DEBUG when imported; which level shows is the application's choice.
logging.getLogger("bm25s").setLevel(logging.NOTSET)

_K1 = 1.2
_B = 0.9
# Never a token. It stands for a document of its own where no text has any word, because
# bm25s divides by the mean number of tokens.
_NOTHING = ""


class LexicalStore:
    """BM25 scores of a question against every text, k1 = 1.2 and b = 0.9.

    Build one with :meth:`build` or :meth:`load`.
    """

    def __init__(self, ranking: Any) -> None:  # noqa: ANN401 - bm25s is untyped
        self._ranking = ranking

    @classmethod
    def build(cls, texts: Sequence[str]) -> Self:
        """Index texts, in their order; an empty one keeps its row and scores 0 throughout."""
        vocabulary: dict[str, int] = {}
        tokens = [
            [vocabulary.setdefault(token, len(vocabulary)) for token in tokenize(text)]
            for text in texts
        ]
        if not vocabulary:
            vocabulary[_NOTHING] = 0
            tokens.append([0])
        ranking = bm25s.BM25(k1=_K1, b=_B, method="lucene", backend="numpy")
        ranking.index((tokens, vocabulary), create_empty_token=False, show_progress=False)
        return cls(ranking)

    def __len__(self) -> int:
        extra = _NOTHING in self._ranking.vocab_dict
        return int(self._ranking.scores["num_docs"]) - extra

    def scores(self, question_text: str) -> FloatVector:
        """Score every text against a question.

        Parameters
        ----------
        question_text : str
            Folded to Simplified Chinese, as the texts are. A token that it repeats counts
            as often as it stands there.

        Returns
        -------
        float32 array of shape (len(self),)
            BM25, no unit, from 0 (no token in common) upwards without a bound, in text order.

        Notes
        -----
        The inverse document frequency is Lucene's, which is never negative.
        Source: Lù, "BM25S: Orders of magnitude faster lexical search", 2024.

        Examples
        --------
        >>> store = LexicalStore.build(["药品监管", "医疗保险"])
        >>> store.scores("谁监管药品").argmax()
        np.int64(0)
        """
        known = self._ranking.get_tokens_ids(tokenize(question_text))
        scores = np.asarray(self._ranking.get_scores_from_ids(known), dtype=np.float32)
        return scores[: len(self)]

    def save(self, folder: Path) -> None:
        """Write the index into ``folder``, which is made if need be."""
        self._ranking.save(folder, show_progress=False)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read what :meth:`save` wrote.

        Raises
        ------
        IndexDamagedError
            If a file is missing or cannot be read.
        """
        try:
            return cls(bm25s.BM25.load(folder, show_progress=False))
        except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
            problem = f"bm25s cannot read it ({error})"
            raise IndexDamagedError(folder, problem, "build it again") from error
