"""Find where each clause of a clean text begins, what kind it is, and under which it stands."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index import noise, parts
from index.furniture import furniture_rows
from index.lines import Line, split_lines
from index.numbering import Marker, Style, marker_at
from index.records import ClauseKind
from index.sequence import Numbering
from index.unit_list import is_units_line

_BOUNDARY = re.compile(
    r"(?<=[。;!?:)\]】」”》〕])[ \t\u3000\xa0]*|(?<=\S)[ \t\u3000\xa0]+"
    # a heading whose line break was lost altogether: …合力(一)发挥…
    r"|(?<=[\u4e00-\u9fff])(?<![条款第项本])(?=\([一二三四五六七八九十]{1,3}\)[\u4e00-\u9fff])(?!\([一二三四五六七八九十]+\)[项款至和中])"
)
_HAS_DECIMALS = re.compile(r"(?m)(?:^|[\s\u3000])1\.1(?:\.1)?[\s\u3000]*[\u4e00-\u9fffA-Z]")
_TRAILING_LIST = re.compile(r"[(\[〔【][^()\[\]【】]*(?:\([^()]*\)[^()\[\]【】]*)*[)\]】〕]\s*$")
_SHORT_LINE = 40

_KIND_OF_STYLE = {
    Style.ARTICLE: ClauseKind.ARTICLE,
    Style.PART: ClauseKind.HEADING,
    Style.CHAPTER: ClauseKind.HEADING,
    Style.SECTION: ClauseKind.HEADING,
    Style.ANNEX: ClauseKind.ANNEX,
    Style.BOX: ClauseKind.BOX,
}


@dataclass(slots=True)
class Block:
    """A clause's beginning: ``start`` in the clean text, ``parent`` a row in the block list."""

    start: int
    kind: ClauseKind
    parent: int | None = None
    marker: Marker | None = None
    row: str = ""
    line_end: int = 0


def find_blocks(text: str) -> tuple[list[Block], tuple[str, ...]]:
    """Give the beginnings of all clauses and noise in ``text``, in order, with warnings."""
    lines = _without_inline_noise(split_lines(text), text)
    noisy = furniture_rows(lines)
    builder = _Builder(text, lines, noisy)
    for row in range(len(lines)):
        builder.take(row)
    return builder.finished(), tuple(builder.numbering.warnings)


def _without_inline_noise(lines: Sequence[Line], text: str) -> list[Line]:
    found: list[Line] = []
    for line in lines:
        at = line.start
        for start, end in noise.inline_noise(line.text):
            found += _trimmed(text, at, line.start + start)
            found.append(Line(line.start + start, line.start + end, line.text[start:end]))
            at = line.start + end
        found += _trimmed(text, at, line.end)
    return found


def _trimmed(text: str, start: int, end: int) -> list[Line]:
    piece = text[start:end]
    words = piece.strip()
    at = start + piece.index(words) if words else start
    return [Line(at, at + len(words), words)] if words else []


