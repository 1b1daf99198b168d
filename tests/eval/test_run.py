import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.errors import AnswerShapeError, GoldDocumentError
from eval.run import evaluate
from eval.scores import ALL_MEASURES, Grouping, grouped
from tests.eval.examples import DOCUMENTS, answer, entry, gold, lead_row, parts_row, right_parts

ROWS = [
    lead_row(id="g1", question="一"),
    lead_row(id="g2", question="二", lang="en"),
    parts_row(id="g3", question="三"),
    gold("unanswerable", "out_of_scope", id="g4", question="四", abstain=True),
]
ANSWERS = {
    "一": answer("a:（一）", entries=(entry(1, "a:（一）", "甲局", "甲局", "乙局"),)),
    "二": answer("b:一", "a:（一）", entries=(entry(1, "b:一", None, "丁局"),)),
    "三": right_parts(),
    "四": answer("b:二", entries=(entry(1, "b:二", "丙局"),)),
}


def test_a_measure_is_the_mean_of_the_rows_that_bear_on_it():
    result = evaluate(ROWS, ANSWERS.__getitem__, DOCUMENTS)
    measured = {score.name: (score.value, score.n) for score in result.scores}
    assert measured == {
        "lead_exact": (0.5, 2),
        "lead_named": (0.5, 2),
        "false_leads": (1, 2),
        "false_lead_rate": (0.5, 2),
        "units_exact": (pytest.approx(2 / 3), 3),
        "units_f1": (pytest.approx(2 / 3), 3),
        "qualifiers_right": (None, 0),
        "parts_recall": (1, 1),
        "parts_lead": (1, 1),
        "parts_precision": (1, 1),
        "status_right": (3 / 4, 4),
        "status_lenient": (3 / 4, 4),
        "reason_right": (None, 0),
        "abstain_precision": (None, 0),
        "abstain_recall": (0, 1),
        "abstain_f1": (0, 1),
        "citation_precision": (pytest.approx(2.5 / 3), 3),
        "citations_resolve": (1, 4),
        "figures_faithful": (None, 0),
        "region_leakage": (1 / 2, 2),
        "hit@1": (pytest.approx(2 / 3), 3),
        "hit@3": (1, 3),
        "hit@5": (1, 3),
        "mrr": (pytest.approx(2.5 / 3), 3),
        "ndcg@10": (pytest.approx((2 + 0.6309297535714575) / 3), 3),
        "recall@10": (1, 3),
    }
    assert list(measured) == list(ALL_MEASURES)


def test_wrong_rows_are_named_with_what_they_miss():
    result = evaluate(ROWS, ANSWERS.__getitem__, DOCUMENTS)
    assert {row.gold.id: row.wrong for row in result.wrong} == {
        "g2": ("lead_exact", "units_exact", "region_leakage", "hit@1"),
        "g4": ("false_leads", "status_right", "abstain_recall"),
    }


def test_groups_measure_their_own_rows():
    result = evaluate(ROWS, ANSWERS.__getitem__, DOCUMENTS)
    groups = grouped(result.rows, Grouping.LANG)
    assert list(groups) == ["en", "zh-Hans"]
    assert {score.name: score.value for score in groups["en"]}["hit@1"] == 0
    assert list(grouped(result.rows, Grouping.TYPE)) == ["lead_unit", "unanswerable", "units"]


@given(st.randoms(use_true_random=False))
def test_the_order_of_questions_changes_no_measure(shuffler: random.Random) -> None:
    rows = list(ROWS)
    shuffler.shuffle(rows)
    result = evaluate(rows, ANSWERS.__getitem__, DOCUMENTS)
    assert result.scores == evaluate(ROWS, ANSWERS.__getitem__, DOCUMENTS).scores


def test_a_question_without_an_answer_counts_as_wrong_and_keeps_its_error():
    def ask(question):
        if question == "一":
            raise AnswerShapeError(["status: expected one of …, got nothing"])
        return ANSWERS[question]

    result = evaluate(ROWS, ask, DOCUMENTS)
    (failed,) = result.failed
    assert failed.gold.id == "g1"
    assert failed.error == (
        "the answer is not one of /v1/ask: status: expected one of …, got nothing"
    )
    assert failed in result.wrong
    assert result.score("lead_exact").value == 0
    assert result.score("lead_exact").n == 2
    assert result.score("status_right").value == 2 / 4


def test_a_gold_row_about_another_document_is_refused_before_anything_is_asked():
    def ask(question):
        raise AssertionError(question)

    with pytest.raises(GoldDocumentError, match="'009' is not in the index"):
        evaluate([*ROWS, gold(docs=("009",))], ask, DOCUMENTS)
