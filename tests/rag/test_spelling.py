import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.spelling import mend

TEXT = "健全湖泊巡查制度。湖泊巡查由省水利厅负责。建设药品追溯体系。追溯体系由省药监局建设。"

WORDS = {"管控", "巡查", "全称"}


def mended(words, text=TEXT):
    return mend(words, text=text, seen=lambda pair: pair in text, is_word=WORDS.__contains__)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("追朔体系", "追溯体系"),
        ("药品追朔体系", "药品追溯体系"),
        ("胡泊巡查制度", "湖泊巡查制度"),
        ("健全湖泊巡察制度", "健全湖泊巡查制度"),
    ],
)
def test_a_mistyped_character_is_mended(typed, meant):
    assert mended(typed) == meant


@pytest.mark.parametrize(
    "words", ["湖泊巡查制度", "幼儿园学位建设", "追溯", "GMP 2027", "", "湖泊的巡查"]
)
def test_what_is_right_or_of_another_subject_stays(words):
    assert mended(words) == words


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("国家水利厅", "省水利厅负责。由省水利厅牵头。"),
        ("第三号方案", "第二号方案。第二号方案。"),
        ("湖泊不巡查", "湖泊再巡查。湖泊再巡查。"),
        ("湖泊呆巡查", "湖泊不巡查。湖泊不巡查。"),
    ],
)
def test_a_level_a_number_or_a_denial_is_no_slip(typed, text):
    assert mended(typed, text=text) == typed


def test_a_character_that_sounds_different_is_no_slip():
    assert mended("清理企业账款", text="加大企业贷款。发放企业贷款。") == "清理企业账款"


def test_a_variant_without_a_reading_is_mended():
    assert mended("整治排汚口", text="整治排污口。") == "整治排污口"


def test_a_slip_at_the_end_is_mended_by_the_word_it_ends():
    assert mended("药品管空", text="强化风险管控。化学品管控。药品。") == "药品管控"
    assert mended("文件全称", text="全程追溯。全程监管。文件。") == "文件全称"
    assert mended("考核一期", text="一系措施。一系工程。考核。") == "考核一期"


def test_where_two_characters_fit_nothing_is_guessed():
    assert mended("东湖甲边路", text="东湖西边路。东湖北边路。") == "东湖甲边路"


@settings(deadline=None)  # the first call loads tables
@given(st.text(alphabet="湖泊巡查制度追朔溯体系胡甲乙", max_size=12))
def test_mending_keeps_length_and_mends_once(words):
    once = mended(words)
    assert len(once) == len(words)
    if words in TEXT:
        assert once == words
