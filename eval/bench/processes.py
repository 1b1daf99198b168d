"""Fresh processes of this Python, on one thread, with what they used."""

import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.bench.results import tell

ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "TOKENIZERS_PARALLELISM": "false",
}
# An installed command finds its bytecode; a process that may not write it would compile each time.
_KEPT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


@dataclass(frozen=True, slots=True)
class Finished:
    """What a process wrote, and the seconds it took: of the processor, and by the clock."""

    stdout: str
    stderr: str
    cpu_s: float
    wall_s: float


def run_python(arguments: Sequence[str | Path], *, show_progress: bool = False) -> Finished:
    """Run this Python with arguments, to its end.

    Parameters
    ----------
    arguments : sequence of str or Path
        Behind the name of the interpreter.
    show_progress : bool
        Whether its standard error is passed on, not kept.

    Raises
    ------
    subprocess.CalledProcessError
        If it ends with an error.
    """
    before, start = _children_s(), time.perf_counter()
    done = subprocess.run(
        [sys.executable, *map(str, arguments)],
        env={**_KEPT, **ONE_THREAD},
        stdout=subprocess.PIPE,
        stderr=None if show_progress else subprocess.PIPE,
        text=True,
        check=False,
    )
    wall = time.perf_counter() - start
    if done.returncode:
        tell(done.stderr or "")
        done.check_returncode()
    return Finished(done.stdout, done.stderr or "", _children_s() - before, wall)


def run_benchmark(name: str, *arguments: str | Path) -> dict[str, Any]:
    """Run another benchmark in a process of its own, and give the JSON it prints."""
    finished = run_python(["-m", f"eval.bench.{name}", *arguments], show_progress=True)
    values: dict[str, Any] = json.loads(finished.stdout)
    return values


def _children_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
