import json

from eval.bench import cold_start
from eval.bench.cold_start import QUESTION, measure
from eval.bench.processes import Finished
from tests.eval.law_kit import run_command


def test_medians_are_taken_of_runs_after_one_that_tells_the_modules(tmp_path):
    seconds = iter([9.0, 0.5, 0.7, 0.6])
    asked = []

    def run(arguments):
        asked.append(arguments)
        cpu_s = next(seconds)
        return Finished("{}", 'a warning\n["json", "torch"]\n', cpu_s, 2 * cpu_s)

    found = measure(tmp_path, "问", runs=3, run=run)
    assert (found["cpu_s"], found["wall_s"]) == (0.6, 1.2)
    assert found["imported"] == ["torch"]
    assert [each[2:] for each in asked] == [["ask", "问", "--index", str(tmp_path)]] * 4


def test_the_command_answers_without_importing_torch(seed_index, tmp_path):
    done = run_command(
        cold_start.main, "--index", str(seed_index), "--runs", "1", "--out", str(tmp_path), "--json"
    )
    assert done.exit_code == 0, done.output
    written = json.loads((tmp_path / "cold_start.json").read_bytes())
    assert written["imported"] == []
    assert written["cpu_s"] > 0
    assert len(written["runs"]) == 1
    assert QUESTION.startswith("浙江")
