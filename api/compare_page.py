"""A comparison as a page shows it without scripts."""

from dataclasses import dataclass
from functools import lru_cache

from api.page_query import Choice, PageQuery
from api.page_trouble import NO_INDEX, Trouble, trouble
from index.library import Index
from rag.comparison_wire import comparison_json
from rag.errors import AnsweringError
from rag.reworded import Answering
from rag.subjects import shared_subjects
from rag.wire import Json

_MOST_SUBJECTS = 10


@dataclass(frozen=True, slots=True)
class ComparePage:
    """What documents say on a subject; ``told`` is null where none is asked for."""

    query: PageQuery
    choices: dict[str, list[Choice]]
    subjects: tuple[str, ...]
    told: Json | None
    trouble: Trouble | None


def compare_page(answerer: Answering | None, query: PageQuery) -> ComparePage:
    """Give the comparison that an address asks for."""
    if answerer is None:
        return ComparePage(query, query.choices(()), (), None, NO_INDEX)
    choices = query.choices(answerer.index.documents)
    subjects = _subjects(answerer.index)
    topic = query.one("topic")
    if topic is None:
        return ComparePage(query, choices, subjects, None, None)
    try:
        told = comparison_json(answerer.compare(topic, filters=query.filters))
    except AnsweringError as error:
        return ComparePage(query, choices, subjects, None, trouble(error))
    return ComparePage(query, choices, subjects, told, None)


@lru_cache(maxsize=1)
def _subjects(index: Index) -> tuple[str, ...]:
    return shared_subjects(index, k=_MOST_SUBJECTS)
