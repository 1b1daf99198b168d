import json

import pytest
from typer.testing import CliRunner

from eval.command import app
from tests.eval.examples import TEXTS
from tests.eval.gold_lines import write_lines
from tests.eval.gold_rows import CONTENT, DECLINED, LEAD, RIGHT, asking


@pytest.fixture
def folder(tmp_path):
    documents = tmp_path / "documents"
    documents.mkdir()
    for name, text in TEXTS.items():
        (documents / name).write_text(text, encoding="utf-8")
    return documents


@pytest.fixture
def run(folder, tmp_path):
    """Check a file of these rows by the command, against the example documents."""

    def check(rows, *options, documents=folder):
        gold = write_lines(tmp_path / "gold.jsonl", *rows)
        named = ["--documents", str(documents)] if documents else []
        return CliRunner().invoke(app, ["check", str(gold), *named, *options])

    return check


DOUBTFUL = {**CONTENT, "id": "g5", "clause_ids": ["a:（二）", "a:二"]}
WRONG = {**LEAD, "units": ["乙局"]}


@pytest.mark.parametrize(
    ("rows", "options", "code"),
    [
        (RIGHT, [], 0),
        (RIGHT, ["--strict"], 0),
        ([LEAD, DOUBTFUL], [], 0),
        ([LEAD, DOUBTFUL], ["--strict"], 1),
        ([WRONG], [], 1),
        ([WRONG], ["--json"], 1),
        (["{"], [], 1),
        ([LEAD], ["--index", "somewhere"], 2),
        ([LEAD], ["no-such-file.jsonl"], 2),
        ([LEAD], ["--against", "no-such-file.jsonl"], 2),
        ([LEAD], ["--documents", "no-such-folder"], 2),
        ([LEAD], ["--loud"], 2),
    ],
)
def test_the_exit_code_tells_errors_and_wrong_use(run, rows, options, code):
    assert run(rows, *options).exit_code == code


def test_problems_go_to_stdout_and_their_number_to_stderr(run, tmp_path):
    done = run([WRONG, DOUBTFUL])
    gold = tmp_path / "gold.jsonl"
    assert done.stdout.splitlines() == [
        f"{gold}:1: error: g1: lead '甲局' is not among the units",
        f"{gold}:2: warning: g5: no piece of evidence has the clause id a:二",
    ]
    assert done.stderr == "1 errors, 1 warnings in 1 files\n"


def test_json_is_all_there_is_on_stdout(run, tmp_path):
    done = run([WRONG, DOUBTFUL, "{"], "--json")
    printed = json.loads(done.stdout)
    assert (printed["errors"], printed["warnings"]) == (2, 1)
    assert printed["problems"][:2] == [
        {
            "file": str(tmp_path / "gold.jsonl"),
            "line": 1,
            "id": "g1",
            "severity": "error",
            "message": "lead '甲局' is not among the units",
        },
        {
            "file": str(tmp_path / "gold.jsonl"),
            "line": 2,
            "id": "g5",
            "severity": "warning",
            "message": "no piece of evidence has the clause id a:二",
        },
    ]
    assert (printed["problems"][2]["line"], printed["problems"][2]["id"]) == (3, None)
    assert json.loads(run(RIGHT, "--json").stdout) == {"errors": 0, "warnings": 0, "problems": []}


def test_leaks_are_looked_for_in_every_file_named(run, tmp_path):
    first = write_lines(tmp_path / "first.jsonl", asking("别的问题"))
    second = write_lines(tmp_path / "second.jsonl", asking("管药谁牵头", "t1"))
    done = run(RIGHT, "--against", str(first), "--against", str(second))
    assert done.exit_code == 1
    assert "g1: the question leaks from second.jsonl:1 (t1)" in done.stdout


def test_evidence_is_looked_up_in_an_index(run, seed_index, library):
    (document,) = (each for each in library.documents if each.document_id == "zj-2021-68")
    clause = library.clause("zj-2021-68:二/（一）")
    at = {"doc": document.file, "start": clause.start, "end": clause.end}
    evidence = [{**at, "text": library.quote(clause)}]
    right = {**DECLINED, "docs": [document.file], "evidence": evidence}
    options = ("--index", str(seed_index))
    assert run([right], *options, documents=None).exit_code == 0
    done = run([LEAD], *options, documents=None)
    assert done.exit_code == 1
    assert "document '000_a.txt' is not in the index" in done.stdout


def test_the_index_of_the_environment_is_used(run, seed_index, monkeypatch):
    monkeypatch.setenv("YIJU_INDEX", str(seed_index))
    assert run([DECLINED], documents=None).exit_code == 1
    assert run([{**DECLINED, "docs": ["000"]}], documents=None).exit_code == 0


def test_without_documents_only_rows_are_checked_and_that_is_said(run, tmp_path, monkeypatch):
    monkeypatch.delenv("YIJU_INDEX", raising=False)
    monkeypatch.chdir(tmp_path)
    done = run([{**DECLINED, "docs": ["009"]}], documents=None)
    assert (done.exit_code, done.stdout) == (0, "")
    assert "evidence is not looked up, only the rows are checked" in done.stderr


def test_an_index_that_is_not_there_ends_with_1_and_is_named(run, tmp_path):
    missing = tmp_path / "none"
    done = run([LEAD], "--index", str(missing), documents=None)
    assert done.exit_code == 1
    assert str(missing) in done.stderr


def test_a_folder_without_documents_ends_with_1(run, tmp_path):
    (tmp_path / "empty").mkdir()
    done = run([LEAD], documents=tmp_path / "empty")
    assert done.exit_code == 1
    assert "there is no .txt file in it" in done.stderr
