"""Which units of a document the name in a filter means."""

from collections.abc import Iterable

from index.clean import fold
from index.records import Level
from rag.units import UnitNames, same_unit, take_apart

# How a name that says its level begins, for a name that leaves its document's level out.
_LEVELS = {
    Level.NATIONAL: "国全中",
    Level.PROVINCE: "省市自",
    Level.CITY: "市",
    Level.COUNTY: "县区市",
}
_HEAD_OFFICE = "总局"  # of the whole country: no short form of 局, nor 局 of it


class UnitFilter:
    """The units that a name means: by its end, as full or short name, or named in English.

    药监局 means 省药监局 and 市药品监督管理局; 省药监局 means no 市药监局; a name without a level
    has that of its document. ``asked`` may be Simplified, Traditional or English.
    """

    def __init__(self, asked: str, names: Iterable[str]) -> None:
        self._asked = fold(asked).strip()
        known = UnitNames(fold(name) for name in names)
        found = known.find_english(self._asked)
        self._in_english = frozenset(name for mention in found for name in mention.names)

    def means(self, name: str, level: Level | None = None) -> bool:
        """Tell whether ``name``, in a document of ``level``, is the unit asked for."""
        name = fold(name)
        if not self._asked:
            return False
        if name.endswith(self._asked) or name in self._in_english:
            return True
        if name.endswith(_HEAD_OFFICE) != self._asked.endswith(_HEAD_OFFICE):
            return False
        own = take_apart(name).level
        # 市场监督管理局 is no office of a city: it is read once more behind the level of `name`.
        return (bool(own) and same_unit(own + self._asked, name)) or (
            fits_level(self._asked, name, level) and same_unit(self._asked, name)
        )


def fits_level(asked: str, name: str, level: Level | None) -> bool:
    """Tell whether a name in a document of ``level`` may be of the level that ``asked`` says.

    Examples
    --------
    >>> [fits_level("省发改委", "发改委", level) for level in (Level.PROVINCE, Level.NATIONAL)]
    [True, False]
    """
    wanted, own = take_apart(asked).level, take_apart(name).level
    if not wanted:
        return True
    if own:
        return own[0] == wanted[0]
    return level is not None and wanted[0] in _LEVELS[level]
