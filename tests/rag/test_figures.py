from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.figures import figures

_DIGITS = "零一二三四五六七八九"


def said(text):
    return [(figure.value, figure.kind) for figure in figures(text)]


def in_chinese(number):
    """Write a number below a hundred million as one reads it."""
    if number >= 10_000:
        rest = number % 10_000
        gap = "零" if 0 < rest < 1_000 else ""
        return in_chinese(number // 10_000) + "万" + gap + (in_chinese(rest) if rest else "")
    parts, gap = "", ""
    for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, size)
        if digit:
            parts, gap = f"{parts}{gap}{_DIGITS[digit]}{unit}", ""
        elif parts:
            gap = "零"
    return parts


@given(st.integers(1, 99_999_999))
def test_a_number_in_chinese_is_the_same_as_in_digits(number):
    assert said(f"{in_chinese(number)}元") == said(f"{number}元") == [(Decimal(number), "yuan")]


@given(st.integers(0, 10**9), st.integers(0, 99))
def test_separators_change_nothing(number, cents):
    assert said(f"{number:,}.{cents:02}") == said(f"{number}.{cents:02}")


@pytest.mark.parametrize(
    "same",
    [
        ("90%", "百分之九十", "90 percent", "90 per cent"),
        ("2025年", "二〇二五年", "二零二五年"),
        ("8万元", "80,000元", "八万元", "80000 yuan"),
        ("3个工作日", "三个工作日", "3 working days", "three business days"),
        ("99.5%", "百分之九十九点五"),
        ("1亿", "100,000,000", "100 million"),
        ("20天", "二十日", "廿天"),
    ],
)
def test_one_figure_in_many_forms_is_one(same):
    first, *others = [figures(text)[0] for text in same]
    assert all(other.repeats(first) for other in others)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("90%", "90"), ("90", "90%"), ("90%", "9%"), ("90%", "90个百分点"), ("5%", "5‰"),
        ("3个工作日", "3天"), ("3年", "3个月"), ("3个月", "3月"), ("3天", "3次"), ("2天", "第2项"),
        ("3天", "2021-12-3"), ("8万元", "8元"), ("2025年", "2026年"), ("99.5%", "995%"),
        ("十五日", "五日"),
    ],
)  # fmt: skip
def test_a_figure_of_another_value_or_kind_repeats_nothing(one, other):
    assert not figures(one)[0].repeats(figures(other)[0])


@given(st.text(max_size=200))
def test_any_text_has_figures_in_their_order_and_without_overlap(text):
    found = figures(text)
    ends = [0, *(figure.end for figure in found)]
    assert all(a <= figure.start < figure.end for a, figure in zip(ends, found, strict=False))
