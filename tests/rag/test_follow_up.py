"""A follow-up is completed by the turns before it; a question of its own carries nothing."""

import pytest

from rag.follow_up import completed
from rag.records import Filters, Turn

UNITS = "由省水利厅牵头[1]；责任单位：省水利厅、省生态环境厅、省公安厅[1]。"


@pytest.fixture
def resolve(lake_catalog):
    def read(*turns: str) -> str | None:
        *before, last = turns
        roles = ("user", "assistant")
        history = [Turn(roles[at % 2], words) for at, words in enumerate(before)]
        return completed(last, lake_catalog, Filters(), history)

    return read


PATROL = "湖北健全湖泊巡查制度由谁牵头?"


@pytest.mark.parametrize(
    ("turns", "question"),
    [
        ((PATROL, UNITS, "那武汉呢?"), "武汉健全湖泊巡查制度由谁牵头?"),
        ((PATROL, UNITS, "武汉的呢"), "武汉健全湖泊巡查制度由谁牵头?"),
        (
            ("Who leads lake patrols in Hubei?", "", "and in Wuhan?"),
            "Who leads lake patrols in Wuhan?",
        ),
        ((PATROL, UNITS, "那入湖排污口呢?"), "湖北入湖排污口 由谁牵头?"),
    ],
)
def test_the_place_or_the_subject_is_exchanged_and_the_rest_stays(resolve, turns, question):
    assert resolve(*turns) == question


def test_a_follow_up_to_a_follow_up_keeps_the_subject(resolve):
    assert resolve(PATROL, UNITS, "那武汉呢?", "市水务局。", "长沙的呢") == (
        "长沙健全湖泊巡查制度由谁牵头?"
    )


@pytest.mark.parametrize("question", ["具体到哪一年?", "还有哪些单位参与?", "哪个是牵头的?"])
def test_a_question_that_only_asks_on_is_about_the_same_place_and_subject(resolve, question):
    told = resolve(PATROL, UNITS, question)
    assert told is not None
    assert told.startswith("湖北健全湖泊巡查制度")
    assert told.endswith(question)


def test_questions_that_ask_on_do_not_heap_up(resolve):
    told = resolve(PATROL, UNITS, "具体到哪一年?", "没有写明。", "还有哪些单位参与?")
    assert told is not None
    assert "哪一年" not in told


def test_a_fact_about_a_document_is_asked_of_the_document_of_the_place(resolve):
    assert resolve(PATROL, UNITS, "文号是多少?") == "湖北文号是多少?"


def test_they_are_the_units_just_told_and_it_is_the_first(resolve):
    assert resolve(PATROL, UNITS, "它们还负责什么?") == (
        "湖北省水利厅、省生态环境厅、省公安厅还负责什么?"
    )
    assert resolve(PATROL, UNITS, "它还牵头哪些任务?") == "湖北省水利厅还牵头哪些任务?"


def test_a_unit_that_no_document_names_is_not_taken_over_from_an_answer(resolve):
    assert "火星局" not in (resolve(PATROL, "由火星局牵头。", "它还牵头哪些任务?") or "")


@pytest.mark.parametrize(
    "question", ["武汉修复湖滨湿地由谁牵头?", "水华预警平台由谁建设?", "Who restores wetlands?"]
)
def test_a_subject_of_its_own_drops_what_was_before(resolve, question):
    assert resolve(PATROL, UNITS, question) is None


def test_without_a_turn_before_nothing_is_completed(resolve):
    assert resolve("那武汉呢?") is None
