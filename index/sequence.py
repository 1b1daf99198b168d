"""Decide which candidate numbers follow one another, and so open clauses.

A number is believed because of its place in a sequence: （五） follows （四）, 1. opens a list that
2. continues. A cross-reference at a line's start does not follow, and is left in the text. What
is missing or repeated is reported, not papered over.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from index.numbering import RANK, Marker, Style

_WIDEST_GAP = 3  # numbers that may be missing from a list before it is doubted
_LOOKAHEAD = 60  # candidates searched for the second of a list

Key = tuple[Style, int]
_OUTER_STYLES = (Style.DECIMAL, Style.DOT, Style.DUN, Style.CHAPTER, Style.SECTION)


@dataclass(slots=True)
class Level:
    """One open list: its style, the last number in it, and the block that number opened."""

    key: Key
    value: int
    block: int


@dataclass(slots=True)
class Numbering:
    """The lists open at a point of a document, outermost first."""

    markers: Sequence[Marker]
    levels: list[Level] = field(default_factory=list)
    closed: dict[Key, int] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)

    def reset(self) -> None:
        """Forget every list: a new part of the document begins."""
        self.levels.clear()
        self.closed.clear()

    def place(self, at: int, block: int) -> tuple[bool, int | None]:
        """Try ``markers[at]`` as the number of ``block``.

        Returns
        -------
        accepted, parent
            Whether it follows, and the block it belongs under (None at the top).
        """
        marker = self.markers[at]
        key = (marker.style, len(marker.prefix))
        depth = self._depth(marker, key, at)
        if depth is None:
            return False, None
        self._close(depth)
        parent = self.levels[-1].block if self.levels else None
        self.levels.append(Level(key, marker.value, block))
        if marker.value == 1:
            self.closed.pop(key, None)
        return True, parent

    def _close(self, depth: int) -> None:
        for level in self.levels[depth:]:
            self.closed[level.key] = level.value
        del self.levels[depth:]

    def _depth(self, marker: Marker, key: Key, at: int) -> int | None:
        """Give how many open lists stay open around ``marker``; None refuses it."""
        if marker.style is Style.DECIMAL and marker.prefix:
            return self._decimal_depth(marker, key)
        for depth, level in enumerate(self.levels):
            if level.key == key:
                return depth if self._follows(marker, level.value, at) else None
        return self._new_depth(marker, key, at)

    def _decimal_depth(self, marker: Marker, key: Key) -> int | None:
        outer = marker.prefix[-1]
        for depth, level in enumerate(self.levels):
            style, inner = level.key
            holds = inner == len(marker.prefix) - 1 and level.value == outer
            if holds and style in _OUTER_STYLES:
                after = self.levels[depth + 1] if depth + 1 < len(self.levels) else None
                last = after.value if after and after.key == key else 0
                return depth + 1 if last < marker.value <= last + _WIDEST_GAP else None
        return None

    def _follows(self, marker: Marker, last: int, at: int) -> bool:
        if marker.value == last + 1:
            return True
        if not marker.strong:
            return False
        if marker.value == last:
            if "之" not in marker.label:
                self.warnings.append(f"number {marker.label} is repeated")
            return True
        gap = marker.value - last
        if gap < 0:
            return marker.value == 1
        if gap <= _WIDEST_GAP or self._continues(at):
            self.warnings.append(f"number before {marker.label} is missing")
            return True
        return False

    def _new_depth(self, marker: Marker, key: Key, at: int) -> int | None:
        depth = self._ranked_depth(marker)
        if marker.value == 1:
            return depth if marker.strong or self._continues(at) else None
        if self.closed.get(key) == marker.value - 1:
            return depth
        first_of_style = key not in self.closed and marker.strong
        if first_of_style and (marker.style in RANK or self._continues(at)):
            self.warnings.append(f"list begins at {marker.label}")
            return depth
        return None

    def _ranked_depth(self, marker: Marker) -> int:
        """Legislation's own levels close every list of their rank or below."""
        rank = RANK.get(marker.style)
        if rank is None:
            return len(self.levels)
        for depth, level in enumerate(self.levels):
            if RANK.get(level.key[0], len(RANK)) >= rank:
                return depth
        return len(self.levels)

    def _continues(self, at: int) -> bool:
        """Tell whether the next number of the same list stands further on."""
        marker = self.markers[at]
        for later in self.markers[at + 1 : at + 1 + _LOOKAHEAD]:
            if later.style is marker.style and later.prefix == marker.prefix:
                return later.value == marker.value + 1
        return False
