"""Read responsible units from the rows of a task table, by the names of its columns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.unit_list import UnitList, make_list
from index.unit_members import Members, Role, label_role, parse_members

_EMPTY = re.compile(r"[\s/\\—\-–―－无]*")
_RULED_LINE = re.compile(r"[\s|:\-]+")


@dataclass(frozen=True, slots=True)
class Columns:
    """Which cells of a table's rows name units: ``roles`` maps a cell's place to its role."""

    roles: tuple[tuple[int, Role], ...]
    width: int


def cells(row: str) -> list[tuple[int, int]]:
    r"""Give the spans of a row's cells, split at tabs or, where it has none, at ``|``.

    Examples
    --------
    >>> [("1\t甲局")[a:b] for a, b in cells("1\t甲局")]
    ['1', '甲局']
    """
    mark = "\t" if "\t" in row else "|"
    spans, start = [], 0
    for at in [*(at for at, one in enumerate(row) if one == mark), len(row)]:
        spans.append((start, at))
        start = at + 1
    if mark == "|" and len(spans) > 1:
        spans = spans[1:] if not row[slice(*spans[0])].strip() else spans
        spans = spans[:-1] if not row[slice(*spans[-1])].strip() else spans
    return spans


def read_header(row: str) -> Columns | None:
    """Give a table's unit columns if the row names any (牵头单位, 配合部门), else null."""
    names = [row[start:end].strip() for start, end in cells(row)]
    roles = [(at, role) for at, name in enumerate(names) if (role := label_role(name)) is not None]
    return Columns(tuple(roles), len(names)) if roles and len(names) > 1 else None


def read_row(row: str, columns: Columns) -> UnitList | None:
    """Read the units of one row, or null where its cells do not fit the columns.

    A row with fewer cells (its merged cells were lost) is read from the right, and only if
    every unit column then holds units or nothing.
    """
    spans = cells(row)
    if _RULED_LINE.fullmatch(row) or len(spans) > columns.width:
        return None
    shift = columns.width - len(spans)
    if shift and min(at for at, _ in columns.roles) < shift:
        return None
    named = [(spans[at - shift], role) for at, role in columns.roles]
    reads = [_read_cell(row, span, role) for span, role in named]
    if any(read is None for read in reads):
        return None
    whole = _join([read for read in reads if read is not None and read.members])
    if not whole.members:
        return None
    return make_list(whole.members[0].start, whole.end, whole)


def _read_cell(row: str, span: tuple[int, int], role: Role) -> Members | None:
    start, end = span
    if _EMPTY.fullmatch(row[start:end]):
        return Members()
    read = parse_members(" " * start + row[start:end], role=role)
    fits = bool(read.members) and read.shaped * 2 >= len(read.members) and not read.odd
    return read if fits else None


def _join(reads: Sequence[Members]) -> Members:
    whole = Members()
    for read in reads:
        for member, role in zip(read.members, read.roles, strict=True):
            whole.add(member, role)
            if role is Role.LEAD:
                whole.designate(member.start, member.end)
        whole.qualifiers += read.qualifiers
        whole.end = max(whole.end, read.end)
    return whole
