"""Which Chinese characters sound alike, tones aside: the slips that typing by sound makes."""

from functools import lru_cache
from importlib import resources


def sound_alike(one: str, other: str) -> bool:
    """Tell whether two characters share a reading, tones aside.

    Examples
    --------
    >>> sound_alike("秆", "杆"), sound_alike("药", "品")
    (True, False)
    """
    readings = _readings()
    return bool(readings.get(one, frozenset()) & readings.get(other, frozenset()))


def is_common(character: str) -> bool:
    """Tell whether a character is one of the table's; a variant (汚 for 污) is not.

    Examples
    --------
    >>> is_common("污"), is_common("汚")
    (True, False)
    """
    return character in _readings()


@lru_cache(maxsize=1)
def _readings() -> dict[str, frozenset[str]]:
    table: dict[str, set[str]] = {}
    text = resources.files("index").joinpath("data/readings.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        reading, characters = line.split("\t")
        for character in characters:
            table.setdefault(character, set()).add(reading)
    return {character: frozenset(found) for character, found in table.items()}
