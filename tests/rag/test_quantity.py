import pytest

from rag.quantity import Quantity, asked_quantity, states_quantity


@pytest.mark.parametrize(
    ("question", "quantity"),
    [
        ("哪年完成?", Quantity.DATE),
        ("什么时候配备打捞船?", Quantity.DATE),
        ("截止日期是?", Quantity.DATE),
        ("By when must it be done?", Quantity.DATE),
        ("要缩到多少天?", Quantity.DURATION),
        ("多久办结?", Quantity.DURATION),
        ("几个工作日内办结?", Quantity.DURATION),
        ("How long does it take?", Quantity.DURATION),
        ("每艘补助多少钱?", Quantity.MONEY),
        ("最高奖励多少?", Quantity.MONEY),
        ("How much is the subsidy?", Quantity.MONEY),
        ("合格率是多少?", Quantity.RATE),
        ("百分之几?", Quantity.RATE),
        ("What percentage of lakes?", Quantity.RATE),
        ("建成多少座驿站?", Quantity.COUNT),
        ("培育几条线路?", Quantity.COUNT),
        ("How many boats?", Quantity.COUNT),
        ("目标是什么?", Quantity.ANY),
    ],
)
def test_the_kind_of_figure_asked_for(question, quantity):
    assert asked_quantity(question) is quantity


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("2025年底前配备打捞船", Quantity.DATE),
        ("自2024年7月1日起施行", Quantity.DATE),
        ("在3个工作日内办结", Quantity.DURATION),
        ("有效期3年", Quantity.DURATION),
        ("每艘补助8万元", Quantity.MONEY),
        ("水质优良率达到92%", Quantity.RATE),
        ("比例达到百分之五十", Quantity.RATE),
        ("建成护湖驿站36座", Quantity.COUNT),
    ],
)
def test_a_figure_of_the_kind_is_stated(text, quantity):
    assert states_quantity(text, quantity, "")


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("建成护湖驿站36座", Quantity.DATE),
        ("水质优良率达到92%", Quantity.DURATION),
        ("建成护湖驿站36座", Quantity.MONEY),
        ("在3个工作日内办结", Quantity.RATE),
        ("统筹湖泊保护资金", Quantity.MONEY),
        ("健全湖泊巡查制度", Quantity.COUNT),
        ("健全湖泊巡查制度", Quantity.ANY),
    ],
)
def test_a_neighbouring_figure_of_another_kind_does_not_count(text, quantity):
    assert not states_quantity(text, quantity, "")


def test_a_count_needs_the_measure_word_of_the_question():
    assert states_quantity("建成护湖驿站36座", Quantity.COUNT, "建成多少座驿站?")
    assert not states_quantity("培育线路12条", Quantity.COUNT, "建成多少座驿站?")


@pytest.mark.parametrize("text", ["扣除期限不能超过48个月", "有效期至2026年6月30日", "有效期3年"])
def test_a_term_is_told_by_its_length_or_by_its_end(text):
    asked = "期限是多长?"
    assert states_quantity(text, asked_quantity(asked), asked)


def test_a_time_in_passing_is_no_term():
    asked = "扣除期限不能超过多少?"
    assert not states_quantity("在教育期间按照每月400元扣除", asked_quantity(asked), asked)


@pytest.mark.parametrize("text", ["每季度监测一次", "每3年复核", "每周一次", "每半年开展一次"])
def test_how_often_is_told_by_what_it_is_done_every(text):
    asked = "多久监测一次石窟?"
    assert states_quantity(text, asked_quantity(asked), asked)
    assert not states_quantity("定期监测石窟", asked_quantity(asked), asked)
