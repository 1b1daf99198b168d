"""The benchmark of loading the ask page, and the one of its figures that no machine changes."""

import pytest

from eval.bench.page_load import WIDTHS, measure

pytestmark = pytest.mark.browser

MOST = 0.1  # "good" by Core Web Vitals; what the page promises


def test_the_page_does_not_jump_while_it_loads_nor_when_a_link_is_answered(browser, site):
    rows = measure(browser, site, runs=1)
    assert [(row["page"], row["width"]) for row in rows] == [
        (page, width) for page in ("empty", "link") for width in WIDTHS
    ]
    for row in rows:
        assert row["shift"] < MOST, row
        assert row["usable_ms"] > 0
