"""The administrative divisions: their table, read once, and lookup by code or name."""

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from index.records import Level, Region

NATIONAL_CODE = "000000"
_LEVELS = {level.value: level for level in Level}
_RANKS = {Level.NATIONAL: 0, Level.PROVINCE: 1, Level.CITY: 2, Level.COUNTY: 3}
ENGLISH_RANKS = {
    "province": Level.PROVINCE,
    "municipality": Level.PROVINCE,
    "city": Level.CITY,
    "prefecture": Level.CITY,
    "county": Level.COUNTY,
    "district": Level.COUNTY,
}
_ENGLISH_OTHER_NAME = frozenset(("university", "college", "road", "street", "avenue"))
_SHORTEST_ENGLISH = 5


@dataclass(frozen=True, slots=True)
class Division:
    """One division; ``parent`` is a code, None for 全国, ``short`` the name without its rank."""

    region: Region
    level: Level
    parent: str | None
    short: str
    english: str


@dataclass(frozen=True, slots=True)
class DivisionName:
    """One spelling of one division, and where it may stand.

    ``full`` names match by themselves, ``bare`` short ones too, other short ones only straight
    after their parent; ``not_within`` are longer words in which the letters mean something else.
    """

    division: Division
    full: bool
    bare: bool
    not_within: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DivisionTable:
    """All divisions, by what they are looked up by in Chinese; ``lengths`` by their first two."""

    by_code: dict[str, Division]
    names: dict[str, tuple[DivisionName, ...]]
    lengths: dict[str, tuple[int, ...]]
    signs: dict[str, Division]
    first_signs: dict[str, Division]


NATIONAL = Division(Region("全国", NATIONAL_CODE), Level.NATIONAL, None, "全国", "China")


def division(code: str) -> Division:
    """Give the division with this six-digit code.

    Raises
    ------
    KeyError
        If no division has it.
    """
    return division_table().by_code[code]


def named(name: str) -> Division | None:
    """Give the one division of this full, short or English name, or code.

    Of several the highest level counts (吉林 is the province); None where that leaves two.

    Examples
    --------
    >>> named("绍兴").region
    Region(name='绍兴市', code='330600')
    >>> named("鼓楼区") is None
    True
    """
    name, table = name.strip(), division_table()
    if name in table.by_code:
        return table.by_code[name]
    if name in {"全国", "国家", "中央", "国务院"} or name.lower() in {"national", "china"}:
        return NATIONAL
    found = [entry.division for entry in table.names.get(name, ())]
    if name in table.first_signs:
        found.append(table.first_signs[name])
    if not found:
        found = _named_in_english(name)
    best = [d for d in found if d.level is found[0].level]
    return best[0] if len(best) == 1 else None


def within(code: str, ancestor: str) -> bool:
    """Tell whether the division lies in ``ancestor`` or is it; all lie within 000000.

    Examples
    --------
    >>> within("330600", "330000"), within("330000", "330600")
    (True, False)
    """
    by_code = division_table().by_code
    at: str | None = code
    while at is not None:
        if at == ancestor:
            return True
        at = by_code[at].parent if at in by_code else None
    return False


def english_candidates(
    known: tuple[Division, ...], key: str, follower: str, *, typed: str
) -> tuple[Division, ...]:
    """Keep the divisions that the English words can mean, by the word of rank after them."""
    if follower in _ENGLISH_OTHER_NAME:
        return ()
    rank = ENGLISH_RANKS.get(follower)
    if rank is Level.CITY:
        return tuple(d for d in known if d.level is Level.CITY or d.region.name[-1] == "市")
    if rank is not None:
        return tuple(d for d in known if d.level is rank)
    apostrophe = "'" in typed or "’" in typed
    if len(key) < _SHORTEST_ENGLISH and not (apostrophe or typed == "Xian"):
        return ()
    return tuple(d for d in known if d.level is not Level.COUNTY)


def english_key(name: str) -> str:
    """Give the form in which English names are compared."""
    return re.sub(r"[\s'’-]", "", name).lower().replace("ü", "u")


def _named_in_english(name: str) -> list[Division]:
    words = name.split()
    rank = ENGLISH_RANKS.get(words[-1].lower()) if words else None
    if rank is None:
        return list(divisions_by_english().get(english_key(name), ()))
    known = divisions_by_english().get(english_key("".join(words[:-1])), ())
    return list(english_candidates(known, name, words[-1].lower(), typed=name))


@lru_cache(maxsize=1)
def division_table() -> DivisionTable:
    """Arrange data/divisions.tsv by code and by Chinese name, once."""
    by_code = {NATIONAL_CODE: NATIONAL}
    names: dict[str, list[DivisionName]] = {}
    signs: dict[str, Division] = {}
    first_signs: dict[str, Division] = {}
    for row in _rows():
        code, level, parent, name, short, abbreviation, latin, bare, within_words = row
        english = latin.partition("|")[0]
        found = Division(Region(name, code), _LEVELS[level], parent, short, english)
        by_code[code] = found
        words = tuple(within_words.split("|")) if within_words else ()
        for full in _full_names(name, short):
            names.setdefault(full, []).append(DivisionName(found, True, True, words))
        if short != name:
            names.setdefault(short, []).append(DivisionName(found, False, bare == "1", words))
        signs.update(dict.fromkeys(abbreviation, found))
        first_signs.update(dict.fromkeys(abbreviation[:1], found))
    lengths: dict[str, set[int]] = {}
    for name in names:
        lengths.setdefault(name[:2], set()).add(len(name))
    return DivisionTable(
        by_code=by_code,
        names={name: tuple(sorted(found, key=_order)) for name, found in names.items()},
        lengths={key: tuple(sorted(found, reverse=True)) for key, found in lengths.items()},
        signs=signs,
        first_signs=first_signs,
    )


@lru_cache(maxsize=1)
def divisions_by_english() -> dict[str, tuple[Division, ...]]:
    """Arrange the divisions by English name, once: most questions are Chinese."""
    by_code = division_table().by_code
    names: dict[str, list[Division]] = {}
    for code, *_, latin, _bare, _within in _rows():
        for key in {k for spelling in latin.split("|") for k in _english_keys(spelling)}:
            names.setdefault(key, []).append(by_code[code])
    return {
        key: tuple(sorted(found, key=lambda d: (_RANKS[d.level], d.region.code)))
        for key, found in names.items()
    }


def _rows() -> list[list[str]]:
    file = resources.files("index") / "data" / "divisions.tsv"
    lines = file.read_text(encoding="utf-8").splitlines()[1:]
    return [line.split("\t") for line in lines]


def _full_names(name: str, short: str) -> list[str]:
    """Give the official name and the usual shorter one of an autonomous area: 恩施州."""
    if name[-3:-1] == "自治" and name[-1] in "州县旗":
        return [name, short + name[-1]]
    return [name]


def _english_keys(spelling: str) -> set[str]:
    """Give the spellings of one name that are looked up: ü is typed u, v or yu."""
    typed = {spelling.replace("ü", letters) for letters in ("ü", "v", "yu")}
    return {english_key(form) for form in typed}


def _order(entry: DivisionName) -> tuple[int, str]:
    return _RANKS[entry.division.level], entry.division.region.code
