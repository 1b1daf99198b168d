import json

import pytest

from eval.asking import Reply
from eval.errors import NoRunError, OccupiedFolderError, UnfinishedRunError
from eval.gold import parse_row
from eval.run import locate_all, measure
from eval.run_folder import RunFolder, read_run
from eval.summary import summary
from tests.eval.examples import DOCUMENTS, TEXTS, answer, entry

ROWS = [
    {
        "id": "g1",
        "question": "管药谁牵头？",
        "type": "lead_unit",
        "behavior": "answer",
        "docs": ["000"],
        "evidence": [{"doc": "000", "start": 0, "end": 5, "text": TEXTS["000_a.txt"][:5]}],
        "lead": "甲局",
        "units": ["甲局", "乙局"],
    },
    {"id": "g2", "question": "你好", "type": "unanswerable", "behavior": "out_of_scope"},
]
LINES = [json.dumps(row, ensure_ascii=False) for row in ROWS]
ABOUT = {"format": 1, "identity": {"gold": "x", "index": "v1"}, "started": "2026-01-01T00:00:00"}
REPLIES = {
    "g1": Reply(
        answer("a:（一）", entries=(entry(1, "a:（一）", "甲局", "甲局", "乙局"),)), None, 3.5
    ),
    "g2": Reply(None, "http://x/v1/ask: 503", 9.0),
}


def begin(folder, *, overwrite=False, **about):
    return RunFolder.begin(folder, {**ABOUT, **about}, LINES, overwrite=overwrite)


def finish(run):
    located = locate_all([parse_row(row) for row in ROWS], DOCUMENTS)
    result = measure(located, run.kept, DOCUMENTS)
    run.finish(result, summary(result), questions=2, answered=1, failed=1)
    return result


@pytest.fixture
def finished(tmp_path):
    run = begin(tmp_path / "run")
    for key, reply in reversed(REPLIES.items()):
        run.keep(key, reply)
    return run.folder, finish(run)


def test_a_finished_run_reads_back_as_it_was(finished):
    folder, result = finished
    stored = read_run(folder)
    assert stored.rows == result.rows
    assert stored.name == "run"
    assert stored.about["complete"] is True
    assert (stored.about["questions"], stored.about["failed"]) == (2, 1)
    assert stored.scores == json.loads((folder / "measures.json").read_text(encoding="utf-8"))


def test_files_stand_in_the_order_of_the_gold_rows(finished):
    folder, _ = finished
    for name in ("gold.jsonl", "answers.jsonl", "measures.jsonl"):
        lines = (folder / name).read_text(encoding="utf-8").splitlines()
        assert [json.loads(line)["id"] for line in lines] == ["g1", "g2"]
    answers = (folder / "answers.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(answers[0]) == {
        "id": "g1",
        "ms": 3.5,
        "error": None,
        "answer": REPLIES["g1"].answer,
    }
    assert json.loads(answers[1])["error"] == "http://x/v1/ask: 503"
    assert (folder / "qrels.trec").read_text(encoding="utf-8") == "g1 0 000_a.txt#0-5 1\n"
    assert (folder / "run.trec").read_text(encoding="utf-8") == ("g1 Q0 000_a.txt#0-5 1 -1 yiju\n")
    assert not list(folder.glob("*.partial"))


