import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from eval.asking import Reply
from eval.command import app
from eval.errors import UnfinishedRunError
from eval.run_folder import read_run
from tests.eval.examples import TEXTS, answer, entry
from tests.eval.server import serving

GOLD: list[dict[str, Any]] = [
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
def eval_run(gold: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Result]:
    monkeypatch.chdir(tmp_path)

    def run(*options: str, answers: dict[str, Any] = ANSWERS, **faults: Any) -> Result:
        with serving(answers, **faults) as url:
            command = ["run", "--gold", str(gold), "--url", url, "--retries", "0", *options]
            return CliRunner().invoke(app, command)

    return run


@pytest.fixture
def one_server(gold: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Any]:
    """The same command, again and again, at one address."""
    monkeypatch.chdir(tmp_path)

    @contextmanager
    def begin(**faults: Any) -> Iterator[Callable[..., Result]]:
        with serving(ANSWERS, **faults) as url:
            command = ["run", "--gold", str(gold), "--url", url, "--retries", "0"]
            yield lambda *options: CliRunner().invoke(app, [*command, *options])

    return begin


def test_the_measures_are_printed_with_their_number_of_rows(eval_run):
    done = eval_run("--by", "lang")
    assert done.exit_code == 0, done.output
    lines = [line.split("│")[1:5] for line in done.output.splitlines() if line.startswith("│")]
    assert ["lead_exact", "0.000", "-", "1"] in [[cell.strip() for cell in line] for line in lines]
    assert "2 questions" in done.output
    assert "lang: zh-Hans" in done.output


def test_json_is_all_there_is_on_stdout(eval_run, gold):
    done = eval_run("--json", "--by", "type")
    printed = json.loads(done.stdout)
    none = {"low": None, "high": None}
    assert printed["measures"]["hit@1"] == {"value": 0, "n": 1, **none}
    assert printed["measures"]["hit@5"] == {"value": 1, "n": 1, **none}
    assert printed["measures"]["status_right"] == {
        "value": 1,
        "n": 2,
        "low": pytest.approx(0.025**0.5),
        "high": 1,
    }
    assert printed["by"]["type"]["unanswerable"]["abstain_recall"] == {"value": 1, "n": 1, **none}
    assert printed["wrong"] == {"g1": ["lead_exact", "hit@1"]}
    assert printed["index"] == {"version": "v1", "model": "m1"}
    assert (printed["questions"], printed["answered"], printed["failed"]) == (2, 2, 0)
    checksum = hashlib.sha256(gold.read_bytes()).hexdigest()
    assert printed["gold"] == [{"file": "gold.jsonl", "sha256": checksum}]
    assert printed["environment"]["versions"]["ir-measures"]
    assert printed["settings"] == {"workers": 4, "timeout_s": 60.0, "retries": 0}


def test_a_run_folder_holds_every_answer_and_the_measures(eval_run, tmp_path):
    out = tmp_path / "runs" / "1"
    done = eval_run("--out", str(out), "--json")
    printed = json.loads(done.stdout)
    written = json.loads((out / "measures.json").read_text(encoding="utf-8"))
    assert written.items() <= printed.items()
    first, second = map(json.loads, (out / "answers.jsonl").read_text().splitlines())
    assert (first["id"], first["answer"]) == ("g1", ANSWERS["管药谁牵头？"])
    assert second["ms"] > 0
    stored = read_run(out)
    assert stored.rows[0].values["lead_exact"] == 0
    assert stored.rows[1].values["lead_exact"] is None
    assert (out / "gold.jsonl").read_text(encoding="utf-8").splitlines() == [
        json.dumps(row) for row in GOLD
    ]


def test_without_a_folder_named_the_answers_of_a_server_are_kept_in_one(eval_run, tmp_path):
    done = eval_run()
    (folder,) = (tmp_path / ".yiju" / "runs").iterdir()
    assert f"run written to {folder.relative_to(tmp_path)}" in done.stderr
    assert len(read_run(folder).rows) == 2


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
        ["--workers", "0"],
    ],
)
def test_wrong_use_ends_with_2(eval_run, options):
    assert eval_run(*options).exit_code == 2


