"""Questions for every clause that holds a term, and for the tasks of a class of bodies."""

import pytest

from rag.records import Status


@pytest.fixture
def ask(lake_answerer):
    return lake_answerer.ask


def clauses(answer):
    return [entry.clause_id for entry in answer.responsibilities]


@pytest.mark.parametrize(
    "question",
    ["湖北的排污口出现在哪几条，由谁负责？", "“排污口”在湖北文件里写在哪些条，各由谁负责？"],
)
def test_each_clause_that_holds_a_term_answers_where_it_stands(ask, question):
    answer = ask(question)
    assert clauses(answer) == ["hb-12:二/（二）"]
    assert "省生态环境厅" in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "湖北哪些任务要各县（市、区）人民政府负责？",
        "湖北的各县(市、区)人民政府负责哪些工作？",
        "湖北哪些任务写明各县市区人民政府也要负责？",
    ],
)
def test_the_tasks_of_a_class_of_bodies_are_those_whose_lists_name_it(ask, question):
    answer = ask(question)
    assert answer.status is Status.ANSWERED
    assert clauses(answer) == ["hb-12:三/（一）"]
