"""Gold questions: what each asks and what a right answer holds."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, TypeVar

Json = Mapping[str, Any]
Choice = TypeVar("Choice", bound=StrEnum)
_NEEDED = ("id", "question", "type", "behavior")
_SLIP = 0.75  # of 1: alike enough for one field to be a slip of the other (leed, lead)


class QuestionType(StrEnum):
    """What a question asks for."""

    LEAD_UNIT = "lead_unit"
    UNITS = "units"
    TASK_OF_UNIT = "task_of_unit"
    DEADLINE_OR_TARGET = "deadline_or_target"
    CONTENT = "content"
    DEFINITION = "definition"
    COMPARISON = "comparison"
    CROSS_DOCUMENT = "cross_document"
    STATUS = "status"
    AMBIGUOUS = "ambiguous"
    UNANSWERABLE = "unanswerable"


class Behavior(StrEnum):
    """How a right answer deals with a question."""

    ANSWER = "answer"
    UNITS_NO_LEAD = "units_no_lead"
    NO_UNITS_SHOW_CLAUSE = "no_units_show_clause"
    NOT_STATED = "not_stated"
    OUT_OF_SCOPE = "out_of_scope"
    REFUSE_INJECTION = "refuse_injection"
    ANSWER_PER_REGION = "answer_per_region"
    ANSWER_PER_ITEM = "answer_per_item"
    CORRECT_PREMISE = "correct_premise"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Words that a right answer rests on; what the gold file leaves open is null."""

    text: str
    doc: str | None = None
    start: int | None = None
    end: int | None = None
    clause_id: str | None = None


@dataclass(frozen=True, slots=True)
class GoldPart:
    """One of several answers to a question: a region's, an item's or a task's.

    ``lead_stated`` tells a null lead (the document designates none) from one left open,
    ``units_stated`` no units from those left open.
    """

    doc: str
    clause_id: str
    lead: str | None = None
    lead_stated: bool = False
    units: tuple[str, ...] = ()
    units_stated: bool = False
    qualifier: tuple[str, ...] = ()
    answer: str = ""


@dataclass(frozen=True, slots=True)
class GoldRow:
    """A question with its right answer; documents are named by file or leading number.

    ``lead`` is null where none is designated, if ``lead_stated``, and there are no ``units``, if
    ``units_stated``; else they are left open. Clause ids are the gold
    file's own: only offsets are compared with an answer's clauses. A row not ``reviewed`` is a
    draft that no person has read yet.
    """

    id: str
    question: str
    type: QuestionType
    behavior: Behavior
    lang: str = "zh-Hans"
    docs: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    clause_ids: tuple[str, ...] = ()
    support_clause_ids: tuple[str, ...] = ()
    lead: str | None = None
    lead_stated: bool = False
    units: tuple[str, ...] = ()
    units_stated: bool = False
    qualifier: tuple[str, ...] = ()
    parts: tuple[GoldPart, ...] = ()
    answer: str = ""
    abstain: bool = False
    reason: str | None = None
    tags: tuple[str, ...] = ()
    note: str = ""
    reviewed: bool = True


ABSTAINING = frozenset(
    {
        Behavior.NO_UNITS_SHOW_CLAUSE,
        Behavior.NOT_STATED,
        Behavior.OUT_OF_SCOPE,
        Behavior.REFUSE_INJECTION,
    }
)


def parse_row(values: object) -> GoldRow:
    """Read a row from its JSON value.

    Raises
    ------
    ValueError
        If it is not a gold row; the message names the field and what was expected.
    """
    row = _object(values, "a row")
    if missing := [key for key in _NEEDED if row.get(key) in (None, "")]:
        raise ValueError(
            f"{', '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing or empty"
        )
    behavior = _choice(Behavior, row, "behavior")
    docs, evidence = _strings(row, "docs"), [_evidence(each) for each in _list(row, "evidence")]
    if any(e.start is not None and e.doc is None for e in evidence) and len(docs) != 1:
        raise ValueError("evidence with offsets needs its doc where docs is not one document")
    return GoldRow(
        id=_string(row, "id"),
        question=_string(row, "question"),
        type=_choice(QuestionType, row, "type"),
        behavior=behavior,
        lang=_optional(row, "lang") or "zh-Hans",
        docs=docs,
        evidence=tuple(evidence),
        clause_ids=_strings(row, "clause_ids"),
        support_clause_ids=_strings(row, "support_clause_ids"),
        lead=_optional(row, "lead"),
        lead_stated="lead" in row,
        units=_strings(row, "units"),
        units_stated="units" in row,
        qualifier=_strings(row, "qualifier"),
        parts=tuple(_part(each) for each in _list(row, "parts")),
        answer=_optional(row, "answer") or "",
        abstain=_abstain(row, behavior),
        reason=_optional(row, "reason"),
        tags=_strings(row, "tags"),
        note=_optional(row, "note") or "",
        reviewed=_flag(row, "reviewed", default=True),
    )


