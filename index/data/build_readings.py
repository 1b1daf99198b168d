"""Write readings.tsv: the toneless readings of the characters in common use.

Run by hand where the table must change: ``python index/data/build_readings.py``. Needs pypinyin
(MIT), which the product itself does not.
"""

from pathlib import Path

from pypinyin import Style, pinyin

_TARGET = Path(__file__).with_name("readings.tsv")


def _common() -> list[str]:
    """Give the characters of GB 2312, levels 1 and 2."""
    found = []
    for high in range(0xB0, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                found.append(bytes((high, low)).decode("gb2312"))
            except UnicodeDecodeError:
                continue
    return found


def main() -> None:
    """Write one line for each reading: the reading, a tab, its characters."""
    table: dict[str, list[str]] = {}
    for character in _common():
        for reading in pinyin(character, style=Style.NORMAL, heteronym=True)[0]:
            table.setdefault(reading, []).append(character)
    lines = [f"{reading}\t{''.join(table[reading])}\n" for reading in sorted(table)]
    _TARGET.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
