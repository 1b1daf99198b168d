"""Find the sentences of a clause that tell what a question asks."""

from index.library import Index
from index.records import Clause
from rag.question import Query
from rag.relevance import Ranker
from rag.sentences import Piece, sentences
from rag.terms import TermMatcher

_MOST_SENTENCES = 3
_SHARE_OF_BEST = 0.6
LEAST_SHARE = 0.18
"""Least part of a subject, 0 to 1, that a sentence on it holds."""


class Teller:
    """Finds the telling sentences over one index."""

    def __init__(self, index: Index, ranker: Ranker, terms: TermMatcher) -> None:
        self._index = index
        self._ranker = ranker
        self._terms = terms

    def telling(self, query: Query, clause: Clause) -> tuple[Piece, ...]:
        """Give the sentences of a clause that hold most of the subject, in their order."""
        shares = [(self.share(query, s.text), s) for s in sentences(self._index, clause)]
        if not shares:
            return ()
        best = max(share for share, _ in shares)
        if best < LEAST_SHARE:
            return ()
        near = sorted((x for x in shares if x[0] >= _SHARE_OF_BEST * best), key=lambda x: -x[0])
        kept = sorted(near[:_MOST_SENTENCES], key=lambda x: x[1].start)
        return tuple(sentence for _, sentence in kept)

    def share(self, query: Query, text: str) -> float:
        """Give how much of the subject of a question a text holds, 0 to 1."""
        if query.english:
            terms = self._terms.read(query.topic.split())
            return self._terms.text_coverage(terms, text) if terms else 0.0
        return self._ranker.coverage(query.topic, text)
