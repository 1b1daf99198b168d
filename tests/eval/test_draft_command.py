import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from eval.command import app
from eval.draft import Kind, drafts
from eval.gold import Behavior
from eval.gold_file import read_gold
from tests.eval.gold_lines import ROW, write_lines

Json = dict[str, Any]


@pytest.fixture
def draft(seed_index):
    """Draft from the seed documents by the command."""

    def run(*options: str) -> Result:
        return CliRunner().invoke(app, ["draft", "--index", str(seed_index), *options])

    return run


def lines(written: str) -> list[Json]:
    return [json.loads(line) for line in written.splitlines()]


def test_the_command_writes_the_drafts_and_says_that_none_is_reviewed(draft, library, tmp_path):
    out = tmp_path / "drafts.jsonl"
    done = draft("--out", str(out))
    assert (done.exit_code, done.stdout) == (0, "")
    rows = lines(out.read_text(encoding="utf-8"))
    assert rows == drafts(library)
    assert done.stderr == f"{len(rows)} drafts, none of them reviewed\n"
    assert out.read_bytes().endswith(b"}\n")
    assert b"\\u" not in out.read_bytes()
    assert len(read_gold(out)) == len(rows)


def test_without_a_file_drafts_go_to_stdout(draft, library):
    done = draft("--kind", "target", "--kind", "responsibility", "--limit", "2")
    assert lines(done.stdout) == drafts(library, [Kind.TARGET, Kind.RESPONSIBILITY], limit=2)


def test_the_command_writes_traditional_characters(draft, library):
    done = draft("--lang", "zh-Hant", "--kind", "target", "--limit", "1")
    (row,) = lines(done.stdout)
    assert (row["question"], row["lang"]) == ("紹興市基本藥物評價抽檢合格率達到多少？", "zh-Hant")


def test_a_file_that_exists_is_not_written_over(draft, tmp_path):
    out = tmp_path / "gold.jsonl"
    out.write_text("corrected by hand", encoding="utf-8")
    done = draft("--out", str(out))
    assert done.exit_code == 2
    assert "exists" in done.stderr
    assert out.read_text(encoding="utf-8") == "corrected by hand"


def test_known_questions_are_left_out(draft, library, tmp_path):
    every = drafts(library, [Kind.RESPONSIBILITY])
    first = write_lines(tmp_path / "first.jsonl", *every[:3])
    second = write_lines(
        tmp_path / "second.jsonl", {**ROW, "question": every[5]["question"]}, {**ROW, "id": "g9"}
    )
    done = draft("--kind", "responsibility", "--without", str(first), "--without", str(second))
    assert lines(done.stdout) == [*every[3:5], *every[6:]]
    assert f"{len(every) - 4} drafts" in done.stderr
    broken = write_lines(tmp_path / "broken.jsonl", ROW, "{")
    done = draft("--kind", "responsibility", "--without", str(broken))
    assert done.exit_code == 1
    assert f"{broken}:2: it is not JSON" in done.stderr


@pytest.mark.parametrize(
    "options",
    [
        ["--kind", "riddle"],
        ["--lang", "en"],
        ["--limit", "0"],
        ["--without", "no-such-file.jsonl"],
        ["--feedback", "no-such-file.jsonl"],
        ["--feedback", __file__, "--kind", "target"],
    ],
)
def test_wrong_use_ends_with_2(draft, options):
    assert draft(*options).exit_code == 2


def test_an_index_or_folder_that_is_not_there_ends_with_1_and_is_named(draft, tmp_path):
    missing = tmp_path / "none"
    done = CliRunner().invoke(app, ["draft"], env={"YIJU_INDEX": str(missing)})
    assert done.exit_code == 1
    assert str(missing) in done.stderr
    done = draft("--out", str(missing / "drafts.jsonl"))
    assert done.exit_code == 1
    assert str(missing) in done.stderr


def evaluate(gold: Path, index: Path, *options: str) -> Result:
    arguments = ["run", "--gold", str(gold), "--index", str(index), "--json", *options]
    return CliRunner().invoke(app, arguments)


def test_a_run_refuses_drafts_and_says_what_to_do(library, seed_index, tmp_path):
    rows = drafts(library, [Kind.RESPONSIBILITY], limit=4)
    gold = write_lines(tmp_path / "gold.jsonl", ROW, *rows)
    done = evaluate(gold, seed_index)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("4 gold rows are drafts that no person has reviewed")
    assert rows[0]["id"] in done.stderr
    assert "read and correct them and take out their “reviewed”: false" in done.stderr
    assert "--allow-unreviewed" in done.stderr


def test_drafts_are_scored_once_that_is_allowed_or_a_person_has_read_them(
    library, seed_index, tmp_path
):
    (row,) = drafts(library, [Kind.RESPONSIBILITY], limit=1)
    gold = write_lines(tmp_path / "gold.jsonl", row)
    allowed = evaluate(gold, seed_index, "--allow-unreviewed")
    del row["reviewed"]
    read = evaluate(write_lines(tmp_path / "read.jsonl", row), seed_index)
    for done in (allowed, read):
        assert done.exit_code == 0, done.output
        assert json.loads(done.stdout)["measures"]["lead_exact"]["value"] == 1


def test_every_behavior_of_drafts_is_one_of_gold_rows(library):
    assert {Behavior(row["behavior"]) for row in drafts(library)} == {
        Behavior.ANSWER,
        Behavior.UNITS_NO_LEAD,
        Behavior.OUT_OF_SCOPE,
        Behavior.NOT_STATED,
    }
