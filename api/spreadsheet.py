"""Cells that a spreadsheet takes for text: what the tables of tasks and of comparisons share."""

import re

CSV_TYPE = "text/csv; charset=utf-8"
# A spreadsheet takes a cell that begins so for a formula; the quotation marks that keep one from
# it are doubled, so that taking one away gives the cell back.
_FORMULA = re.compile(r"'*(?:\s*[=+\-@＝＋－＠]|[\t\r\n])")


def looks_like_a_formula(cell: str) -> bool:
    """Tell whether a spreadsheet would take a cell for a formula when it is typed in.

    Examples
    --------
    >>> [looks_like_a_formula(cell) for cell in ("=1+1", " @SUM(A1)", "-1", "省药监局")]
    [True, True, True, False]
    """
    return _FORMULA.match(cell) is not None


def harmless(cell: str) -> str:
    """Give a cell of CSV that stays text: a formula gets a quotation mark before it."""
    return "'" + cell if looks_like_a_formula(cell) else cell
