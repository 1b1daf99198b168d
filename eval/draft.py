"""Propose gold rows from an index, for a person to correct.

A draft is a gold row with ``reviewed`` false: what the index read is put down as the answer, so
that it must be compared with the document, not with the system. Questions are in Chinese, the
language of the documents, in Simplified or Traditional characters.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from typing import Any

from eval.draft_declined import absent_units, elsewhere
from eval.draft_responsibilities import of_responsibilities
from eval.draft_row import draft_id
from eval.draft_targets import of_deadlines, of_targets
from index.library import Index
from rag.language import in_script
from rag.records import Lang

Json = dict[str, Any]


class Kind(StrEnum):
    """What a draft is made from."""

    RESPONSIBILITY = "responsibility"
    TARGET = "target"
    DEADLINE = "deadline"
    ELSEWHERE = "elsewhere"
    ABSENT_UNIT = "absent_unit"


class Script(StrEnum):
    """The characters that drafts are written in."""

    SIMPLIFIED = Lang.HANS.value
    TRADITIONAL = Lang.HANT.value


def drafts(
    index: Index,
    kinds: Sequence[Kind] = tuple(Kind),
    *,
    limit: int | None = None,
    script: Script = Script.SIMPLIFIED,
) -> list[Json]:
    """Propose rows.

    Parameters
    ----------
    index : Index
        Whose documents are asked about.
    kinds : sequence of Kind
        One row is proposed for each responsibility record, for each target and deadline that a
        sentence states, and, to be declined, for each heading of another region that a document
        lacks and for each unit that only other regions' documents name.
    limit : int, optional
        Rows of each kind at most, spread over all that there are.
    script : Script
        Characters of the questions.

    Returns
    -------
    list of dict
        Gold rows to be written as JSON lines. The same index gives the same rows, ids included.
    """
    found: dict[str, Json] = {}
    for kind in kinds:
        rows: dict[str, Json] = {}
        for row in _MAKERS[kind](index):
            if row["question"] not in found:
                rows.setdefault(row["question"], row)
        found |= {row["question"]: row for row in _spread(list(rows.values()), limit)}
    return [_written(row, script) for row in found.values()]


def _spread(rows: list[Json], limit: int | None) -> list[Json]:
    """Take ``limit`` rows at even distances, so that no document is left out for being last."""
    if limit is None or len(rows) <= limit:
        return rows
    return [rows[i * len(rows) // limit] for i in range(limit)]


def _written(row: Json, script: Script) -> Json:
    question = in_script(row["question"], Lang(script.value))
    return {"id": draft_id(question), **row, "question": question, "lang": script.value}


_MAKERS: Mapping[Kind, Callable[[Index], Iterator[Json]]] = {
    Kind.RESPONSIBILITY: of_responsibilities,
    Kind.TARGET: of_targets,
    Kind.DEADLINE: of_deadlines,
    Kind.ELSEWHERE: elsewhere,
    Kind.ABSENT_UNIT: absent_units,
}
