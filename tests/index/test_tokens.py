import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.tokens import (
    BREAK,
    SENTENCE_END,
    TOKEN_BITS,
    pair_code,
    sequences,
    token_code,
    tokenize,
    tokens,
    tokens_in,
    tokens_of,
)

# What a code point can be here: Han of every plane, wide and narrow letters, digits, marks that
# end a sentence or only part, digits and letters of other scripts, and planes without characters.
ODD = (
    "药品监管々〇㐀豈\ufaff𠮷𪚥\U0003ffff\U00040000\U000e0001\U0010ffffabＡＢé12１２٣²①ⅣカΩ"
    "，。；！？.,;!?%％_-’〔〕[](（）【】第号\n\r\t \u3000\u200b\ud800"
)
TEXTS = st.text() | st.text(alphabet=ODD) | st.text(alphabet="药品〔2021〕第16号，。 1,234.5%")


def coded(text: str) -> list[int]:
    return [int(token) for token in tokens(sequences([text]).codes)]


@pytest.mark.parametrize(
    ("text", "words"),
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
        ("plans planned planning", ["plan", "plann", "plann"]),
        ("，。\n ", []),
        ("", []),
    ],
)
def test_tokens_of(text, words):
    assert tokenize(text) == words


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
    words = tokenize(text)
    assert words.count("docno2021n16") == 1
    assert {"2021", "16"} <= set(words)


def test_a_number_in_brackets_is_no_document_number():
    assert tokenize("(3)16号") == ["3", "16", "号"]


@given(st.text())
def test_a_token_is_never_empty_nor_has_white_space(text):
    assert all(token and not any(map(str.isspace, token)) for token in tokenize(text))


@given(st.text(alphabet="药品监管局abc12 ，"))
def test_case_and_width_make_no_difference(text):
    wide = text.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
    assert tokenize(wide) == tokenize(text.upper()) == tokenize(text)


@given(TEXTS)
def test_the_codes_of_a_text_are_those_of_its_words_in_order(text):
    assert coded(text) == [token_code(word) for word in tokenize(text)]


@pytest.mark.parametrize("character", ["\U00040000", "\U000e0001", "\U000f0000", "\U0010ffff"])
def test_a_code_point_beyond_the_last_plane_of_han_is_none(character):
    assert coded(f"药{character}品{character}{character}") == coded("药 品")


@given(st.lists(TEXTS, max_size=5))
def test_a_sequence_does_not_depend_on_the_texts_it_is_read_with(texts):
    together = sequences(texts)
    assert together.starts.shape == (len(texts) + 1,)
    for text, first, last in zip(texts, together.starts, together.starts[1:], strict=False):
        np.testing.assert_array_equal(together.codes[first:last], sequences([text]).codes)


@given(st.lists(TEXTS, max_size=5))
def test_the_tokens_of_several_texts_are_those_of_each(texts):
    found, owners = tokens_of(sequences(texts))
    for at, text in enumerate(texts):
        assert found[owners == at].tolist() == coded(text)
    assert owners.shape == found.shape


@given(TEXTS)
def test_a_code_has_few_enough_bits_to_share_a_key_with_a_row(text):
    assert all(BREAK < SENTENCE_END < code < 2**TOKEN_BITS for code in coded(text))


def test_breaks_on_end_are_one_and_sentence_ends_stay():
    codes = sequences(["药，——品。！监"]).codes.tolist()
    assert codes == [
        ord("药"), BREAK, ord("品"), SENTENCE_END, SENTENCE_END, ord("监"), SENTENCE_END,
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["药。品", "药\n品", "药；品", "药？品", "药！品", "药?品"])
def test_a_sentence_end_is_told_from_another_break(text):
    assert sequences([text]).codes[1] == SENTENCE_END
    assert sequences(["药，品"]).codes[1] == BREAK


def test_each_text_ends_a_sentence_so_that_none_runs_into_the_next():
    read = sequences(["药品", "", "监管"])
    assert [int(read.codes[last - 1]) for last in read.starts[1:]] == [SENTENCE_END] * 3
    assert token_code("品监") not in tokens(read.codes).tolist()


def test_no_text_has_no_codes():
    read = sequences([])
    assert (len(read.codes), read.starts.tolist()) == (0, [0])
    assert [len(each) for each in tokens_of(read)] == [0, 0]


def test_tokens_in_counts_each_once():
    found, counts = tokens_in("药品、药品 GMP")
    told = dict(zip(found.tolist(), counts.tolist(), strict=True))
    assert told == {token_code(w): n for w, n in (("药", 2), ("品", 2), ("药品", 2), ("gmp", 1))}
    assert found.dtype == np.uint64
    assert counts.dtype == np.float32


def test_a_pair_is_told_from_the_same_characters_turned_round():
    one, other = (np.array([ord(c)], dtype=np.uint64) for c in "药品")
    assert pair_code(one, other)[0] == token_code("药品") != token_code("品药")
    assert token_code("品药") == pair_code(other, one)[0]
