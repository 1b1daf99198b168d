import subprocess

import pytest

from eval.bench.processes import run_python


def test_what_a_process_writes_and_uses_is_told():
    done = run_python(["-c", "print(sum(range(3_000_000)))"])
    assert done.stdout == "4499998500000\n"
    assert done.cpu_s > 0
    assert done.wall_s > 0


def test_a_process_runs_on_one_thread():
    done = run_python(["-c", "import os; print(os.environ['OMP_NUM_THREADS'])"])
    assert done.stdout == "1\n"


def test_a_process_that_fails_says_why(capsys):
    with pytest.raises(subprocess.CalledProcessError):
        run_python(["-c", "raise SystemExit('no index')"])
    assert "no index" in capsys.readouterr().err
