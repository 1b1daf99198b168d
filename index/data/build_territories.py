"""Write territories.tsv: the countries and territories abroad, in Chinese and English.

Run by hand where Babel is installed: ``python index/data/build_territories.py``. The names are
those of CLDR (Unicode-3.0), as Babel 2.18 (BSD) carries them.
"""

from pathlib import Path

_TARGET = Path(__file__).with_name("territories.tsv")
# China's own divisions stand in divisions.tsv; the others are unions, seas and places for tests.
_LEFT_OUT = frozenset(
    "CN TW HK MO EU EZ UN QO XA XB ZZ AQ BV HM IO TF UM CP DG EA IC TA AC XK".split()  # noqa: SIM905
)


def main() -> None:
    """Write the table, by code."""
    from babel import Locale  # noqa: PLC0415 - of this script alone, run by hand

    chinese = Locale.parse("zh_Hans").territories
    english = Locale.parse("en").territories
    codes = sorted(c for c in chinese if c in english and c.isalpha() and c not in _LEFT_OUT)
    rows = (f"{code}\t{chinese[code]}\t{english[code]}\n" for code in codes)
    _TARGET.write_text("code\tchinese\tenglish\n" + "".join(rows), encoding="utf-8")


if __name__ == "__main__":
    main()
