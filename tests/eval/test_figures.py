from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.figures import figures

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
DIGITS = "零一二三四五六七八九"
WHOLE = st.integers(min_value=0, max_value=10**12)
DATES = st.dates(date(1949, 10, 1), date(2099, 12, 31))


def shown(text):
    return [str(each) for each in figures(text)]


def in_chinese(number: int) -> str:
    """Write a number from 10 to 9999 as it is read."""
    written = ""
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            written += DIGITS[digit] + unit
        elif written and number % power and not written.endswith("零"):
            written += "零"
    return written.removeprefix("一") if number < 20 else written


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("共1,000家", ["1000"]),
        ("12,345,678.90元", ["12345678.9"]),
        ("1000家", ["1000"]),
        ("到２０２５年", ["2025"]),
        ("达到９９．５％", ["99.5"]),
        ("１，０００家", ["1000"]),
        ("99.50%", ["99.5"]),
        ("99.0%", ["99"]),
        ("0.00", ["0"]),
        ("007号", ["7"]),
        ("3-5家", ["3", "5"]),
        ("浙政办发〔2021〕68号", ["2021", "68"]),
        ("1.2.3", ["1.2", "3"]),
        ("没有数字", []),
        ("", []),
    ],
)
def test_digits_are_read_of_any_width_with_their_separators_and_fractions(text, expected):
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2023，2024年", ["2023", "2024"]),
        ("2023,2024,2025", ["2023", "2024", "2025"]),
        ("分别为100，200，300家", ["100", "200", "300"]),
        ("2024年，100家", ["2024", "100"]),
    ],
)
def test_a_comma_between_two_figures_is_no_separator_of_thousands(text, expected):
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("十五个工作日内", ["15"]),
        ("十个", ["10"]),
        ("二十三项", ["23"]),
        ("一百零一条", ["101"]),
        ("第一千二百六十条", ["1260"]),
        ("二〇二五年", ["2025"]),
        ("二零二五年", ["2025"]),
        ("两百家", ["200"]),
        ("兩百家", ["200"]),
        ("两千三百", ["2300"]),
        ("二十、三十", ["20", "30"]),
    ],
)
def test_chinese_numerals_are_read(text, expected):
    assert shown(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        *("一致", "统一", "万一", "第一", "一律", "三方", "两个", "四个最严", "百姓", "千方百计"),
        *("一、总体要求", "（三）管药", "零售", "成千上万"),
    ],
)
def test_a_numeral_of_one_character_is_a_word(text):
    assert shown(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021年12月31日", ["2021", "12", "31"]),
        ("二〇二一年十二月三十一日", ["2021", "12", "31"]),
        ("2021-12-30", ["2021", "12", "30"]),
        ("in December 2025", ["12", "2025"]),
        ("March 5", ["3", "5"]),
        ("Dec. 31, 2025", ["12", "31", "2025"]),
        ("Mar. 5, 2025", ["3", "5", "2025"]),
        ("SEPT 3", ["9", "3"]),
        ("30 december 2025", ["30", "12", "2025"]),
        ("8 March 2025", ["8", "3", "2025"]),
        ("1st May 2025", ["1", "5", "2025"]),
        ("from 2 June to 30 June", ["2", "6", "30", "6"]),
    ],
)
def test_a_date_gives_its_parts_in_their_order(text, expected):
    assert shown(text) == expected


@pytest.mark.parametrize(
    "text", ["the bureau may lead", "on the march", "May it be so", "Mayor", "a decision in august"]
)
def test_a_month_beside_no_figure_is_a_word(text):
    assert shown(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("省药监局牵头[1]。", []),
        ("达到99%[1][12]", ["99"]),
        ("共2[3]家", ["2"]),
        ("[1]十五个[2]", ["15"]),
        ("(1)一项", ["1"]),
    ],
)
def test_marks_of_citations_are_no_figures(text, expected):
    assert shown(text) == expected


@settings(deadline=None)  # the first call loads tables
@given(WHOLE)
def test_separators_of_thousands_change_no_number(number: int) -> None:
    assert figures(f"共{number:,}家") == figures(f"共{number}家") == [Decimal(number)]


@settings(deadline=None)  # the first call loads tables
@given(st.decimals(0, 10**9, places=4, allow_nan=False))
def test_zeros_behind_the_point_change_no_number(number: Decimal) -> None:
    assert figures(f"{number:f}%") == figures(f"{number:,f}0%") == [number]


@settings(deadline=None)  # the first call loads tables
@given(WHOLE)
def test_full_width_changes_no_number(number: int) -> None:
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))
    assert figures(wide) == [Decimal(number)]


@settings(deadline=None)  # the first call loads tables
@given(st.integers(10, 9999))
def test_a_number_written_in_chinese_is_the_one_in_digits(number: int) -> None:
    assert figures(f"共{in_chinese(number)}家") == figures(f"共{number}家")


@settings(deadline=None)  # the first call loads tables
@given(st.lists(WHOLE), st.sampled_from(["、", "家，", "；", " ", "和"]))
def test_figures_keep_the_order_of_the_text(numbers: list[int], between: str) -> None:
    assert figures(between.join(map(str, numbers))) == [Decimal(number) for number in numbers]


@settings(deadline=None)  # the first call loads tables
@given(DATES)
def test_a_date_is_the_same_in_english_and_in_chinese(day: date) -> None:
    chinese = sorted(figures(f"{day.year}年{day.month}月{day.day}日"))
    name = MONTHS[day.month - 1]
    assert sorted(figures(f"{day.day} {name} {day.year}")) == chinese
    assert sorted(figures(f"{name} {day.day}, {day.year}")) == chinese


@settings(deadline=None)  # the first call loads tables
@given(st.text())
def test_any_text_has_figures_that_are_no_less_than_zero(text: str) -> None:
    assert all(each >= 0 for each in figures(text))
