import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.clean import fold, simplify
from tests.index.cutting import cleaned

GLOSSED = "國(guó)務(wù)院辦(bàn)公廳"
LONG = "坚持以人民健康为中心，加强全省药品监管体系和监管能力建设，"


def test_toned_glosses_are_dropped_wherever_they_stand():
    assert cleaned("國務(wù)院辦(bàn)公廳").text == "国务院办公厅"
    assert cleaned("務（wù）院").text == "务院"


def test_toneless_glosses_are_dropped_only_in_a_glossed_text():
    assert cleaned(GLOSSED + "關(guan)于法(fa)律").text == "国务院办公厅关于法律"
    assert cleaned("務(wù)院的軟件(ruan)").text == "务院的软件(ruan)"


@pytest.mark.parametrize("words", ["（疫苗）", "(CDMO)", "(PIC/S)", "（试行）", "(ISO/TC249)"])
def test_real_parentheses_survive_even_in_a_glossed_text(words):
    narrow = words.replace("（", "(").replace("）", ")")
    assert cleaned(GLOSSED + "生物制品" + words + "批签发").text.endswith(f"生物制品{narrow}批签发")


def test_a_latin_word_in_parentheses_survives_where_nothing_is_glossed():
    assert cleaned("移动应用(app)和平台（app）").text == "移动应用(app)和平台(app)"


def test_traditional_becomes_simplified_one_character_for_one():
    assert cleaned("藥品監管與醫療器械").text == "药品监管与医疗器械"
    assert simplify("臺灣髮裏") == "台湾发里"
    assert len(simplify("後臺裏面乾坤著作")) == 8


def test_full_width_becomes_half_width_and_list_signs_stay():
    assert cleaned("１２ＡＢ，；：（）！").text == "12AB,;:()!"
    assert cleaned("①Ⅲ…〔2021〕").text == "①Ⅲ…〔2021〕"


def test_a_character_that_widens_maps_each_part_to_it():
    made = cleaned("务㎡甲")
    assert made.text == "务m2甲"
    assert (made.starts, made.ends) == ((0, 1, 1, 2), (1, 2, 2, 3))


@pytest.mark.parametrize("mark", ["\u200b", "\xad", "\u2060", "\ufeff", "\u202e", "\x07"])
def test_invisible_marks_are_dropped(mark):
    made = cleaned(f"甲{mark}乙")
    assert made.text == "甲乙"
    assert made.to_source(1, 2) == (2, 3)


def test_a_page_break_inside_a_sentence_is_joined():
    joined = cleaned(LONG + "健全省市县三\n\n级信息通报。")
    assert joined.text.endswith("健全省市县三级信息通报。")


@pytest.mark.parametrize("end", ["。", "；", "：", "）", "”"])
def test_a_break_behind_a_finished_sentence_stays(end):
    assert "\n" in cleaned(LONG + f"健全机制{end}\n\n级信息通报。").text


@pytest.mark.parametrize(
    "opening",
    ["（二）加强监管", "二、加强监管", "第二条 监管", "1.监管", "附件1", "责任单位：市局"],
)
def test_a_break_before_a_number_stays(opening):
    assert "\n" in cleaned(LONG + f"健全机制\n{opening}").text


def test_a_break_behind_a_short_line_stays():
    assert cleaned("药品，监管\n能力建设").text == "药品,监管\n能力建设"


def test_a_character_doubled_at_a_page_break_stands_once():
    text = LONG + "认真落实国务院决策部署\n\n署,按照安排。"
    made = cleaned(text)
    assert made.text.endswith("国务院决策部署,按照安排。")
    assert "署署" not in made.text


def test_a_doubled_character_inside_a_line_is_the_authors_own():
    assert cleaned("人人有责，逐步逐步建成").text == "人人有责,逐步逐步建成"


def test_markdown_marks_are_dropped():
    assert cleaned("**一、总则**\n## 二、任务\n### 三、保障").text == "一、总则\n二、任务\n三、保障"


def test_a_number_sign_inside_a_line_stays():
    assert cleaned("第3# 楼和 a*b").text == "第3# 楼和 a*b"


def test_lost_characters_are_marked_as_damage():
    text = "甲乙\ufffd\ufffd丙"
    made = cleaned(text)
    assert [text[start:end] for start, end in made.damage] == ["\ufffd\ufffd"]


def test_a_gloss_whose_bytes_were_shifted_is_damage():
    text = GLOSSED + "檢驗(yàn)?zāi)芗墶<訌?qiáng)生物制品，規(guī);l展"
    made = cleaned(text)
    assert [text[start:end] for start, end in made.damage] == ["?zāi)", "<", "?qiáng)", ";l"]


def test_question_marks_and_angle_brackets_in_clean_text_are_no_damage():
    assert cleaned("是否可行?可以。《药品<试行>》甲<乙").damage == ()


def test_slice_gives_the_clean_words_of_a_source_span():
    made = cleaned("國務(wù)院（疫苗）")
    assert made.slice(0, 6) == "国务"
    assert made.slice(1, 7) == "务院"
    assert made.slice(7, 11) == "(疫苗)"


def test_an_empty_span_maps_to_an_empty_one():
    made = cleaned("甲(jiǎ)乙")
    assert made.text == "甲乙"
    assert made.to_source(1, 1) == (6, 6)
    assert made.to_source(2, 2) == (7, 7)
    assert made.from_source(1, 6) == (1, 1)


def test_fold_makes_a_question_look_like_a_document():
    assert fold("國辦發〔２０２１〕１６號") == fold("国办发〔2021〕16号") == "国办发〔2021〕16号"


_MARKS = ["\n\n", "\r\n", "\u200b", "**", "## ", "\ufffd", "?zāi)", " ", "，", "。"]
_WORDS = ["務(wù)", "院", "㎡", "（疫苗）", "(app)", "署", "藥品監管體系和監管能力" * 3 + "，落實"]
_TEXT = st.lists(st.sampled_from([*_MARKS, *_WORDS]), max_size=30).map("".join)


@given(_TEXT)
@settings(max_examples=200, deadline=None)
def test_the_map_is_exact(text):
    made = cleaned(text)
    assert len(made.text) == len(made.starts) == len(made.ends)
    assert list(made.starts) == sorted(made.starts)
    assert list(made.ends) == sorted(made.ends)
    for start, end in zip(made.starts, made.ends, strict=True):
        assert 0 <= start < end <= len(text)
    assert all(0 <= start < end <= len(text) for start, end in made.damage)


@given(_TEXT, st.data())
@settings(max_examples=200, deadline=None)
def test_a_source_span_of_clean_words_comes_back(text, data):
    made = cleaned(text)
    first = data.draw(st.integers(0, len(made.text)))
    last = data.draw(st.integers(first, len(made.text)))
    start, end = made.to_source(first, last)
    assert 0 <= start <= end <= len(text)
    if first < last:
        low, high = made.from_source(start, end)
        assert low <= first < last <= high  # a character that widened comes back whole
        assert made.to_source(low, high) == (start, end)


@given(_TEXT)
@settings(max_examples=100, deadline=None)
def test_each_clean_character_is_its_source_character_folded(text):
    made = cleaned(text)
    for character, start, end in zip(made.text, made.starts, made.ends, strict=True):
        assert character in fold(text[start:end])