class _Builder:
    """Reads the lines once, in order, and opens a block wherever a clause begins."""

    def __init__(self, text: str, lines: Sequence[Line], noisy: set[int]) -> None:
        self._text = text
        self._lines = lines
        self._noisy = noisy
        self._blocks: list[Block] = []
        self._annex: int | None = None
        self._in_body = False  # a number has been seen since the last title
        self._contents = self._find_contents()
        decimals = bool(_HAS_DECIMALS.search(text))
        self._markers: list[Marker] = []
        self._by_row: dict[int, list[int]] = {}
        listing = False
        for row, line in enumerate(lines):
            listing = self._is_listing(row, listing=listing)
            if row not in noisy and row not in self._contents and not listing:
                self._collect(row, line, decimals=decimals)
        self.numbering = Numbering(self._markers)

    def _is_listing(self, row: int, *, listing: bool) -> bool:
        """Numbers behind 附件: name attachments, they open nothing."""
        text = self._lines[row].text
        if parts.is_attachment_list(text):
            return True
        marker = marker_at(text, 0, strong=True)
        return (
            listing
            and marker is not None
            and marker.style is Style.DOT
            and len(text) < _SHORT_LINE * 2
        )

    def _collect(self, row: int, line: Line, *, decimals: bool) -> None:
        if parts.is_table_row(line.text):
            return
        found = []
        if opening := marker_at(self._text, line.start, strong=True, decimals=decimals):
            found.append(opening)
        for boundary in _BOUNDARY.finditer(self._text, line.start, line.end):
            at = boundary.end()
            if at >= line.end or (found and at < found[-1].end):
                continue
            spaced = boundary.end() - boundary.start() > 1
            if marker := marker_at(self._text, at, strong=False, decimals=decimals and spaced):
                found.append(marker)
        self._by_row[row] = list(range(len(self._markers), len(self._markers) + len(found)))
        self._markers += found

    def _find_contents(self) -> set[int]:
        """Find a table of contents: headings that stand again, in the same words, further on."""
        rows = [r for r in range(len(self._lines)) if r not in self._noisy]
        numbered = [
            r for r in rows if marker_at(self._lines[r].text, 0, strong=True, decimals=True)
        ]
        if not numbered:
            return set()
        first = numbered[0]
        words = _squeezed(self._lines[first].text)
        again = [r for r in rows if r > first + 2 and _squeezed(self._lines[r].text) == words]
        if not again or len(words) > _SHORT_LINE:
            return set()
        listed = [r for r in rows if first <= r < again[0]]
        if any(
            "。" in self._lines[r].text or len(self._lines[r].text) > _SHORT_LINE for r in listed
        ):
            return set()
        before = [r for r in rows if r < first]
        if before and parts.is_contents_title(self._lines[before[-1]].text):
            listed.insert(0, before[-1])
        return set(listed)

    def take(self, row: int) -> None:
        """Read one line."""
        line = self._lines[row]
        if row in self._noisy:
            self._open_noise(line)
        elif row in self._contents:
            self._open_once(line, ClauseKind.PARAGRAPH, same=row - 1 in self._contents)
        elif not self._take_numbers(row, line):
            self._take_plain(row, line)

    def _open_noise(self, line: Line) -> None:
        self._open_once(line, ClauseKind.NOISE, same=True)

    def _open_once(self, line: Line, kind: ClauseKind, *, same: bool) -> None:
        """Open a block unless the last one is of this kind and the line goes on with it."""
        if not (same and self._blocks and self._blocks[-1].kind is kind):
            parent = None if kind is ClauseKind.NOISE else self._annex
            self._blocks.append(Block(line.start, kind, parent))

    def _take_numbers(self, row: int, line: Line) -> bool:
        """Open a clause at each number that follows; tell whether the line opens one."""
        opened = False
        for at in self._by_row.get(row, ()):
            marker = self._markers[at]
            if marker.start != line.start and not opened and not self._continues_clause():
                self._take_plain(row, line)
            opened = self._take_number(at, line.end) or opened
        return opened

    def _continues_clause(self) -> bool:
        return bool(self._blocks) and self._blocks[-1].marker is not None

    def _take_number(self, at: int, line_end: int) -> bool:
        marker = self._markers[at]
        if marker.style is Style.ANNEX:
            self.numbering.reset()
            self._annex = len(self._blocks)
            self._in_body = False
            annex = Block(marker.start, ClauseKind.ANNEX, None, marker, line_end=line_end)
            self._blocks.append(annex)
            return True
        accepted, parent = self.numbering.place(at, len(self._blocks))
        if not accepted:
            return False
        kind = _KIND_OF_STYLE.get(marker.style, ClauseKind.ITEM)
        parent = parent if parent is not None else self._annex
        self._in_body = True
        self._blocks.append(Block(marker.start, kind, parent, marker, line_end=line_end))
        return True

    def _take_plain(self, row: int, line: Line) -> None:
        if self._blocks and self._blocks[-1].start == line.start:
            return
        kind = self._kind(row, line)
        if kind is None:
            return
        if kind is ClauseKind.TITLE:
            self._open_title(line)
            return
        same = kind in (
            ClauseKind.SIGNATURE,
            ClauseKind.IMPRINT,
            ClauseKind.PREAMBLE,
            ClauseKind.ADDRESSEE,
        )
        parent = self._parent_of_plain(kind, line)
        if not (same and self._blocks and self._blocks[-1].kind is kind):
            number = re.match(
                r"\|?\s*(\d{1,3}|[一二三四五六七八九十]{1,3})[、.]?\s*[\t|]", line.text
            )
            row_number = number[1] if kind is ClauseKind.TABLE_ROW and number else ""
            self._blocks.append(Block(line.start, kind, parent, row=row_number))

    def _open_title(self, line: Line) -> None:
        previous = self._blocks[-1] if self._blocks else None
        goes_on = previous is not None and previous.kind is ClauseKind.TITLE and not self._in_body
        if goes_on and previous is not None and not self._is_new_title(previous, line):
            return
        if previous is not None and previous.kind not in (ClauseKind.ANNEX, ClauseKind.NUMBER):
            self.numbering.reset()
        if previous is not None and previous.kind is ClauseKind.ANNEX:
            self._annex = len(self._blocks) - 1
        self._in_body = False
        self._blocks.append(Block(line.start, ClauseKind.TITLE, self._annex))

    def _is_new_title(self, previous: Block, line: Line) -> bool:
        """A whole title before this line, and another whole one here: two, not one on two lines."""
        before = self._text[previous.start : line.start].strip().replace("\n", "")
        return (
            parts.is_title(before) and parts.is_title(line.text) and not line.text.startswith("(")
        )

    def _parent_of_plain(self, kind: ClauseKind, line: Line) -> int | None:
        levels = self.numbering.levels
        last = self._blocks[-1].kind if self._blocks else None
        if kind is ClauseKind.PARAGRAPH and levels and last is ClauseKind.NOISE:
            return levels[-1].block  # what inline noise has cut off from its clause
        if (
            kind is ClauseKind.TABLE_ROW
            and levels
            and self._blocks[-1].kind is not ClauseKind.TITLE
        ):
            return levels[-1].block
        if kind is ClauseKind.PARAGRAPH and is_units_line(line.text) and len(levels) > 1:
            return levels[-2].block
        return self._annex

    def _kind(self, row: int, line: Line) -> ClauseKind | None:
        """Name the part that an unnumbered line is or opens; None: it goes on with the last."""
        text = line.text
        form = self._form(row, text)
        if form is not None:
            return form
        if self._in_body:
            return self._body_kind(row, text)
        last = self._blocks[-1].kind if self._blocks else None
        if last is ClauseKind.COPY_LIST:
            return None
        if last is ClauseKind.TITLE and re.fullmatch(r"\([^()]{2,20}\)", text):
            return None
        if self._is_title_here(row, text):
            return ClauseKind.TITLE
        return ClauseKind.PREAMBLE if self._numbers_follow(row) else ClauseKind.PARAGRAPH

    def _form(self, row: int, text: str) -> ClauseKind | None:
        following = self._following(row)
        checks = (
            (parts.is_table_row, ClauseKind.TABLE_ROW),
            (parts.is_document_number, ClauseKind.NUMBER),
            (parts.is_copy_list, ClauseKind.COPY_LIST),
            (parts.is_imprint, ClauseKind.IMPRINT),
            (parts.is_signature, ClauseKind.SIGNATURE),
            (parts.is_date, ClauseKind.SIGNATURE),
        )
        for check, kind in checks:
            if check(text):
                return kind
        if parts.is_organisation(text) and self._is_signed(row, following):
            return self._signed_kind(following)
        if parts.is_addressee(text) and not self._in_body:
            return ClauseKind.ADDRESSEE
        if parts.is_letterhead(text) and not self._in_body:
            return ClauseKind.IMPRINT
        if parts.is_attachment_list(text) and not is_units_line(text):
            return ClauseKind.PARAGRAPH
        return None

    def _following(self, row: int) -> str:
        for later in range(row + 1, len(self._lines)):
            if later not in self._noisy:
                return self._lines[later].text
        return ""

    def _is_signed(self, row: int, following: str) -> bool:
        """An office's name signs if a date, another name or the end comes next."""
        if parts.is_date(following) or parts.is_imprint(following) or parts.is_signature(following):
            return True
        if not self._blocks:
            return False
        chain = parts.is_organisation(following)
        return not following or (chain and self._is_signed(row + 1, self._following(row + 1)))

    @staticmethod
    def _signed_kind(following: str) -> ClauseKind:
        return ClauseKind.IMPRINT if parts.is_imprint(following) else ClauseKind.SIGNATURE

    def _is_title_here(self, row: int, text: str) -> bool:
        following = self._following(row)
        last = self._blocks[-1].kind if self._blocks else None
        if parts.is_title(text):
            return True
        if parts.is_organisation(text) and following.startswith("关于"):
            return True
        caption = len(text) <= _SHORT_LINE and not re.search("[。;,:]", text)
        if caption and self._completes_title(row, text):
            return True
        return caption and last in (None, ClauseKind.ANNEX, ClauseKind.NOISE) and bool(following)

    def _completes_title(self, row: int, text: str) -> bool:
        """A title set on two or three lines: together they read as one."""
        last = self._blocks[-1].kind if self._blocks else None
        begins = last in (None, ClauseKind.SIGNATURE, ClauseKind.IMPRINT, ClauseKind.NOISE)
        if not (begins or parts.opens_title(text) or last is ClauseKind.TITLE):
            return False
        upcoming = [t for t in self._upcoming(row, 2) if len(t) <= _SHORT_LINE]
        return any(
            parts.is_title(text + "".join(upcoming[:n])) for n in range(1, len(upcoming) + 1)
        )

    def _upcoming(self, row: int, count: int) -> list[str]:
        later = (r for r in range(row + 1, len(self._lines)) if r not in self._noisy)
        return [self._lines[r].text for r, _ in zip(later, range(count), strict=False)]

    def _body_kind(self, row: int, text: str) -> ClauseKind | None:
        last = self._blocks[-1].kind
        if last is ClauseKind.COPY_LIST:
            return None
        ended = last in (ClauseKind.SIGNATURE, ClauseKind.IMPRINT, ClauseKind.ANNEX)
        if self._restarts_here(row, text, ended=ended):
            return ClauseKind.TITLE
        if ended or last in (ClauseKind.NOISE, ClauseKind.TABLE_ROW):
            return ClauseKind.PARAGRAPH
        if self._speaks_for_parent(row, text):
            return ClauseKind.PARAGRAPH
        if parts.is_closing(text) and not self._numbers_follow(row):
            return ClauseKind.PARAGRAPH
        return None

    def _restarts_here(self, row: int, text: str, *, ended: bool) -> bool:
        """A title inside the body: another document of the same file begins its own numbers."""
        if not parts.is_title(text) or is_units_line(text):
            return False
        previous = self._text[: self._lines[row].start].rstrip()[-1:]
        if parts.is_list_title(text) and previous in "。;":
            return True
        upcoming = self._next_marker(row)
        restarts = (
            upcoming is not None and upcoming.value == 1 and upcoming.style is self._top_style()
        )
        return ended or restarts

    def _top_style(self) -> Style | None:
        levels = self.numbering.levels
        return levels[0].key[0] if levels else None

    def _next_marker(self, row: int) -> Marker | None:
        for later in range(row + 1, min(row + 8, len(self._lines))):
            if self._by_row.get(later):
                return self._markers[self._by_row[later][0]]
        return None

    def _numbers_follow(self, row: int) -> bool:
        """Tell whether a numbered clause comes before the next title, annex or signature."""
        for later in range(row + 1, len(self._lines)):
            markers = [self._markers[at] for at in self._by_row.get(later, ())]
            if markers:
                return markers[0].style is not Style.ANNEX
            text = self._lines[later].text
            if later in self._noisy:
                continue
            if parts.is_date(text) or parts.is_signature(text):
                return False
        return False

    def _speaks_for_parent(self, row: int, text: str) -> bool:
        """A list after the last item whose siblings have none of their own, or after its own."""
        levels = self.numbering.levels
        if len(levels) < 2 or not is_units_line(text):  # noqa: PLR2004
            return False
        upcoming = self._next_marker(row)
        if (
            upcoming
            and (upcoming.style, len(upcoming.prefix)) == levels[-1].key
            and upcoming.value > 1
        ):
            return False
        siblings = [b for b in self._blocks if b.parent == levels[-2].block and b.marker]
        own = self._ends_with_list(self._blocks[-1].start, self._lines[row].start)
        if own:
            return True
        rows = [self._blocks.index(b) for b in siblings[:-1]]
        listed = any(
            self._ends_with_list(self._blocks[r].start, self._blocks[r + 1].start) for r in rows
        )
        return len(siblings) > 1 and not listed

    def _ends_with_list(self, start: int, end: int) -> bool:
        text = self._text[start:end].rstrip()
        bracket = _TRAILING_LIST.search(text)
        if bracket and is_units_line(bracket[0]):
            return True
        within = [line.text for line in self._lines if start < line.start and line.end <= end]
        return bool(within) and is_units_line(within[-1])

    def finished(self) -> list[Block]:
        """Give the blocks, with the unnumbered text of a cover letter named as such."""
        for row, block in enumerate(self._blocks):
            if block.kind in (ClauseKind.PREAMBLE, ClauseKind.PARAGRAPH) and self._is_notice(row):
                block.kind = ClauseKind.NOTICE
        return self._merged()

    def _is_notice(self, row: int) -> bool:
        """Text between the head and a signature behind which the document proper begins."""
        if any(block.marker for block in self._blocks[:row]):
            return False
        rest = [b.kind for b in self._blocks[row + 1 :] if b.kind is not ClauseKind.NOISE]
        until_title = rest[: rest.index(ClauseKind.TITLE)] if ClauseKind.TITLE in rest else []
        before_numbers = not any(
            k in _KIND_OF_STYLE.values() or k is ClauseKind.ITEM for k in until_title
        )
        return ClauseKind.SIGNATURE in until_title and before_numbers

    def _merged(self) -> list[Block]:
        """Join neighbours that are one part: a cover letter's paragraphs."""
        keep: list[int] = []
        for row, block in enumerate(self._blocks):
            if (
                keep
                and block.kind is ClauseKind.NOTICE
                and self._blocks[keep[-1]].kind is ClauseKind.NOTICE
            ):
                continue
            keep.append(row)
        position = {row: at for at, row in enumerate(keep)}
        merged = [self._blocks[row] for row in keep]
        for block in merged:
            block.parent = position[block.parent] if block.parent is not None else None
        return merged


def _squeezed(text: str) -> str:
    return re.sub(r"[\s.·…]+", "", text).rstrip("0123456789")
