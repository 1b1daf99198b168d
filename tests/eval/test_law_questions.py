import json

import pytest

from eval.bench import law_questions
from eval.bench.folds import LANG, FoldQuestion
from eval.bench.law_questions import fold_embedders, rows_of, score, shared
from tests.eval.law_kit import run_command, write_kit


def question(number, fold, *rows):
    return FoldQuestion(f"q{number}", "?", LANG, rows, fold)


QUESTIONS = [question(1, 0, 7), question(2, 0, 7, 8), question(3, 1, 7), question(4, 1, 9)]


def test_articles_are_shared_only_with_questions_of_other_folds():
    assert shared(QUESTIONS) == {"q1": "all", "q2": "some", "q3": "all", "q4": "none"}


def test_the_mean_stands_beside_its_interval_and_its_parts():
    found = score(QUESTIONS, {"q1": [7], "q2": [7], "q3": [1, 7], "q4": [1]})
    assert found["recall@10"] == pytest.approx((1 + 0.5 + 1 + 0) / 4)
    low, high = found["recall@10_interval"]
    assert 0 <= low < found["recall@10"] < high <= 1
    assert found["shared"]["none"] == {
        "questions": 1, "recall@10": 0, "recall@100": 0, "ndcg@10": 0,
    }  # fmt: skip
    assert found["shared"]["all"]["recall@10"] == 1
    assert found["shared"]["some"]["recall@10"] == 0.5


def test_an_article_below_the_tenth_place_counts_for_the_first_hundred_only():
    found = score(QUESTIONS[:1] + QUESTIONS[3:], {"q1": [*range(100, 112), 7], "q4": [9]})
    assert (found["recall@10"], found["recall@100"]) == (0.5, 1)


def test_a_row_of_the_table_tells_each_part():
    found = score(QUESTIONS, {"q1": [7], "q2": [7], "q3": [1, 7], "q4": [1]})
    [row] = rows_of({"search": found})
    assert row["system"] == "search"
    assert row["R@10, some shared"] == 0.5


def test_one_model_for_all_folds_is_warned_of(capsys):
    assert len(fold_embedders(None, None)) == 1
    assert "must not have been trained" in capsys.readouterr().err


def test_the_command_writes_every_system(tmp_path):
    kit = write_kit(tmp_path)
    out = tmp_path / "out"
    arguments = ["--data", str(kit), "--work", str(tmp_path / "work"), "--out", str(out), "--json"]
    done = run_command(law_questions.main, *arguments)
    assert done.exit_code == 0, done.output
    written = json.loads((out / "law_questions.json").read_bytes())
    assert list(written["systems"]) == [
        "search",
        "without the second stage",
        "without earlier questions",
        "without the dense leg",
        "dense leg alone",
        "BM25 alone",
    ]
    assert written["questions"] == 6
    assert written["systems"]["search"]["recall@100"] == 1
    assert "must not have been trained" in (out / "law_questions.md").read_text(encoding="utf-8")