def test_options_that_do_not_go_together_end_with_2(gold, tmp_path):
    adapter = tmp_path / "adapter.py"
    adapter.write_text("ask = None")
    for options in (
        ["--url", "nowhere"],
        ["--adapter", str(adapter)],
        ["--documents", str(tmp_path), "--index", "x"],
        ["--adapter", str(adapter), "--documents", str(tmp_path), "--url", "http://x"],
    ):
        done = CliRunner().invoke(app, ["run", "--gold", str(gold), *options])
        assert done.exit_code == 2, options


def test_a_question_that_fails_counts_as_wrong_and_is_said(eval_run):
    one = eval_run("--json", answers={"你好": ANSWERS["你好"]})
    assert one.exit_code == 0
    printed = json.loads(one.stdout)
    assert (printed["answered"], printed["failed"]) == (1, 1)
    assert printed["measures"]["status_right"]["value"] == 0.5
    assert printed["measures"]["hit@1"] == {"value": 0, "n": 1, "low": None, "high": None}
    assert "lead_exact" in printed["wrong"]["g1"]
    assert "1 of 2 questions got no answer and count as wrong (g1)" in one.stderr
    assert "503 Service Unavailable" in one.stderr
    table = eval_run("--wrong", answers={"你好": ANSWERS["你好"]})
    assert "2 questions, 1 of them without an answer" in table.output
    assert "no answer http" in table.output


def test_where_no_question_got_an_answer_nothing_is_scored(eval_run):
    done = eval_run("--json", answers={})
    assert done.exit_code == 1
    assert done.stdout == ""
    assert "no question got an answer" in done.stderr
    assert "503" in done.stderr
    assert "nothing is scored" in done.stderr


def test_an_answer_of_a_wrong_schema_is_told_by_field(eval_run):
    broken = {**ANSWERS["管药谁牵头？"], "citations": [{"quote": 3}]}
    done = eval_run(answers={**ANSWERS, "管药谁牵头？": broken})
    assert "citations[0].quote: expected a string, got 3" in done.stderr
    assert "1 of 2 questions got no answer" in done.stderr


def many(tmp_path: Path, count: int) -> str:
    rows = [
        {"id": f"m{i}", "question": f"你好{i}", "type": "unanswerable", "behavior": "out_of_scope"}
        for i in range(count)
    ]
    path = tmp_path / "many.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return str(path)


def test_a_server_that_goes_down_ends_the_run_without_a_score_and_it_goes_on_later(
    monkeypatch, tmp_path
):
    monkeypatch.chdir(tmp_path)
    answers = {f"你好{i}": answer(status="not_found") for i in range(40)}
    state = {"down": True}
    asked = []

    def fault(question: str, attempt: int) -> tuple[int, bytes, float] | None:
        asked.append(question)
        number = question.removeprefix("你好")
        if state["down"] and number.isdigit() and int(number) >= 20:
            return 503, b"", 0.0
        return None

    options = ["--gold", many(tmp_path, 40), "--out", "run", "--json", "--workers", "2"]
    with serving({**ANSWERS, **answers}, fault=fault) as url:
        command = ["run", "--url", url, "--retries", "0", *options]
        done = CliRunner().invoke(app, command)
        assert done.exit_code == 1
        assert done.stdout == ""
        assert "10 questions in a row got no answer" in done.stderr
        assert "20 of 40 questions answered, nothing is scored" in done.stderr
        assert "kept in run: give the same command again to go on" in done.stderr
        with pytest.raises(UnfinishedRunError):
            read_run(Path("run"))
        state["down"] = False
        asked.clear()
        done = CliRunner().invoke(app, command)
    assert done.exit_code == 0
    assert "going on with the run in run: 20 answers are there already" in done.stderr
    assert sorted(asked) == sorted(f"你好{i}" for i in range(20, 40))
    assert json.loads(done.stdout)["measures"]["status_right"]["value"] == 1
    assert len(read_run(Path("run")).rows) == 40


