import json

from eval.bench import depth
from eval.bench.depth import curves, depths
from index.search import Depth
from tests.eval.law_kit import run_command, write_kit


def test_each_number_is_tried_with_the_others_as_shipped():
    shipped = Depth(lexical=7, dense=5, words=3)
    tried = depths(shipped)
    assert list(tried) == ["words", "lexical", "dense", "all"]
    assert all(shipped in tried[name] for name in ("words", "lexical", "dense"))
    assert {(each.lexical, each.dense) for each in tried["words"]} == {(7, 5)}
    assert [each.words for each in tried["words"]] == sorted({e.words for e in tried["words"]})
    assert {(each.lexical, each.words) for each in tried["dense"]} == {(7, 3)}


def test_a_curve_is_recall_over_processor_time():
    measured = {"words": [{"median_cpu_ms": 2.0, "recall@10": 0.6, "words": 10}]}
    assert curves(measured) == {"over words": [(2.0, 0.6)]}


def test_the_command_measures_quality_and_time_at_every_depth(tmp_path):
    kit = write_kit(tmp_path)
    options = ["--work", str(tmp_path / "work"), "--out", str(tmp_path / "out"), "--json"]
    done = run_command(depth.main, "--data", str(kit), *options)
    assert done.exit_code == 0, done.output
    written = json.loads((tmp_path / "out" / "depth.json").read_bytes())["depths"]
    assert {name: len(along) for name, along in written.items()} == {
        name: len(along) for name, along in depths(Depth()).items()
    }
    shipped = next(each for each in written["words"] if each["words"] == Depth().words)
    assert shipped["n"] == 6
    assert shipped["recall@10"] == shipped["recall@100"] == 1
    assert shipped["median_ms"] > 0
