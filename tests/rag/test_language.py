import pytest

from rag.language import detect, in_script
from rag.records import Lang


@pytest.mark.parametrize(
    ("question", "lang"),
    [
        ("湖泊巡查由谁牵头？", Lang.HANS),
        ("湖泊巡查由誰牽頭？", Lang.HANT),
        ("長沙建設環湖綠道由誰負責？", Lang.HANT),
        ("Who leads the lake patrol system?", Lang.EN),
        ("GMP是什么", Lang.HANS),
        ("什麼是 GMP？", Lang.HANT),
        ("Which tasks does 省水利厅 lead in Hubei?", Lang.EN),
        ("谁", Lang.HANS),
        ("2027", Lang.EN),
    ],
)
def test_the_language_is_that_of_the_words(question, lang):
    assert detect(question) is lang


def test_one_traditional_character_in_simplified_words_changes_nothing():
    assert detect("湖泊巡查责任单位有哪些，谁牽头，怎么办结？") is Lang.HANS


def test_words_common_to_both_scripts_count_as_simplified():
    assert detect("湖泊巡查如何做？") is Lang.HANS


def test_fixed_words_take_the_script_of_the_language():
    assert in_script("责任单位", Lang.HANT) == "責任單位"
    assert in_script("责任单位", Lang.HANS) == "责任单位"
    assert in_script("responsible units", Lang.EN) == "responsible units"
