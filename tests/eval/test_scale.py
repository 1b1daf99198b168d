import json

import pytest
import typer

from eval.bench import scale
from eval.bench.scale import curves, parse_sizes, rows_of, stage_rows
from tests.eval.law_kit import run_command, write_kit


def size(clauses, median_ms):
    question = {"median_ms": median_ms, "p95_ms": 2 * median_ms, "median_cpu_ms": 1.0, "n": 5}
    return {
        "clauses": clauses,
        "store": {"kind": "ivf", "lists": 8, "probes": 3},
        "clauses_per_s": 100,
        "stages_s": {"embed": 2.0, "rest": 0.5},
        "disk_mb": 1.0,
        "resident_mb": 2.0,
        "load_cpu_s": 3.0,
        "question": question,
        "dense_recall@10": 0.97,
    }


@pytest.mark.parametrize("given", ["", "a", "0", "10,-1"])
def test_what_is_no_size_is_refused(given):
    with pytest.raises(typer.BadParameter, match="numbers of clauses"):
        parse_sizes(given)


def test_a_row_tells_store_speed_memory_and_recall():
    [row] = rows_of([size(1000, 4.0)])
    assert row["store"] == "ivf 3"
    assert (row["median ms"], row["p95 ms"], row["dense recall@10"]) == (4.0, 8.0, 0.97)


def test_stages_are_told_in_microseconds_a_clause():
    assert stage_rows([size(1000, 4.0)]) == [{"clauses": 1000, "embed µs": 2000, "rest µs": 500}]


def test_the_aims_are_drawn_as_far_as_sizes_go():
    points = curves([size(10_000, 3.0), size(300_000, 9.0)])
    assert points["median"] == [(10_000, 3.0), (300_000, 9.0)]
    assert points["aim of the median"] == [(10_000, 4.0), (300_000, 15.0)]
    assert "aim of the median" not in curves([size(100, 1.0)])


def test_each_size_is_built_and_asked_in_processes_of_their_own(tmp_path):
    kit = write_kit(tmp_path)
    options = ["--work", str(tmp_path / "work"), "--out", str(tmp_path / "out"), "--json"]
    done = run_command(scale.main, "--data", str(kit), "--sizes", "30,12", *options)
    assert done.exit_code == 0, done.output
    written = json.loads((tmp_path / "out" / "scale.json").read_bytes())["sizes"]
    assert [each["clauses"] for each in written] == [12, 30]
    for each in written:
        assert each["store"]["kind"] == "flat"
        assert each["dense_recall@10"] == 1
        assert each["question"]["n"] == 6
        assert each["before_mb"] < each["resident_mb"]
        assert set(each["stages_s"]) >= {"embed", "lexical", "table", "store", "rest"}
        assert each["disk_mb"] > 0
    assert "| 12 | flat |" in (tmp_path / "out" / "scale.md").read_text(encoding="utf-8")
    assert list((tmp_path / "work").iterdir()) == []
