"""Give each clause its records of responsibility, by the words and rules of its own document."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from index.actors import read_designations
from index.clean import CleanText
from index.first_listed import Rule, find_rules
from index.records import Clause, ClauseKind, LeadBasis, LeadBasisKind, Region, Responsibility
from index.reported import is_elsewhere, is_reported
from index.unit_list import UnitList, is_units_line, read_lists
from index.unit_table import Columns, read_header, read_row

_SILENT = frozenset(
    {
        ClauseKind.NOISE,
        ClauseKind.TITLE,
        ClauseKind.NUMBER,
        ClauseKind.ADDRESSEE,
        ClauseKind.PREAMBLE,
        ClauseKind.SIGNATURE,
        ClauseKind.COPY_LIST,
        ClauseKind.IMPRINT,
    }
)
_HEIRS = frozenset(
    {
        ClauseKind.ITEM,
        ClauseKind.HEADING,
        ClauseKind.ARTICLE,
        ClauseKind.PARAGRAPH,
        ClauseKind.TABLE_ROW,
        ClauseKind.BOX,
    }
)

# Words that stand for a unit where a question, or a form, leaves one open.
_ASKED = re.compile(r"[谁哪]|什么|(?:牵头|责任|负责|配合|参与)(?:单位|部门)$")


@dataclass(frozen=True, slots=True)
class _Reading:
    """One list as it stands in a clause; ``offset`` maps it into the clean text."""

    row: int
    found: UnitList
    offset: int
    listed: bool  # a list, which speaks for children and obeys rules; not running text
    table: bool = False


@dataclass(frozen=True, slots=True)
class _Stated:
    """A first-listed rule where it stands, in clean offsets; ``inside`` a list's own words."""

    row: int
    rule: Rule
    inside: bool

    def reaches(self, reading: _Reading, annexes: Sequence[int | None]) -> bool:
        """Whether the rule holds for a list."""
        start = reading.found.start + reading.offset
        own = (
            reading.found.rule is not None
            and self.inside
            and (start <= self.rule.start < reading.found.end + reading.offset)
        )
        if own:
            return True
        if self.inside and (reading.table or not self.rule.onward):
            return False
        same_part = annexes[self.row] == annexes[reading.row]
        if self.rule.start <= start:
            return self.rule.onward or same_part
        return self.rule.backward and same_part and not self.inside


def assign(
    clauses: Sequence[Clause], clean: CleanText, region: Region | None = None
) -> tuple[tuple[Clause, ...], tuple[str, ...]]:
    """Fill the clauses' responsibilities.

    Parameters
    ----------
    clauses : sequence of Clause
        All clauses of one document, in document order.
    clean : CleanText
        The clean copy of that document.
    region : Region, optional
        Whose document it is: what it says of another's tasks is no record of its own.

    Returns
    -------
    tuple of Clause
        The same clauses, each with its own records and those it inherits.
    tuple of str
        Warnings about designations that could not be read.
    """
    readings, rules, warnings = _read_all(clauses, clean, region)
    annexes = _annexes(clauses)
    own: list[list[Responsibility]] = [[] for _ in clauses]
    speaking: list[list[Responsibility]] = [[] for _ in clauses]
    for reading in readings:
        record = _record(reading, rules, annexes, (clauses, clean))
        own[reading.row].append(record)
        if reading.listed:
            speaking[reading.row].append(record)
    _lift_trailing(clauses, clean, own, speaking)
    _inherit(clauses, own, speaking)
    made = [
        replace(clause, responsibilities=tuple(records))
        for clause, records in zip(clauses, own, strict=True)
    ]
    return tuple(made), tuple(warnings)


def _read_all(
    clauses: Sequence[Clause], clean: CleanText, region: Region | None
) -> tuple[list[_Reading], list[_Stated], list[str]]:
    readings: list[_Reading] = []
    rules: list[_Stated] = []
    warnings: list[str] = []
    columns: dict[str | None, Columns] = {}
    for row, clause in enumerate(clauses):
        if clause.kind is ClauseKind.NOISE:
            continue
        first, last = clean.from_source(clause.start, clause.end)
        text = clean.text[first:last]
        lists = [] if clause.kind in _SILENT else read_lists(text, truncated=clause.truncated)
        lists = [
            found
            for found in lists
            if not is_reported(text, found.start, found.end)
            and not any(_ASKED.match(name) for name in found.units)
        ]
        rules += _rules(text, row, first, lists)
        if clause.kind in _SILENT:
            continue
        if clause.kind is ClauseKind.TABLE_ROW:
            readings += _read_table_row(clause, text, (row, first), columns)
        readings += [_Reading(row, found, first, listed=True) for found in lists]
        taken = [(found.start, found.end) for found in lists]
        taken += [(rule.start, rule.end) for rule in find_rules(text)]
        readings += [
            _Reading(row, found, first, listed=False)
            for found in read_designations(text, taken, done=clause.kind is not ClauseKind.NOTICE)
            if (not clause.truncated or found.end < len(text.rstrip()))
            and not is_reported(text, found.start, found.end)
            and not is_elsewhere(text, found.start, region)
        ]
    return sorted(readings, key=lambda one: one.found.start + one.offset), rules, warnings


