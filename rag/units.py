"""Match the names of units: full names, abbreviations, with or without their region.

Offices are written in many ways: 药监局, 药品监管局, 省药品监督管理局. An abbreviation
keeps characters of the full name in their order, begins with the same one and keeps the kind of
office (局, 委, 厅, 部 …), which is all that is used here: no name is in the code.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from index.regions import find_regions
from index.unit_english import english_field, english_units
from index.unit_names import is_body

# 市场, 市容 and 市政 begin the name itself; 市政府, 市政协, 市政务 … do not.
_LEVEL = re.compile(
    r"^(?:国家|全国|中央|中国|国务院|省委|市委|县委|区委|省级|市级|县级|区级|省"
    r"|市(?!场|容|政(?![府协法务数研]))|县(?!域)|区(?!域)|自治区)"
)
_LONG_ENDINGS = (("委员会", "委"), ("办公室", "办"), ("办公厅", "办"))
_KINDS = "局委厅部办院会署行社处馆校所司"
_LONG_KINDS = ("中心", "分局", "支行", "分行", "海关", "集团", "公司", "大学", "协会", "政府")
_ENGLISH_LEVELS = {
    "国": "national ", "全": "national ", "省": "provincial ", "市": "municipal ",
    "县": "county ", "区": "district ",
}  # fmt: skip
_LONGEST_NAME = 22
_SHORTEST_CORE = 2
_LEVEL_ENDS = ("国家", "国务院", "中央", "全国", "中国", "省", "市", "县", "区", "州", "旗")
_STOP = frozenset('的在由是和与及、，。？！?,.:：;；"“”‘’（）() 《》〔〕哪谁什么个几各该这那')
_JOINTS = frozenset("和与及")


@dataclass(frozen=True, slots=True)
class UnitName:
    """A name taken apart: ``level`` (省, 市, 国家 or empty), ``core`` and ``kind`` of office."""

    level: str
    core: str
    kind: str


@dataclass(frozen=True, slots=True)
class UnitMention:
    """A unit named in a question at ``[start, end)``: the index's names that it may mean."""

    start: int
    end: int
    words: str
    names: tuple[str, ...]


@lru_cache(maxsize=65536)
def take_apart(name: str) -> UnitName:
    """Split a unit's name into level, core and kind.

    Examples
    --------
    >>> take_apart("省药品监督管理局")
    UnitName(level='省', core='药品监督管理', kind='局')
    >>> take_apart("市委编办")
    UnitName(level='市委', core='编', kind='办')
    >>> take_apart("市场监管局").core, take_apart("市市场监管局").core
    ('市场监管', '市场监管')
    """
    name = name.replace("人民政府", "政府")
    level = ""
    if match := _LEVEL.match(name):
        level = match[0]
    rest = name[len(level) :] or name
    for long, short in _LONG_ENDINGS:
        if rest.endswith(long) and len(rest) > len(long):
            rest = rest[: -len(long)] + short
            break
    long_kind = next((k for k in _LONG_KINDS if rest.endswith(k) and len(rest) > len(k)), "")
    kind = long_kind or (rest[-1] if rest[-1:] in _KINDS and len(rest) > 1 else "")
    return UnitName(level, rest[: len(rest) - len(kind)], kind)


def english_gloss(name: str) -> str | None:
    """Say in English what an office looks after, by the table of names; None where it has none.

    No official name: that stays the Chinese one.

    Examples
    --------
    >>> english_gloss("省药监局"), english_gloss("申康医院发展中心")
    ('provincial office for drug regulation', None)
    """
    parts = take_apart(name)
    field = english_field(parts.core)
    if field is None or not parts.kind:
        return None
    level = _ENGLISH_LEVELS.get(parts.level[:1], "")
    party = "Party " if parts.level.endswith("委") else ""
    return f"{level}{party}office for {field}"


def same_unit(one: str, other: str) -> bool:
    """Tell whether two names may name the same office, level prefixes aside where one lacks it.

    Examples
    --------
    >>> same_unit("药监局", "省药品监督管理局"), same_unit("市科委", "市科技局")
    (True, False)
    """
    if one == other:
        return True
    a, b = take_apart(one), take_apart(other)
    if a.level and b.level and a.level[0] != b.level[0]:
        return False
    if a.kind != b.kind:
        return False
    return _abbreviates(a.core, b.core) or _abbreviates(b.core, a.core)


