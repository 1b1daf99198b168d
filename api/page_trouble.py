"""What keeps a page from showing what its address asks for, in the words of its messages."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from api.errors import PROBLEMS
from rag import errors as rag_errors

_MOST_KNOWN = 12


@dataclass(frozen=True, slots=True)
class Trouble:
    """A message that says what is wrong and what to do, and the status of the response."""

    message: str
    status: int
    values: Mapping[str, str] = field(default_factory=dict)


NO_INDEX = Trouble("common.no_index", 503)


def trouble(error: rag_errors.AnsweringError) -> Trouble:
    """Tell of a refusal as `api.errors` answers it."""
    kind = PROBLEMS[type(error)]
    status = kind.status
    if isinstance(error, rag_errors.FilterError):
        known = "、".join(error.known[:_MOST_KNOWN]) + "…" * (len(error.known) > _MOST_KNOWN)
        return Trouble("filters.unknown", status, {"value": error.value, "known": known})
    if isinstance(error, rag_errors.FiltersConflictError):
        return Trouble("filters.contradictory", status)
    if isinstance(error, rag_errors.QuestionError):
        return Trouble(f"filters.{kind.slug.replace('-', '_')}", status)
    return Trouble("common.error_refused", status, {"detail": str(error)})