def unknown_fields(values: Json) -> list[tuple[str, str | None]]:
    """Give the fields that a row does not have, each with the known one it may be a slip of.

    Fields of a row, of its evidence and of its parts; those that begin with ``x_`` are the
    writer's own.

    Examples
    --------
    >>> unknown_fields({"id": "g1", "quesiton": "谁牵头？", "x_author": "a", "difficulty": 3})
    [('quesiton', 'question'), ('difficulty', None)]
    """
    found = _unknown(values, _known(GoldRow))
    for key, record in (("evidence", Evidence), ("parts", GoldPart)):
        listed = values.get(key)
        for each in listed if isinstance(listed, list) else ():
            if isinstance(each, dict):
                found += _unknown(each, _known(record))
    return found


def _known(record: type) -> list[str]:
    return [field.name for field in fields(record) if not field.name.endswith("_stated")]


def _unknown(values: Json, known: list[str]) -> list[tuple[str, str | None]]:
    names = [name for name in values if name not in known and not name.startswith("x_")]
    return [
        (name, next(iter(get_close_matches(name, known, n=1, cutoff=_SLIP)), None))
        for name in names
    ]


def _abstain(row: Json, behavior: Behavior) -> bool:
    abstain = behavior in ABSTAINING
    written, meant = _shown(row.get("abstain", abstain)), _shown(abstain)
    if written != meant:
        raise ValueError(f"abstain is {written}, but behavior {behavior} means {meant}")
    return abstain


def _evidence(values: object) -> Evidence:
    if isinstance(values, str):
        if not values:
            raise ValueError("a piece of evidence is empty")
        return Evidence(values)
    row = _object(values, "a piece of evidence")
    start, end = _offset(row, "start"), _offset(row, "end")
    if (start is None) is not (end is None):
        raise ValueError("a piece of evidence has one of start and end, it needs both or none")
    return Evidence(
        _string(row, "text"),
        _optional(row, "doc"),
        start,
        end,
        _optional(row, "clause_id"),
    )


def _part(values: object) -> GoldPart:
    row = _object(values, "a part")
    return GoldPart(
        doc=_string(row, "doc"),
        clause_id=_string(row, "clause_id"),
        lead=_optional(row, "lead"),
        lead_stated="lead" in row,
        units=_strings(row, "units"),
        units_stated="units" in row,
        qualifier=_strings(row, "qualifier"),
        answer=_optional(row, "answer") or "",
    )


def _object(values: object, name: str) -> Json:
    if not isinstance(values, dict):
        raise ValueError(f"expected {name} to be an object, got {_shown(values)}")  # noqa: TRY004
    return values


def _string(row: Json, key: str) -> str:
    value = _optional(row, key)
    if not value:
        raise ValueError(f"{key} is missing or empty")
    return value


def _choice(choices: type[Choice], row: Json, key: str) -> Choice:
    value = _string(row, key)
    try:
        return choices(value)
    except ValueError:
        known = ", ".join(choices)
        raise ValueError(f"{key} {value!r} is not known; it is one of {known}") from None


def _flag(row: Json, key: str, *, default: bool) -> bool:
    value = row.get(key, default)
    if not isinstance(value, bool):
        raise ValueError(f"expected {key} to be true or false, got {_shown(value)}")  # noqa: TRY004
    return value


def _optional(row: Json, key: str) -> str | None:
    value = row.get(key)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"expected {key} to be a string, got {_shown(value)}")
    return value


def _offset(row: Json, key: str) -> int | None:
    value = row.get(key)
    if value is not None and (type(value) is not int or value < 0):
        raise ValueError(f"expected {key} to be an offset, got {_shown(value)}")
    return value


def _list(row: Json, key: str) -> list[object]:
    value = row.get(key) or []
    if not isinstance(value, list):
        raise ValueError(f"expected {key} to be a list, got {_shown(value)}")  # noqa: TRY004
    return value


def _strings(row: Json, key: str) -> tuple[str, ...]:
    values = _list(row, key)
    for value in values:
        if not isinstance(value, str):
            raise ValueError(f"expected {key} to hold strings, got {_shown(value)}")  # noqa: TRY004
    return tuple(str(value) for value in values)


def _shown(value: object) -> str:
    """Write a value as the file has it, no longer than a message needs."""
    return json.dumps(value, ensure_ascii=False)[:40]
