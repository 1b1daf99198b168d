"""What an answer has to hold to be measured: the fields of ``/v1/ask`` that measures read."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from eval.errors import AnswerShapeError

STATUSES = ("answered", "partial", "not_stated", "not_found")
ROLES = ("answer", "rule", "related")


def checked(answer: object) -> Mapping[str, Any]:
    """Give an answer back if it can be measured.

    Raises
    ------
    AnswerShapeError
        If it cannot; the message names each field with what was expected and what came.
    """
    problems = list(_problems(answer))
    try:
        json.dumps(answer, ensure_ascii=False, allow_nan=False).encode("utf-8")
    except UnicodeEncodeError:
        problems.append("a half of a surrogate pair, which is no character, stands in it")
    except (TypeError, ValueError) as error:
        problems.append(f"it cannot be written as JSON: {error}")
    if problems or not isinstance(answer, dict):
        raise AnswerShapeError(problems)
    return answer


def _problems(answer: object) -> Iterator[str]:
    if not isinstance(answer, dict):
        yield f"expected an object, got {_kind(answer)}"
        return
    if answer.get("status") not in STATUSES:
        yield f"status: expected one of {', '.join(STATUSES)}, got {_shown(answer, 'status')}"
    yield from _kinds(answer, "", {"answer": str, "citations": list, "responsibilities": list})
    yield from _optional(answer, "", {"reason": dict, "index": dict})
    if isinstance(answer.get("reason"), dict):
        yield from _kinds(answer["reason"], "reason.", {"code": str})
    yield from _repeated_numbers(answer)
    yield from _no_objects(answer, "citations")
    yield from _no_objects(answer, "responsibilities")
    for place, citation in _objects(answer, "citations"):
        yield from _citation(place, citation)
    for place, entry in _objects(answer, "responsibilities"):
        yield from _entry(place, entry)


def _citation(place: str, citation: Mapping[str, Any]) -> Iterator[str]:
    yield from _kinds(citation, place, {"n": int, "quote": str, "source": dict})
    if citation.get("role") not in ROLES:
        expected = f"expected one of {', '.join(ROLES)}"
        yield f"{place}role: {expected}, got {_shown(citation, 'role')}"
    yield from _optional(citation, place, {"clause_id": str, "label": str, "document": dict})
    if isinstance(citation.get("source"), dict):
        yield from _kinds(citation["source"], f"{place}source.", {"file": str})
        yield from _span(citation["source"], f"{place}source.")
    yield from _optional(citation, place, {"highlights": list})
    marked = citation.get("highlights")
    for i, each in enumerate(marked if isinstance(marked, list) else ()):
        if isinstance(each, dict):
            yield from _span(each, f"{place}highlights[{i}].")
        else:
            yield f"{place}highlights[{i}]: expected an object, got {repr(each)[:40]}"


def _span(values: Mapping[str, Any], place: str) -> Iterator[str]:
    problems = list(_kinds(values, place, {"start": int, "end": int}))
    yield from problems
    if not problems and not 0 <= values["start"] <= values["end"]:
        got = f"{values['start']}, {values['end']}"
        yield f"{place}start, end: expected 0 <= start <= end, got {got}"


def _repeated_numbers(answer: Mapping[str, Any]) -> Iterator[str]:
    listed = answer.get("citations")
    numbers = (
        [each.get("n") for each in listed if isinstance(each, dict)]
        if isinstance(listed, list)
        else []
    )
    if len(set(map(repr, numbers))) < len(numbers):
        yield "citations: two of them have the same n"


def _entry(place: str, entry: Mapping[str, Any]) -> Iterator[str]:
    yield from _kinds(entry, place, {"units": list, "citation": int})
    yield from _texts(entry, place, "units")
    if "lead" not in entry or entry["lead"] is not None:
        yield from _kinds(entry, place, {"lead": str})
    yield from _optional(entry, place, {"qualifiers": list, "clause_id": str})
    yield from _texts(entry, place, "qualifiers")


def _no_objects(answer: Mapping[str, Any], key: str) -> Iterator[str]:
    listed = answer.get(key)
    for i, each in enumerate(listed if isinstance(listed, list) else ()):
        if not isinstance(each, dict):
            yield f"{key}[{i}]: expected an object, got {repr(each)[:40]}"


def _objects(answer: Mapping[str, Any], key: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    listed = answer.get(key)
    for i, each in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(each, dict):
            yield f"{key}[{i}].", each


def _kinds(values: Mapping[str, Any], place: str, kinds: Mapping[str, type]) -> Iterator[str]:
    for key, kind in kinds.items():
        value = values.get(key)
        if not isinstance(value, kind) or isinstance(value, bool):
            yield f"{place}{key}: expected {_NAMES[kind]}, got {_shown(values, key)}"


def _optional(values: Mapping[str, Any], place: str, kinds: Mapping[str, type]) -> Iterator[str]:
    """Tell the fields that are there, not null, and of another kind."""
    given = {key: kind for key, kind in kinds.items() if values.get(key) is not None}
    yield from _kinds(values, place, given)


def _texts(values: Mapping[str, Any], place: str, key: str) -> Iterator[str]:
    listed = values.get(key)
    if isinstance(listed, list) and not all(isinstance(each, str) for each in listed):
        yield f"{place}{key}: expected strings only"


_NAMES: Mapping[type, str] = {
    str: "a string",
    int: "a whole number",
    list: "a list",
    dict: "an object",
}


def _shown(values: Mapping[str, Any], key: str) -> str:
    return repr(values[key])[:40] if key in values else "nothing"


def _kind(value: object) -> str:
    return _NAMES.get(type(value), repr(value)[:40])
