"""Gold files: JSON lines in UTF-8, each a gold row."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.errors import GoldFormatError
from eval.gold import GoldRow, parse_row, unknown_fields

_MARKS = {b"\xff\xfe": "UTF-16", b"\xfe\xff": "UTF-16"}
# Encodings that Chinese files come in; what reads as the one often reads as the other too.
_OTHERS = ("gb18030", "big5")


@dataclass(frozen=True, slots=True)
class GoldLine:
    """A line of a gold file: its row, or why it is none.

    ``line`` counts from 1, 0 stands for the whole file; ``raw`` are its words. ``warnings`` are
    fields that no measure reads.
    """

    line: int
    row: GoldRow | None
    problems: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    raw: str = ""


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A gold row with the file and line it stands in, counted from 1, and its words there."""

    path: Path
    line: int
    row: GoldRow
    raw: str = ""
    warnings: tuple[str, ...] = ()

    @property
    def place(self) -> str:
        """File and line, as messages name them."""
        return f"{self.path}:{self.line}"


def scan_gold(path: Path) -> Iterator[GoldLine]:
    """Read a gold file line by line, in its order; empty lines are left out.

    A line that is not a row comes with its problems instead of stopping the reading. The last
    one, of line 0, says so where there is no row at all.

    Raises
    ------
    OSError
        If the file cannot be read.
    """
    content = path.read_bytes()
    if mark := _MARKS.get(content[:2]):
        yield GoldLine(0, None, (f"it is {mark}, save it as UTF-8",))
        return
    if content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"[" and _is_array(content):
        yield GoldLine(0, None, ("it is a JSON array; write one object on each line",))
        return
    lines: dict[str, int] = {}
    for line, written in enumerate(content.removeprefix(b"\xef\xbb\xbf").split(b"\n"), start=1):
        if not written.strip():
            continue
        scanned = _scan(line, written)
        if scanned.row is not None:
            before = lines.setdefault(scanned.row.id, line)
            if before != line:
                problem = f"id {scanned.row.id!r} stands in line {before} too"
                scanned = GoldLine(line, None, (problem,), scanned.warnings, scanned.raw)
        yield scanned
    if not lines:
        yield GoldLine(0, None, ("there is no row in it",))


def read_gold(path: Path) -> tuple[GoldRow, ...]:
    """Read a gold file, in its order; empty lines do not count.

    Raises
    ------
    GoldFormatError
        If a line is not UTF-8 or not a gold row, an id occurs twice, or there is no row; the
        message names file and line.
    OSError
        If the file cannot be read.
    """
    return tuple(each.row for each in read_rows(path))


def read_rows(path: Path) -> list[PlacedRow]:
    """Read a gold file as :func:`read_gold`, each row with the place it stands in."""
    rows = []
    for scanned in scan_gold(path):
        if scanned.row is None:
            raise GoldFormatError(path, scanned.line, scanned.problems[0])
        rows.append(PlacedRow(path, scanned.line, scanned.row, scanned.raw, scanned.warnings))
    return rows


def read_all(paths: Sequence[Path]) -> list[PlacedRow]:
    """Read several gold files, one after the other.

    Raises
    ------
    GoldFormatError
        As of :func:`read_gold`, and if an id stands in two of them.
    OSError
        If a file cannot be read.
    """
    first: dict[str, PlacedRow] = {}
    for path in paths:
        for each in read_rows(path):
            if first.setdefault(each.row.id, each) is not each:
                raise GoldFormatError(
                    path, each.line, f"id {each.row.id!r} stands in another gold file too"
                )
    return list(first.values())


def _is_array(content: bytes) -> bool:
    try:
        return isinstance(json.loads(content), list)
    except ValueError:
        return False


def _scan(line: int, written: bytes) -> GoldLine:
    try:
        raw = written.decode("utf-8").strip()
    except UnicodeDecodeError as error:
        return GoldLine(line, None, (_not_utf_8(written, error),))
    try:
        values = json.loads(raw)
    except json.JSONDecodeError as error:
        problem = f"it is not JSON: {error.msg} at column {error.colno}"
        return GoldLine(line, None, (problem,), raw=raw)
    unknown = unknown_fields(values) if isinstance(values, dict) else []
    slips = [f"unknown field {name!r}; is it {known!r}?" for name, known in unknown if known]
    warnings = tuple(
        f"field {name!r} is not a field of gold rows and is left out"
        for name, known in unknown
        if not known
    )
    if slips:
        return GoldLine(line, None, tuple(slips), warnings, raw)
    try:
        return GoldLine(line, parse_row(values), (), warnings, raw)
    except ValueError as error:
        return GoldLine(line, None, (str(error),), warnings, raw)


def _not_utf_8(written: bytes, error: UnicodeDecodeError) -> str:
    """Say where a line stops being UTF-8, and what it reads as."""
    problem = f"byte {error.start + 1} (0x{written[error.start]:02X}) is not UTF-8"
    fitting = [encoding.upper() for encoding in _OTHERS if _reads_as(written, encoding)]
    if not fitting:
        return problem
    return f"{problem}; the line reads as {' or '.join(fitting)}, save the file as UTF-8"


def _reads_as(written: bytes, encoding: str) -> bool:
    try:
        written.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True
