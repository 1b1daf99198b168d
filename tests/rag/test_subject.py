import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.clean import fold
from rag.subject import content_words, strip_asking


@pytest.mark.parametrize(
    ("question", "subject"),
    [
        ("请问药品零售智能监管系统由谁牵头建设？", "药品零售智能监管系统 建设"),
        ("湖泊巡查制度由谁牵头？", "湖泊巡查制度"),
        ("湖泊巡查制度由誰牽頭？", "湖泊巡查制度"),
        ("湖泊巡查谁来抓", "湖泊巡查"),
        ("环湖绿道的责任单位有哪些？", "环湖绿道"),
        ("湖泊巡查制度是什么意思", "湖泊巡查制度"),
        ("谁牵头？", ""),
        ("责任单位有哪些？", ""),
    ],
)
def test_what_only_asks_is_taken_out(question, subject):
    assert strip_asking(fold(question)).replace(" 的", "").removesuffix("的") == subject


@settings(deadline=None)  # the first call loads tables
@given(st.text(alphabet="湖泊谁牵头由哪个单位请问 ?《》的建设", max_size=40))
def test_what_is_left_stands_in_the_question(question):
    words = strip_asking(question)
    assert all(word in question for word in words.split(" "))
    assert words == words.strip()


def test_english_words_that_carry_meaning_are_kept():
    words = content_words("Who leads the lake patrol system in Hubei?")
    assert words == ["lake", "patrol", "system", "hubei"]


def test_figures_and_chinese_words_are_kept():
    assert content_words("99.5% of 疫苗 GMP") == ["99.5%", "疫苗", "gmp"]
