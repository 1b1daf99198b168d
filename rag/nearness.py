"""Tell how near a clause comes to the subject of a question, and how near it must."""

from index.small_words import ENGLISH
from rag.question import Query
from rag.relevance import Candidate

# Calibrated on the gold questions of eval/gold (see docs/decisions): below the floor nothing is
# about the subject.
# Coverage + word-by-word coverage + cosine, each at most 1; more is asked of a question that
# names no place or document, since more clauses may come near it by chance.
_FLOOR, _FLOOR_EVERYWHERE = 0.97, 1.17
# Half the coverage by translated phrases + word-by-word coverage + cosine.
_ENGLISH_FLOOR, _ENGLISH_FLOOR_EVERYWHERE = 0.4, 0.56


def nearness(query: Query, candidate: Candidate) -> float:
    """Give how near a clause comes to a subject, to be held against :func:`floor`.

    The sum of its coverages and cosine, at most 3 for Chinese questions and 2.5 for English ones.
    """
    if query.english:
        return candidate.coverage / 2 + candidate.soft + candidate.dense
    return candidate.coverage + candidate.soft + candidate.dense


def floor(query: Query) -> float:
    """Give the nearness below which nothing is about a subject: see eval/bench/floors.py."""
    if query.english:
        sure = query.scope.named and _in_english_sentences(query.folded)
        return _ENGLISH_FLOOR if sure else _ENGLISH_FLOOR_EVERYWHERE
    return _FLOOR if query.scope.named else _FLOOR_EVERYWHERE


def _in_english_sentences(folded: str) -> bool:
    """Tell English from keywords and from other languages in Latin letters: it has who, the, of."""
    return not ENGLISH.isdisjoint(folded.lower().split())