def _abbreviates(short: str, long: str) -> bool:
    """Tell whether ``short`` keeps first and further characters of ``long`` in order."""
    if short == long:
        return True
    if not short or len(short) >= len(long) or short[0] != long[0]:
        return False
    if len(short) == 1:
        return len(long) <= 4  # noqa: PLR2004 - 编办 for 编制办, not one character for a long name
    characters = iter(long)
    return all(character in characters for character in short)


class UnitNames:
    """The unit names of an index, found in questions."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names = tuple(dict.fromkeys(names))
        self._known = frozenset(self._names)
        self._endings = frozenset(name[-1] for name in self._names)
        self._by_kind: dict[str, list[str]] = {}
        for name in self._names:
            self._by_kind.setdefault(take_apart(name).kind, []).append(name)

    def find(self, text: str) -> tuple[UnitMention, ...]:
        """Find names of units in folded ``text``, longest first, without overlap."""
        found: list[UnitMention] = []
        taken = 0
        stops = [at for at, character in enumerate(text) if character in _STOP] + [len(text)]
        ends = [
            end
            for end in range(len(text), 1, -1)
            if text[end - 1] in self._endings and text[end - 1 : end + 1] != "部门"
        ]
        for start in range(len(text)):
            if start < taken:
                continue
            last = _last(text, start, stops)
            mention = self._at(text, start, min(last, start + _LONGEST_NAME), ends)
            if mention and _continues(text, start, mention):
                continue
            if mention:
                found.append(mention)
                taken = mention.end
        return tuple(found)

    def find_english(self, text: str) -> tuple[UnitMention, ...]:
        """Find units named in English; one that the index does not have has no names."""
        return tuple(
            UnitMention(unit.start, unit.end, unit.words, self._with_core(unit.cores))
            for unit in english_units(text)
        )

    def _with_core(self, cores: Sequence[str]) -> tuple[str, ...]:
        return tuple(name for name in self._names if take_apart(name).core in cores)

    def _at(self, text: str, start: int, last: int, ends: Sequence[int]) -> UnitMention | None:
        """Find the longest name from ``start`` that ends at one of ``ends``, not past ``last``."""
        for end in ends:
            if not start + 1 < end <= last:
                continue
            words = text[start:end]
            names = self.meant_by(words)
            if names:
                return UnitMention(start, end, words, names)
        return None

    def meant_by(self, words: str) -> tuple[str, ...]:
        """Give the index's names that ``words`` may mean; exact ones alone if there are any."""
        if words in self._known:
            return (words,)
        parts = take_apart(words)
        if not parts.kind or (len(parts.core) < _SHORTEST_CORE and not parts.level):
            return ()
        return tuple(n for n in self._by_kind.get(parts.kind, ()) if same_unit(words, n))


def _last(text: str, start: int, stops: Sequence[int]) -> int:
    """Give where a name from ``start`` must end: 工业和信息化部 holds a 和, 甲局和乙局 none."""
    for at in stops[bisect_left(stops, start) :]:
        if text[at : at + 1] not in _JOINTS or at == start or is_body(text[start:at], weak=True):
            return at
    return len(text)


def _continues(text: str, start: int, mention: UnitMention) -> bool:
    """Tell whether a name without a level goes on from one: 药监局 inside 国家药监局."""
    return not take_apart(mention.words).level and text[:start].endswith(_LEVEL_ENDS)


# Offices of one field have another rank at each level: 部, 厅, 委 and 局 look after the same.
_RANKS = frozenset("部委厅局署办")


@lru_cache(maxsize=65536)
def field_of(name: str) -> UnitName:
    """Give what an office looks after: its name without the level or place before it.

    Examples
    --------
    >>> field_of("上海市药品监管局"), field_of("国家药监局").core
    (UnitName(level='', core='药品监管', kind='局'), '药监')
    """
    places = [m for m in find_regions(name) if m.start == 0 and len(name) - m.end > 1]
    parts = take_apart(name[places[0].end :] if places else name)
    core = parts.core if parts.core not in _LEVEL_ENDS else ""
    return UnitName("", core, parts.kind)


def counterparts(one: str, other: str) -> bool:
    """Tell whether two names may name offices of one field, whatever their level.

    Examples
    --------
    >>> counterparts("省药监局", "市药品监管局"), counterparts("省科技厅", "市科委")
    (True, True)
    >>> counterparts("省药监局", "市市场监管局"), counterparts("省法院", "市司法局")
    (False, False)
    """
    a, b = field_of(one), field_of(other)
    if a.kind != b.kind and not (a.kind in _RANKS and b.kind in _RANKS):
        return False
    return _abbreviates(a.core, b.core) or _abbreviates(b.core, a.core)
