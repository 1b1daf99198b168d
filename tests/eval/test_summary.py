import json

import pytest

from eval.run import RunResult
from eval.scores import ALL_MEASURES, Grouping
from eval.summary import summary
from tests.eval.examples import answer, gold
from tests.eval.runs import row_result

FILES = ("000_a.txt",), ("001_b.txt",)


def given_answer(code=None, **index):
    return {**answer(), "reason": {"code": code} if code else None, "index": index}


RESULT = RunResult(
    (
        row_result(
            "g1",
            {"hit@1": 1, "false_leads": 2},
            gold=gold(id="g1", reason="no_lead"),
            answer=given_answer("no_lead", version="v1", model="m1"),
            files=FILES[0],
            ms=10.0,
        ),
        row_result(
            "g2",
            {"hit@1": 0, "false_leads": 0},
            gold=gold("content", "answer", id="g2", reason="no_lead"),
            answer=given_answer(version="v1", model="m1"),
            files=FILES[1],
            ms=30.0,
        ),
        row_result("g3", {"hit@1": 0}, gold=gold("content", "answer", id="g3"), failed=True),
        row_result("g4", {"hit@1": 1}, answer=given_answer(version="v2"), ms=20.0),
    )
)


def test_measures_are_given_with_interval_and_number_of_rows():
    measures = summary(RESULT)["measures"]
    assert list(measures) == list(ALL_MEASURES)
    # Four clusters of a question each: X of Bin(4, 1/2) has P(X = 0) = P(X = 4) = 0.063.
    assert measures["hit@1"] == {"value": 0.5, "n": 4, "low": 0, "high": 1}
    assert measures["false_leads"]["value"] == 2
    assert measures["mrr"] == {"value": None, "n": 0, "low": None, "high": None}


def test_groups_are_given_as_asked_for_and_in_that_order():
    assert summary(RESULT)["by"] == {}
    by = summary(RESULT, by=[Grouping.DOCUMENT, Grouping.TYPE])["by"]
    found = {
        grouping: {name: (one["hit@1"]["value"], one["hit@1"]["n"]) for name, one in groups.items()}
        for grouping, groups in by.items()
    }
    assert found == {
        "document": {"-": (0.5, 2), "000_a.txt": (1, 1), "001_b.txt": (0, 1)},
        "type": {"content": (0, 2), "lead_unit": (1, 2)},
    }
    assert list(by) == ["document", "type"]


def test_reasons_times_and_wrong_rows_are_given():
    given = summary(RESULT)
    assert given["reasons"] == {
        "no_lead": {
            "precision": 1,
            "recall": 0.5,
            "f1": pytest.approx(2 / 3),
            "gold": 2,
            "given": 1,
        }
    }
    assert given["latency_ms"] == {
        "p50": 20,
        "p90": 28,
        "p95": 29,
        "p99": 29.8,
        "max": 30,
        "n": 3,
    }
    assert given["wrong"] == {"g1": ["false_leads"], "g2": ["hit@1"], "g3": ["hit@1"]}


def test_an_index_that_changed_during_the_run_is_seen():
    assert summary(RESULT)["index"] == {"version": "v1, v2", "model": "m1"}
    versions = [f"v{n}" for n in (5, 3, 1, 4, 2, 3)]
    rows = [row_result(each, {}, answer=given_answer(version=each)) for each in versions]
    assert summary(RunResult(tuple(rows)))["index"]["version"] == "v1, v2, v3, v4, v5"


def test_answers_that_name_no_index_give_none():
    silent = {key: value for key, value in answer().items() if key != "index"}
    rows = (row_result("g1", {}, answer=silent), row_result("g2", {}, failed=True))
    assert summary(RunResult(rows))["index"] == {"version": None, "model": None}


def test_a_summary_is_json():
    given = summary(RESULT, by=list(Grouping))
    assert json.loads(json.dumps(given, allow_nan=False)) == given
