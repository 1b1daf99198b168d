"""Questions for the tasks that a unit does not lead, or that are its alone."""

import pytest

from rag.records import Status


@pytest.fixture
def ask(lake_answerer):
    return lake_answerer.ask


def leads(answer):
    return [(entry.clause_id, entry.lead) for entry in answer.responsibilities]


@pytest.mark.parametrize(
    "question",
    [
        "武汉哪些任务不是市水务局牵头的？",
        "武汉有哪些任务不由市水务局牵头？",
        "Which tasks in Wuhan are not led by the 市水务局?",
    ],
)
def test_the_tasks_that_a_unit_does_not_lead_are_given_with_their_leads(ask, question):
    answer = ask(question)
    assert answer.status is Status.ANSWERED
    assert leads(answer) == [
        ("wh-5:一/（二）", "市园林和林业局"),
        ("wh-5:一/（三）", "市城管执法委"),
    ]
    assert "市园林和林业局" in answer.answer


@pytest.mark.parametrize(
    "question", ["湖北哪几项是只有省水利厅一家负责的？", "湖北哪些任务只由省水利厅负责？"]
)
def test_the_tasks_that_are_a_units_alone_leave_out_those_it_shares(ask, question):
    answer = ask(question)
    assert leads(answer) == [("hb-12:二/（三）", None)]
    assert "省水利厅" in answer.answer


def test_where_nothing_is_a_units_alone_it_is_not_stated(ask):
    answer = ask("湖北哪几项是只有省财政厅一家负责的？")
    assert (answer.status, answer.responsibilities) == (Status.NOT_STATED, ())