def _rules(text: str, row: int, offset: int, lists: Sequence[UnitList]) -> Iterable[_Stated]:
    for rule in find_rules(text):
        if is_reported(text, rule.start, rule.end):
            continue
        inside = any(found.start <= rule.start < found.end for found in lists)
        moved = replace(rule, start=rule.start + offset, end=rule.end + offset)
        yield _Stated(row, moved, inside)


def _read_table_row(
    clause: Clause, text: str, place: tuple[int, int], columns: dict[str | None, Columns]
) -> Iterable[_Reading]:
    header = read_header(text)
    if header:
        columns[clause.parent_id] = header
        return
    known = columns.get(clause.parent_id)
    found = read_row(text, known) if known else None
    if found:
        row, offset = place
        yield _Reading(row, found, offset, listed=True, table=True)


def _annexes(clauses: Sequence[Clause]) -> list[int | None]:
    """Give for each clause the row of the annex it lies in, or null for the main text."""
    rows = {clause.clause_id: row for row, clause in enumerate(clauses)}
    annexes: list[int | None] = []
    for row, clause in enumerate(clauses):
        parent = rows.get(clause.parent_id or "")
        if clause.kind is ClauseKind.ANNEX:
            annexes.append(row)
        else:
            annexes.append(annexes[parent] if parent is not None and parent < row else None)
    return annexes


def _record(
    reading: _Reading,
    rules: Sequence[_Stated],
    annexes: Sequence[int | None],
    document: tuple[Sequence[Clause], CleanText],
) -> Responsibility:
    clauses, clean = document
    found = reading.found
    start, end = clean.to_source(found.start + reading.offset, found.end + reading.offset)
    record = Responsibility(
        units=found.units, start=start, end=end, qualifiers=found.qualifiers, leads=found.leads
    )
    if found.leads and found.lead_words:
        first, last = found.lead_words
        basis = _basis(
            LeadBasisKind.EXPLICIT,
            clauses[reading.row],
            clean,
            (first + reading.offset, last + reading.offset),
        )
        return replace(record, lead="、".join(found.leads), lead_basis=basis)
    stated = next((one for one in reversed(rules) if one.reaches(reading, annexes)), None)
    if stated is None or found.first is None or found.size < 2 or not reading.listed:  # noqa: PLR2004
        return record
    basis = _basis(
        LeadBasisKind.FIRST_LISTED,
        clauses[stated.row],
        clean,
        (stated.rule.start, stated.rule.end),
    )
    units = record.units if found.first in record.units else (found.first, *record.units)
    qualifiers = tuple(words for words in record.qualifiers if words != found.first)
    return replace(
        record,
        units=units,
        qualifiers=qualifiers,
        leads=(found.first,),
        lead=found.first,
        lead_basis=basis,
    )


def _basis(
    kind: LeadBasisKind, clause: Clause, clean: CleanText, span: tuple[int, int]
) -> LeadBasis:
    start, end = clean.to_source(*span)
    return LeadBasis(kind, clause.clause_id, clean.source.text[start:end], start, end)


def _lift_trailing(
    clauses: Sequence[Clause],
    clean: CleanText,
    own: list[list[Responsibility]],
    speaking: list[list[Responsibility]],
) -> None:
    """Let a line that is only a list speak for its parent as well."""
    rows = {clause.clause_id: row for row, clause in enumerate(clauses)}
    for row, clause in enumerate(clauses):
        parent = rows.get(clause.parent_id or "")
        if clause.kind is not ClauseKind.PARAGRAPH or parent is None or not own[row]:
            continue
        if clauses[parent].kind is ClauseKind.TITLE or not is_units_line(
            clean.slice(clause.start, clause.end)
        ):
            continue
        own[parent] += own[row]
        speaking[parent] += own[row]


def _inherit(
    clauses: Sequence[Clause],
    own: list[list[Responsibility]],
    speaking: list[list[Responsibility]],
) -> None:
    rows = {clause.clause_id: row for row, clause in enumerate(clauses)}
    for row, clause in enumerate(clauses):
        parent = rows.get(clause.parent_id or "")
        if parent is None or parent >= row or own[row] or clause.kind not in _HEIRS:
            continue
        handed = [_inherited(record, clauses[parent].clause_id) for record in speaking[parent]]
        own[row] = handed
        speaking[row] = list(handed)


def _inherited(record: Responsibility, parent_id: str) -> Responsibility:
    basis = record.lead_basis
    if basis is not None:
        basis = replace(basis, kind=LeadBasisKind.INHERITED)
    return replace(record, lead_basis=basis, inherited_from=record.inherited_from or parent_id)
