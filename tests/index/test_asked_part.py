import pytest

from index.asked_part import asked_parts
from index.records import ClauseKind

ISSUED = {ClauseKind.SIGNATURE, ClauseKind.IMPRINT}


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("这份通知主送哪些单位", {ClauseKind.ADDRESSEE}),
        ("方案发给了哪些市?", {ClauseKind.ADDRESSEE}),
        ("Who are the addressees of the plan?", {ClauseKind.ADDRESSEE}),
        ("抄送哪里", {ClauseKind.COPY_LIST}),
        ("意见是什么时候印发的", ISSUED),
        ("Who issued the measures?", ISSUED),
        ("这份意见的文号是多少", {ClauseKind.NUMBER}),
        ("办法的全称是什么", {ClauseKind.TITLE}),
        ("主送和抄送分别是谁", {ClauseKind.ADDRESSEE, ClauseKind.COPY_LIST}),
    ],
)
def test_a_question_about_a_part_of_a_document_asks_for_that_part(question, parts):
    assert asked_parts(question) == parts


@pytest.mark.parametrize(
    "question", ["", "专家库由谁牵头", "经费从哪里来", "Who leads it?", "到2025年目标是多少"]
)
def test_other_questions_ask_for_no_part(question):
    assert asked_parts(question) == frozenset()