def test_a_reply_is_on_disk_as_soon_as_it_is_kept(tmp_path):
    run = begin(tmp_path)
    run.keep("g1", REPLIES["g1"])
    (line,) = (tmp_path / "answers.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["answer"] == REPLIES["g1"].answer


def test_an_interrupted_run_goes_on_with_its_answers_and_asks_failed_questions_again(tmp_path):
    run = begin(tmp_path)
    for key, reply in REPLIES.items():
        run.keep(key, reply)
    run.close()
    again = begin(tmp_path, started="2026-02-02T00:00:00")
    assert again.kept == {"g1": REPLIES["g1"]}
    again.keep("g2", Reply(answer(status="not_found"), None, 1.0))
    finish(again)
    stored = read_run(tmp_path)
    assert stored.about["started"] == ABOUT["started"]
    assert [row.error for row in stored.rows] == [None, None]


def test_a_line_cut_short_by_a_crash_is_asked_again(tmp_path):
    run = begin(tmp_path)
    run.keep("g1", REPLIES["g1"])
    run.close()
    with (tmp_path / "answers.jsonl").open("ab") as file:
        file.write(b'{"id": "g2", "ms": 1.0, "error": null, "answer": {"stat')
    assert set(begin(tmp_path).kept) == {"g1"}
    assert (tmp_path / "answers.jsonl").read_bytes().endswith(b"}\n")


def test_an_unfinished_run_is_not_read_as_if_it_were_whole(tmp_path):
    begin(tmp_path).keep("g1", REPLIES["g1"])
    with pytest.raises(UnfinishedRunError, match=r"unfinished \(1 of 2 questions answered\)"):
        read_run(tmp_path)


def test_a_finished_run_is_written_over_only_when_asked_for(finished):
    folder, result = finished
    with pytest.raises(OccupiedFolderError, match=r"it holds a finished run.*--overwrite"):
        begin(folder)
    assert read_run(folder).rows == result.rows
    assert begin(folder, overwrite=True).kept == {}
    with pytest.raises(UnfinishedRunError):
        read_run(folder)


def test_an_unfinished_run_of_something_else_is_kept_and_what_differs_is_named(tmp_path):
    begin(tmp_path).keep("g1", REPLIES["g1"])
    with pytest.raises(OccupiedFolderError, match="a run of another index"):
        begin(tmp_path, identity={"gold": "x", "index": "v2"})
    assert set(begin(tmp_path).kept) == {"g1"}


def test_a_folder_with_other_files_is_left_alone_even_with_overwrite(tmp_path):
    (tmp_path / "thesis.doc").write_text("precious")
    with pytest.raises(OccupiedFolderError, match="files that are no run"):
        begin(tmp_path, overwrite=True)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.doc"]


def test_what_is_written_over_stands_beside_until_the_next_time(finished):
    folder, result = finished
    (folder / "report.html").write_text("of the first run")
    begin(folder, overwrite=True).close()
    assert not (folder / "report.html").exists()
    old = folder.with_name("run.before")
    assert read_run(old).rows == result.rows
    assert (old / "report.html").read_text() == "of the first run"
    begin(folder, overwrite=True).close()
    assert not (old / "report.html").exists()


def test_a_folder_in_the_way_of_an_old_run_is_left_alone(finished):
    folder, result = finished
    in_the_way = folder.with_name("run.before")
    in_the_way.mkdir()
    (in_the_way / "thesis.doc").write_text("precious")
    with pytest.raises(OccupiedFolderError, match="in the way of the old run"):
        begin(folder, overwrite=True)
    assert (in_the_way / "thesis.doc").read_text() == "precious"
    assert read_run(folder).rows == result.rows


def test_two_processes_do_not_write_one_folder(tmp_path):
    run = begin(tmp_path)
    for overwrite in (False, True):
        with pytest.raises(OccupiedFolderError, match="a run that another process is writing"):
            begin(tmp_path, overwrite=overwrite)
    run.keep("g1", REPLIES["g1"])
    run.close()
    assert set(begin(tmp_path).kept) == {"g1"}


def test_what_a_process_leaves_that_died_at_once_is_no_obstacle(tmp_path):
    (tmp_path / "run.json.partial").write_text("{")
    (tmp_path / ".lock").touch()
    assert begin(tmp_path).kept == {}


def test_a_line_cut_short_in_the_middle_costs_only_itself(tmp_path):
    run = begin(tmp_path)
    with (tmp_path / "answers.jsonl").open("ab") as file:
        file.write(b'{"id": "g2", "ms": 1.0, "err')
    run.keep("g1", REPLIES["g1"])
    run.close()
    assert set(begin(tmp_path).kept) == {"g1"}


@pytest.mark.parametrize("name", ["gold.jsonl", "answers.jsonl", "measures.jsonl", "measures.json"])
@pytest.mark.parametrize("damage", ["missing", "cut", "empty"])
def test_a_damaged_run_is_refused(finished, name, damage):
    folder, _ = finished
    content = (folder / name).read_bytes()
    if damage == "missing":
        (folder / name).unlink()
    else:
        (folder / name).write_bytes(content[: len(content) // 3] if damage == "cut" else b"")
    with pytest.raises(NoRunError, match="damaged"):
        read_run(folder)


def test_a_folder_without_a_run_is_refused(tmp_path):
    with pytest.raises(NoRunError, match="there is no run in it; give a folder that"):
        read_run(tmp_path)
    with pytest.raises(NoRunError, match="there is no run in it"):
        read_run(tmp_path / "none")
    (tmp_path / "run.json").write_text('{"format": 99}')
    with pytest.raises(NoRunError, match="another format"):
        read_run(tmp_path)
    (tmp_path / "run.json").write_text("{")
    with pytest.raises(NoRunError, match=r"run\.json cannot be read"):
        read_run(tmp_path)
