"""Tell which lines of a text are a site's furniture: its head, its foot and what lies between."""

import re
from collections.abc import Sequence

from index import noise, parts
from index.lines import Line
from index.numbering import Style, marker_at

_HEAD_REACH = 400  # lines searched for the title
_SUMMARY_REACH = 12  # lines searched for a portal's summary
_TITLE_REACH = 12  # lines behind a title in which its document must begin
_SHORTEST_TITLE = 8
_SHORT_LINE = 40


def furniture_rows(lines: Sequence[Line]) -> set[int]:
    """Give the positions of the lines that are a website's and not the document's."""
    rows = {row for row, line in enumerate(lines) if _is_furniture(line)}
    rows.update(_values(lines, rows))
    head = _head_end(lines, rows)
    rows.update(range(head))
    numbered = [r for r, line in enumerate(lines) if r not in rows and _is_body(line)]
    last = numbered[-1] if numbered else head
    tail = next((r for r in range(last + 1, len(lines)) if noise.is_footer(lines[r].text)), None)
    if tail is None:
        tail = _tail_start(lines, rows)
    if tail is not None:
        rows.update(range(tail, len(lines)))
    return rows


def _is_furniture(line: Line) -> bool:
    """A numbered line is the document's, whatever words a site uses too stand in it."""
    if not noise.is_noise_line(line.text):
        return False
    return len(line.text) < _SHORTEST_TITLE or marker_at(line.text, 0, strong=True) is None


def _values(lines: Sequence[Line], noisy: set[int]) -> set[int]:
    """Find the values set on a line of their own below a page's keys (实施日期: / 2020年…)."""
    keys = (row for row in noisy if lines[row].text.endswith(":") and row + 1 < len(lines))
    return {row + 1 for row in keys if len(lines[row + 1].text) < 20 and len(lines[row].text) < 8}  # noqa: PLR2004


def _tail_start(lines: Sequence[Line], noisy: set[int]) -> int | None:
    """Behind the article that sets the document in force, a page full of furniture is a site's."""
    for row, line in enumerate(lines):
        if noise.sets_in_force(line.text):
            after = [r for r in range(row + 1, min(row + 20, len(lines))) if r in noisy]
            annex = any(_is_annex(lines[r].text) for r in range(row, len(lines)))
            if len(after) >= 3 and not annex:  # noqa: PLR2004
                return after[0]
    return None


def _is_annex(text: str) -> bool:
    marker = marker_at(text, 0, strong=True)
    return marker is not None and marker.style is Style.ANNEX


def _is_body(line: Line) -> bool:
    return bool(re.search("[。;]$", line.text)) or marker_at(line.text, 0, strong=True) is not None


def _head_end(lines: Sequence[Line], noisy: set[int]) -> int:
    """Give how many lines before the document itself are a site's: a summary or navigation."""
    for row, line in enumerate(lines[:_SUMMARY_REACH]):
        if noise.is_portal_summary(line.text):
            return row + 1
        if parts.is_addressee(line.text) or parts.is_document_number(line.text):
            break
    title = _title_row(lines, noisy)
    head = lines[: title or 0]
    if title is None:
        return 0
    furniture = sum(row in noisy for row in range(title))
    navigation = sum(len(line.text) < 20 for line in head)  # noqa: PLR2004
    return title if furniture or navigation >= 5 else 0  # noqa: PLR2004


def _title_row(lines: Sequence[Line], noisy: set[int]) -> int | None:
    for row, line in enumerate(lines[:_HEAD_REACH]):
        if row in noisy:
            continue
        if _starts_document(lines, row, noisy):
            return row
        if marker_at(line.text, 0, strong=True):
            return None
    return None


def _starts_document(lines: Sequence[Line], row: int, noisy: set[int]) -> bool:
    """Tell whether a title stands here: what follows it is a number, an addressee or a body."""
    text = lines[row].text
    if parts.is_document_number(text):
        return True
    reach = range(row + 1, min(row + _TITLE_REACH, len(lines)))
    following = [lines[r].text for r in reach if r not in noisy]
    two_lines = bool(following) and parts.opens_title(text) and parts.is_title(following[0])
    if not (parts.is_title(text) or two_lines) or len(text) < _SHORTEST_TITLE:
        return False
    return any(
        parts.is_document_number(t) or parts.is_addressee(t) or _reads_as_body(t) for t in following
    )


def _reads_as_body(text: str) -> bool:
    prose = len(text) > _SHORT_LINE and ("," in text or "。" in text)
    return prose or marker_at(text, 0, strong=True) is not None
