import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.tokens import tokenize


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("药", ["药"]),
        ("药监局", ["药", "监", "局", "药监", "监局"]),
        ("药，监", ["药", "监"]),
        ("152家", ["152", "家"]),
        ("99.5%", ["99.5%"]),
        ("９９.５％", ["99.5%"]),
        ("1,234,567元", ["1234567", "元"]),
        ("2021-2025", ["2021", "2025"]),
        ("Drug Safety", ["drug", "safety"]),
        ("H1N1 5G GB/T", ["h1n1", "5g", "gb", "t"]),
        ("PIC/S组", ["pic", "s", "组"]),
        ("二〇二五", ["二", "〇", "二", "五", "二〇", "〇二", "二五"]),
        ("don’t_stop", ["don", "t", "stop"]),
        ("，。\n ", []),
        ("", []),
    ],
)
def test_tokens_of(text, tokens):
    assert tokenize(text) == tokens


@pytest.mark.parametrize(
    "text",
    [
        "〔2021〕16号",
        "[2021]16号",
        "(2021)16号",
        "（2021）16号",
        "【2021】16号",
        "〔２０２１〕第16 号",
    ],
)
def test_a_document_number_has_one_spelling(text):
    tokens = tokenize(text)
    assert tokens[-1] == "〔2021〕16号"
    assert {"2021", "16"} <= set(tokens)


def test_a_number_in_brackets_is_no_document_number():
    assert tokenize("(3)16号") == ["3", "16", "号"]


@given(st.text())
def test_a_token_is_never_empty_nor_has_white_space(text):
    assert all(token and not any(map(str.isspace, token)) for token in tokenize(text))


@given(st.text(alphabet="药品监管局abc12 ，"))
def test_case_and_width_make_no_difference(text):
    wide = text.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
    assert tokenize(wide) == tokenize(text.upper()) == tokenize(text)
