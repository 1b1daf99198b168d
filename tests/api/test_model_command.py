"""``yiju model``: errors in one sentence, nothing half-written."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.command import app
from tests.index.training.kit import write_kit

GOLD = Path(__file__).parent.parent.parent / "eval" / "gold" / "seeds.jsonl"


@pytest.fixture
def run(seed_index):
    def invoke(*arguments):
        variables = {"YIJU_INDEX": str(seed_index), "COLUMNS": "300"}
        words = [str(each) for each in ("model", *arguments)]
        return CliRunner().invoke(app, words, env=variables, prog_name="yiju")

    return invoke


def test_the_help_names_both_commands(run):
    shown = run("--help").stdout
    assert "train" in shown
    assert "finetune" in shown


def test_a_folder_in_use_is_refused_before_the_data_are_read(run, tmp_path):
    (tmp_path / "mine").write_text("", encoding="utf-8")
    result = run("train", "--data", tmp_path / "none", "--out", tmp_path)
    assert result.exit_code == 1
    want = f"yiju: {tmp_path}: the folder is not empty; name another, or empty it\n"
    assert result.stderr == want


@pytest.mark.models
def test_missing_data_are_named(run, tmp_path):
    result = run("train", "--data", tmp_path / "none", "--out", tmp_path / "model")
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert "law_articles.jsonl.gz: there is no such file; name the folder" in line
    assert not (tmp_path / "model").exists()


@pytest.mark.models
def test_a_model_is_trained_and_told_of(run, tmp_path):
    kit = write_kit(tmp_path / "kit")
    out = tmp_path / "model"
    options = ("--dim", 32, "--steps-scale", 0.005, "--no-questions")
    result = run("train", "--data", kit, "--out", out, *options)
    assert result.exit_code == 0, result.stderr
    assert result.stdout == f"model in {out}\n"
    assert "scores stage mean" in result.stderr
    assert (out / "model.safetensors").is_file()


def test_too_few_questions_are_told_with_their_number(run, library, tmp_path):
    gold = tmp_path / "gold.jsonl"
    rows = [{"question": "谁牵头？", "clause_ids": [library.clauses[3].clause_id]}]
    rows.append({"id": "lost", "question": "谁？", "clause_ids": ["no such"]})
    gold.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    result = run("finetune", "--gold", gold, "--out", tmp_path / "model")
    assert result.exit_code == 1
    lost, count, sentence = result.stderr.splitlines()
    assert lost.endswith("line 2: lost matches no clause; left out")
    assert count == "1 questions matched, 1 not"
    assert sentence.startswith("yiju: 1 questions match clauses of the index; at least 20")
    assert not (tmp_path / "model").exists()


@pytest.mark.models
def test_an_adapted_model_is_written_with_its_figures(run, tmp_path):
    out = tmp_path / "model"
    result = run("finetune", "--gold", GOLD, "--out", out)
    assert result.exit_code == 0, result.stderr
    assert "held-out questions mean reciprocal rank" in result.stdout
    assert (out / "model.safetensors").is_file()
    assert "adapted" in (out / "README.md").read_text(encoding="utf-8")


@pytest.mark.models
def test_a_model_that_is_no_better_is_not_written(run, tmp_path, monkeypatch):
    monkeypatch.setattr("index.training.finetune.adapt", lambda vectors, *_, **__: vectors)
    result = run("finetune", "--gold", GOLD, "--out", tmp_path / "model")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1].startswith("yiju: no better, so nothing is written: of ")
    assert not (tmp_path / "model").exists()
