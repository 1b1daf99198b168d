import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from eval.command import app
from tests.eval.examples import answer, entry
from tests.eval.server import serving

GOLD = [
    {
        "id": "g1",
        "question": "管药谁牵头？",
        "type": "lead_unit",
        "behavior": "answer",
        "docs": ["000"],
        "evidence": [{"doc": "000", "start": 0, "end": 5, "text": "（一）管药"}],
        "clause_ids": ["000:（一）"],
        "lead": "甲局",
        "units": ["甲局", "乙局"],
        "answer": "甲局牵头。",
    },
    {"id": "g2", "question": "你好", "type": "unanswerable", "behavior": "out_of_scope"},
]
ANSWERS = {
    "管药谁牵头？": answer(
        "a:（二）", "a:（一）", entries=(entry(1, "a:（二）", "丙局", "甲局", "乙局"),)
    ),
    "你好": answer(status="not_found"),
}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in GOLD), encoding="utf-8")
    return path


@pytest.fixture
def eval_run(gold: Path) -> Callable[..., Result]:
    def run(*options: str, answers: dict[str, Any] = ANSWERS) -> Result:
        with serving(answers) as url:
            return CliRunner().invoke(app, ["run", "--gold", str(gold), "--url", url, *options])

    return run


def test_the_measures_are_printed_with_their_number_of_rows(eval_run):
    done = eval_run("--by", "lang")
    assert done.exit_code == 0, done.output
    lines = [line.split("│")[1:4] for line in done.output.splitlines() if line.startswith("│")]
    assert ["lead_exact", "0.000", "1"] in [[cell.strip() for cell in line] for line in lines]
    assert "2 questions" in done.output
    assert "lang: zh-Hans" in done.output


def test_json_is_all_there_is_on_stdout(eval_run, gold):
    done = eval_run("--json", "--by", "type")
    printed = json.loads(done.stdout)
    assert printed["measures"]["hit@1"] == {"value": 0, "n": 1}
    assert printed["measures"]["hit@5"] == {"value": 1, "n": 1}
    assert printed["measures"]["status_right"] == {"value": 1, "n": 2}
    assert printed["by"]["type"]["unanswerable"]["abstain_recall"] == {"value": 1, "n": 1}
    assert printed["wrong"] == {"g1": ["lead_exact", "hit@1"]}
    assert printed["index"] == {"version": "v1", "model": "m1"}
    checksum = hashlib.sha256(gold.read_bytes()).hexdigest()
    assert printed["gold"] == [{"file": "gold.jsonl", "sha256": checksum}]


def test_a_run_folder_holds_every_answer_and_the_measures(eval_run, tmp_path):
    out = tmp_path / "runs" / "1"
    done = eval_run("--out", str(out), "--json")
    assert json.loads((out / "measures.json").read_text()) == json.loads(done.stdout)
    first, second = map(json.loads, (out / "answers.jsonl").read_text().splitlines())
    assert (first["id"], first["answer"]) == ("g1", ANSWERS["管药谁牵头？"])
    assert first["values"]["lead_exact"] == 0
    assert second["values"]["lead_exact"] is None


def test_wrong_rows_are_listed_with_question_gold_answer_and_clauses(eval_run):
    printed = eval_run("--wrong").output
    assert "g1  lead_unit / answer / zh-Hans  wrong: lead_exact, hit@1" in printed
    assert "管药谁牵头？" in printed
    assert "甲局牵头。" in printed
    assert "a:（二）  lead=丙局 units=甲局、乙局" in printed
    assert "[2] answer  a:（一）" in printed
    assert "你好" not in printed
    assert "1 of 2 rows wrong" in printed


@pytest.mark.parametrize(
    ("option", "bound", "code"),
    [
        ("--min", "status_right=1", 0),
        ("--min", "mrr=0.5", 0),
        ("--min", "mrr=0.51", 1),
        ("--max", "region_leakage=0", 0),
        ("--max", "mrr=0.4", 1),
        ("--min", "parts_recall=0", 1),
    ],
)
def test_a_bound_that_is_not_met_ends_with_1_and_is_named(eval_run, option, bound, code):
    done = eval_run(option, bound)
    assert done.exit_code == code
    assert (bound.partition("=")[0] in done.stderr) == bool(code)


@pytest.mark.parametrize(
    "options",
    [
        ["--min", "beauty=1"],
        ["--min", "mrr"],
        ["--min", "mrr=high"],
        ["--by", "mood"],
        ["--index", "somewhere"],
        ["--gold", "no-such-file.jsonl"],
    ],
)
def test_wrong_use_ends_with_2(eval_run, options):
    assert eval_run(*options).exit_code == 2


def test_an_address_that_is_none_ends_with_2(gold):
    done = CliRunner().invoke(app, ["run", "--gold", str(gold), "--url", "nowhere"])
    assert done.exit_code == 2


def test_a_failing_server_or_index_ends_with_1(eval_run, gold, tmp_path):
    done = eval_run(answers={})
    assert done.exit_code == 1
    assert "503" in done.stderr
    missing = str(tmp_path / "none")
    done = CliRunner().invoke(app, ["run", "--gold", str(gold)], env={"YIJU_INDEX": missing})
    assert done.exit_code == 1
    assert missing in done.stderr


def test_a_malformed_gold_file_ends_with_1_and_names_the_line(eval_run, tmp_path):
    wrong = tmp_path / "wrong.jsonl"
    wrong.write_text("\n{}\n", encoding="utf-8")
    done = eval_run("--gold", str(wrong))
    assert done.exit_code == 1
    assert f"{wrong}:2: behavior is missing" in done.stderr


def test_an_id_in_two_gold_files_is_refused(eval_run, gold, tmp_path):
    copy = tmp_path / "copy.jsonl"
    copy.write_bytes(gold.read_bytes())
    done = eval_run("--gold", str(copy))
    assert done.exit_code == 1
    assert "'g1' stands in another gold file too" in done.stderr
