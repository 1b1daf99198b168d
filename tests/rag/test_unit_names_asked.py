"""Units named in a question: names that hold 和, their levels, and names inside titles."""

import pytest

from rag.records import Status
from rag.units import UnitNames
from tests.made import answerer_of

NAMES = (
    "文化和旅游部",
    "省工业和信息化厅",
    "住房城乡建设部",
    "建设部",
    "省水利厅",
    "市水务局",
    "发展改革委",
)
TEXTS = {
    "nation": """国务院办公厅关于温泉旅游的意见
国办发〔2020〕15号

一、开展温泉普查。（责任单位：自然资源部、文化和旅游部）

二、完善温泉标准。（文化和旅游部牵头，市场监管总局配合）

三、支持温泉建设。（责任单位：发展改革委、住房城乡建设部）
""",
    "province": """贵州省人民政府办公厅关于温泉产业的通知
黔政办发〔2021〕6号

一、规划温泉小镇。（责任单位：省文化和旅游厅、省发展改革委）

二、推广节水设备。（责任单位：省工业和信息化厅、省水利厅）
""",
}


@pytest.fixture(scope="module")
def springs(tmp_path_factory):
    return answerer_of(tmp_path_factory.mktemp("springs"), TEXTS)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("文化和旅游部参与哪些任务", ["文化和旅游部"]),
        ("住房和城乡建设部牵头什么", ["住房和城乡建设部"]),
        ("工业和信息化厅与水利厅分别负责什么", ["工业和信息化厅", "水利厅"]),
        ("省水利厅和市水务局都参与的任务", ["省水利厅", "市水务局"]),
        ("文化和旅游部及发展改革委", ["文化和旅游部", "发展改革委"]),
    ],
)
def test_a_name_that_holds_and_is_one_name_and_two_names_are_two(text, words):
    assert [found.words for found in UnitNames(NAMES).find(text)] == words


@pytest.mark.parametrize(
    ("question", "clauses"),
    [
        ("文化和旅游部参与哪些任务？", {"nation:一", "nation:二"}),
        ("住房和城乡建设部参与哪些任务？", {"nation:三"}),
        ("省发展和改革委员会参与哪些任务？", {"province:一"}),
        ("国家发展改革委参与哪些任务？", {"nation:三"}),
        ("贵州的工业和信息化厅参与哪些任务？", {"province:二"}),
        ("《贵州省人民政府办公厅关于温泉产业的通知》中，省水利厅参与哪些任务？", {"province:二"}),
    ],
)
def test_the_tasks_are_those_of_the_unit_and_of_its_level(springs, question, clauses):
    answer = springs.ask(question)
    assert answer.status is Status.ANSWERED
    assert {part.clause_id for part in answer.responsibilities} == clauses


def test_a_unit_that_no_list_has_is_called_by_its_whole_name(springs):
    answer = springs.ask("贵州的农业和农村局牵头哪些任务？")
    assert answer.status is Status.NOT_STATED
    assert "农业和农村局" in answer.answer