def test_an_interrupted_run_keeps_its_answers_and_prints_no_score(eval_run, monkeypatch, tmp_path):
    def interrupted(*_: object, keep: Callable[..., None], **__: object) -> None:
        keep("g1", Reply(ANSWERS["管药谁牵头？"], None, 1.0))
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("eval.commands.run.ask_all", interrupted)
        done = eval_run("--out", "run", "--json")
    assert done.exit_code == 1
    assert done.stdout == ""
    assert "interrupted; 1 of 2 questions answered, nothing is scored" in done.stderr
    assert len((tmp_path / "run" / "answers.jsonl").read_text().splitlines()) == 1


def test_a_finished_run_is_not_written_over(one_server):
    with one_server() as run:
        assert run("--out", "run").exit_code == 0
        again = run("--out", "run")
        assert again.exit_code == 1
        assert "it holds a finished run" in again.stderr
        assert run("--out", "run", "--overwrite").exit_code == 0


def test_an_index_that_is_not_there_ends_with_1(gold, tmp_path):
    missing = str(tmp_path / "none")
    done = CliRunner().invoke(app, ["run", "--gold", str(gold)], env={"YIJU_INDEX": missing})
    assert done.exit_code == 1
    assert missing in done.stderr


def test_a_malformed_gold_file_ends_with_1_and_names_the_line(eval_run, tmp_path):
    wrong = tmp_path / "wrong.jsonl"
    wrong.write_text("\n{}\n", encoding="utf-8")
    done = eval_run("--gold", str(wrong))
    assert done.exit_code == 1
    assert f"{wrong}:2: id, question, type, behavior are missing or empty" in done.stderr


def test_a_field_that_no_measure_reads_is_told_with_its_line(eval_run, tmp_path):
    odd = tmp_path / "odd.jsonl"
    odd.write_text(json.dumps({**GOLD[1], "id": "g9", "difficulty": 3}), encoding="utf-8")
    done = eval_run("--gold", str(odd))
    assert done.exit_code == 0
    assert f"{odd}:1: field 'difficulty' is not a field of gold rows" in done.stderr


def test_an_id_in_two_gold_files_is_refused(eval_run, gold, tmp_path):
    copy = tmp_path / "copy.jsonl"
    copy.write_bytes(gold.read_bytes())
    done = eval_run("--gold", str(copy))
    assert done.exit_code == 1
    assert f"{copy}:1: id 'g1' stands in another gold file too" in done.stderr


def test_rows_that_nobody_reviewed_are_refused_unless_allowed(eval_run, tmp_path):
    drafts = tmp_path / "drafts.jsonl"
    drafts.write_text(json.dumps({**GOLD[1], "id": "d1", "reviewed": False}), encoding="utf-8")
    done = eval_run("--gold", str(drafts))
    assert done.exit_code == 1
    assert "1 gold rows are drafts that no person has reviewed (d1)" in done.stderr
    assert eval_run("--gold", str(drafts), "--allow-unreviewed").exit_code == 0


def test_an_adapter_is_asked_and_its_citations_are_found_in_the_documents(gold, tmp_path):
    folder = tmp_path / "documents"
    folder.mkdir()
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    adapter = tmp_path / "adapter.py"
    adapter.write_text(
        "def ask(question):\n"
        "    if '你好' in question:\n"
        "        return {'status': 'not_found'}\n"
        "    cited = [{'quote': '（一）管药。责任单位：甲局、乙局。'}]\n"
        "    entry = {'lead': '甲局', 'units': ['甲局', '乙局']}\n"
        "    return {'status': 'answered', 'citations': cited, 'responsibilities': [entry]}\n",
        encoding="utf-8",
    )
    options = ["--adapter", str(adapter), "--documents", str(folder), "--json"]
    done = CliRunner().invoke(app, ["run", "--gold", str(gold), *options])
    assert done.exit_code == 0, done.output
    measures = json.loads(done.stdout)["measures"]
    for name in ("lead_exact", "units_exact", "status_right", "hit@1", "citations_resolve"):
        assert measures[name]["value"] == 1, name
