"""Gold questions: rows of JSON lines, each with what a right answer holds."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from eval.errors import GoldFormatError

Json = Mapping[str, Any]


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

    ``lead_stated`` tells a null lead (the document designates none) from one left open.
    """

    doc: str
    clause_id: str
    lead: str | None = None
    lead_stated: bool = False
    units: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GoldRow:
    """A question with its right answer; documents are named by file or leading number.

    ``lead`` is null where none is designated, if ``lead_stated``. Clause ids are the gold
    file's own: only offsets are compared with an answer's clauses.
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
    parts: tuple[GoldPart, ...] = ()
    answer: str = ""
    abstain: bool = False
    reason: str | None = None
    tags: tuple[str, ...] = ()


def read_gold(path: Path) -> tuple[GoldRow, ...]:
    """Read a gold file, in its order; empty lines do not count.

    Raises
    ------
    GoldFormatError
        If the file is not UTF-8, a line is not a gold row, an id occurs twice, or there is no
        row; the message names file and line.
    OSError
        If the file cannot be read.
    """
    lines: dict[str, int] = {}
    rows = []
    for line, row in _rows(path):
        if row.id in lines:
            raise GoldFormatError(path, line, f"id {row.id!r} stands in line {lines[row.id]} too")
        lines[row.id] = line
        rows.append(row)
    if not rows:
        raise GoldFormatError(path, 0, "there is no row in it")
    return tuple(rows)


def _rows(path: Path) -> Iterator[tuple[int, GoldRow]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise GoldFormatError(path, 0, f"it is not UTF-8 ({error})") from error
    for line, written in enumerate(text.split("\n"), start=1):
        if not written.strip():
            continue
        try:
            yield line, _row(json.loads(written))
        except json.JSONDecodeError as error:
            raise GoldFormatError(path, line, f"it is not JSON ({error})") from error
        except ValueError as error:
            raise GoldFormatError(path, line, str(error)) from error


def _row(values: object) -> GoldRow:
    fields = _object(values, "a row")
    behavior = Behavior(_string(fields, "behavior"))
    return GoldRow(
        id=_string(fields, "id"),
        question=_string(fields, "question"),
        type=QuestionType(_string(fields, "type")),
        behavior=behavior,
        lang=_optional(fields, "lang") or "zh-Hans",
        docs=_strings(fields, "docs"),
        evidence=tuple(_evidence(each) for each in _list(fields, "evidence")),
        clause_ids=_strings(fields, "clause_ids"),
        support_clause_ids=_strings(fields, "support_clause_ids"),
        lead=_optional(fields, "lead"),
        lead_stated="lead" in fields,
        units=_strings(fields, "units"),
        parts=tuple(_part(each) for each in _list(fields, "parts")),
        answer=_optional(fields, "answer") or "",
        abstain=_abstain(fields, behavior),
        reason=_optional(fields, "reason"),
        tags=_strings(fields, "tags"),
    )


_ABSTAINING = frozenset(
    {
        Behavior.NO_UNITS_SHOW_CLAUSE,
        Behavior.NOT_STATED,
        Behavior.OUT_OF_SCOPE,
        Behavior.REFUSE_INJECTION,
    }
)


def _abstain(fields: Json, behavior: Behavior) -> bool:
    abstain = behavior in _ABSTAINING
    written, meant = json.dumps(fields.get("abstain", abstain)), json.dumps(abstain)
    if written != meant:
        raise ValueError(f"abstain is {written[:40]}, but behavior {behavior} means {meant}")
    return abstain


def _evidence(values: object) -> Evidence:
    if isinstance(values, str):
        if not values:
            raise ValueError("a piece of evidence is empty")
        return Evidence(values)
    fields = _object(values, "a piece of evidence")
    start, end = _offset(fields, "start"), _offset(fields, "end")
    if (start is None) is not (end is None):
        raise ValueError("a piece of evidence has one of start and end, it needs both or none")
    return Evidence(
        _string(fields, "text"),
        _optional(fields, "doc"),
        start,
        end,
        _optional(fields, "clause_id"),
    )


def _part(values: object) -> GoldPart:
    fields = _object(values, "a part")
    return GoldPart(
        doc=_string(fields, "doc"),
        clause_id=_string(fields, "clause_id"),
        lead=_optional(fields, "lead"),
        lead_stated="lead" in fields,
        units=_strings(fields, "units"),
    )


def _object(values: object, name: str) -> Json:
    if not isinstance(values, dict):
        raise ValueError(f"expected {name} to be an object, got {json.dumps(values)[:40]}")  # noqa: TRY004
    return values


def _string(fields: Json, key: str) -> str:
    value = _optional(fields, key)
    if not value:
        raise ValueError(f"{key} is missing or empty")
    return value


def _optional(fields: Json, key: str) -> str | None:
    value = fields.get(key)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"expected {key} to be a string, got {json.dumps(value)[:40]}")
    return value


def _offset(fields: Json, key: str) -> int | None:
    value = fields.get(key)
    if value is not None and (type(value) is not int or value < 0):
        raise ValueError(f"expected {key} to be an offset, got {json.dumps(value)[:40]}")
    return value


def _list(fields: Json, key: str) -> list[object]:
    value = fields.get(key) or []
    if not isinstance(value, list):
        raise ValueError(f"expected {key} to be a list, got {json.dumps(value)[:40]}")  # noqa: TRY004
    return value


def _strings(fields: Json, key: str) -> tuple[str, ...]:
    values = _list(fields, key)
    for value in values:
        if not isinstance(value, str):
            raise ValueError(f"expected {key} to hold strings, got {json.dumps(value)[:40]}")  # noqa: TRY004
    return tuple(str(value) for value in values)
