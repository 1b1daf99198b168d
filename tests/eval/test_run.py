import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.errors import AnswerShapeError, GoldDocumentError
from eval.run import Grouping, evaluate
from tests.eval.examples import SPANS, TEXTS, answer, entry, gold, lead_row, parts_row, right_parts

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
    result = evaluate(ROWS, ANSWERS.__getitem__, TEXTS, clauses=SPANS)
    measured = {score.name: (score.value, score.n) for score in result.scores}
    assert measured == {
        "lead_exact": (0.5, 2),
        "parts_lead": (1.0, 1),
        "false_leads": (1, 2),
        "units_exact": (pytest.approx(2 / 3), 3),
        "status_right": (3 / 4, 4),
        "status_lenient": (3 / 4, 4),
        "hit@1": (pytest.approx(2 / 3), 3),
        "hit@5": (1, 3),
        "mrr": (pytest.approx(2.5 / 3), 3),
        "citations_resolve": (1, 4),
        "abstain_precision": (None, 0),
        "abstain_recall": (0, 1),
        "parts_recall": (1, 1),
        "region_leakage": (1 / 2, 2),
    }


def test_wrong_rows_are_named_with_what_they_miss():
    result = evaluate(ROWS, ANSWERS.__getitem__, TEXTS)
    assert {row.gold.id: row.wrong for row in result.wrong} == {
        "g2": ("lead_exact", "units_exact", "hit@1", "region_leakage"),
        "g4": ("false_leads", "status_right", "abstain_recall"),
    }


def test_groups_measure_their_own_rows():
    result = evaluate(ROWS, ANSWERS.__getitem__, TEXTS)
    groups = result.grouped(Grouping.LANG)
    assert list(groups) == ["en", "zh-Hans"]
    assert {score.name: score.value for score in groups["en"]}["hit@1"] == 0
    assert list(result.grouped(Grouping.TYPE)) == ["lead_unit", "unanswerable", "units"]


@given(st.randoms(use_true_random=False))
def test_the_order_of_questions_changes_no_measure(shuffler: random.Random) -> None:
    rows = list(ROWS)
    shuffler.shuffle(rows)
    result = evaluate(rows, ANSWERS.__getitem__, TEXTS)
    assert result.scores == evaluate(ROWS, ANSWERS.__getitem__, TEXTS).scores


def test_an_answer_without_citations_field_is_refused_and_the_row_is_named():
    with pytest.raises(AnswerShapeError, match="gold row g1 lacks responsibilities, citations"):
        evaluate(ROWS, lambda _: {"status": "answered"}, TEXTS)


def test_a_gold_row_about_another_document_is_refused_before_anything_is_asked():
    def ask(question):
        raise AssertionError(question)

    with pytest.raises(GoldDocumentError, match="'009' is not in the index"):
        evaluate([*ROWS, gold(docs=("009",))], ask, TEXTS)


def test_progress_counts_every_question():
    told = []
    evaluate(
        ROWS, ANSWERS.__getitem__, TEXTS, progress=lambda done, total: told.append((done, total))
    )
    assert told == [(1, 4), (2, 4), (3, 4), (4, 4)]
