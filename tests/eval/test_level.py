"""The measured level over the seeds, held: a change that lowers it fails here."""

from pathlib import Path

import pytest

from eval.gold_file import read_gold
from eval.run import RunResult, evaluate
from eval.tables import wrong_lines
from eval.targets import library_target
from index.library import Index
from rag.answer import Answerer

GOLD = Path(__file__).parents[2] / "eval" / "gold"


def measured(name: str, answerer: Answerer, library: Index) -> RunResult:
    target = library_target(library, answerer)
    return evaluate(read_gold(GOLD / f"{name}.jsonl"), target.ask, target.documents)


def assert_level(result: RunResult, name: str, level: float) -> None:
    score = result.score(name)
    missed = [line for row in result.wrong if name in row.wrong for line in wrong_lines(row)]
    assert score.n > 0
    assert score.value is not None
    assert score.value >= level, "\n".join(missed)


@pytest.fixture(scope="module")
def result(answerer: Answerer, library: Index) -> RunResult:
    return measured("dev", answerer, library)


@pytest.fixture(scope="module")
def wider(answerer: Answerer, library: Index) -> RunResult:
    return measured("seeds", answerer, library)


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("lead_exact", 0.97),
        ("units_exact", 0.95),
        ("status_right", 0.90),
        ("hit@5", 0.97),
        ("hit@1", 0.85),
        ("citations_resolve", 1.0),
    ],
)
def test_the_level_is_held(result, name, level):
    assert_level(result, name, level)


def test_no_lead_is_invented(result):
    missed = [
        line for row in result.wrong if "false_leads" in row.wrong for line in wrong_lines(row)
    ]
    assert result.score("false_leads").value == 0, "\n".join(missed)


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("lead_exact", 0.95),
        ("units_exact", 0.93),
        ("status_right", 0.94),
        ("hit@5", 0.94),
        ("hit@1", 0.91),
        ("citations_resolve", 1.0),
    ],
)
def test_the_level_over_the_wider_set_is_held(wider, name, level):
    assert_level(wider, name, level)
