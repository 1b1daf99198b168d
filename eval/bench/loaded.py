"""What an index takes in a fresh process: memory, time to load, time of a question.

Run it as ``python -m eval.bench.loaded --index DIR --data KIT``, on one thread if
``OMP_NUM_THREADS=1`` is set.
"""

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from eval.bench.laws import read_questions
from eval.bench.timing import summary, time_calls
from eval.run_folder import dump
from index.embed import load_embedder
from index.folder import load_index
from index.library import Index

K = 10
WARM_UP = 50
ASKED = 300

Json = dict[str, Any]


def resident_mb(status: str) -> float:
    """Read the resident memory off the text of /proc/self/status, in MB (10**6 bytes).

    Examples
    --------
    >>> resident_mb("VmRSS:     1000 kB")
    1.024
    """
    line = next(each for each in status.splitlines() if each.startswith("VmRSS:"))
    return int(line.split()[1]) * 1024 / 1e6


def measure(index: Index, questions: Sequence[str], *, warm_up: int = WARM_UP) -> Json:
    """Ask some questions to warm up, read the memory, and time all of them."""
    for question in questions[:warm_up]:
        index.search(question, k=K)
    memory = _resident_mb()
    found = index.searcher
    return {
        "resident_mb": memory,
        "question": summary(time_calls(lambda q: index.search(q, k=K), questions)),
        "read": summary(time_calls(found.read, questions)),
        "legs": summary(time_calls(found.legs, [found.read(q) for q in questions])),
    }


def _resident_mb() -> float:
    return round(resident_mb(Path("/proc/self/status").read_text(encoding="utf-8")), 1)


def main(
    *,
    folder: Annotated[Path, typer.Option("--index", exists=True, help="Index folder.")],
    data: Annotated[Path, typer.Option(exists=True, help="Folder of the training kit.")],
    model: Annotated[str | None, typer.Option(help="Model of the index; the shipped one.")] = None,
) -> None:
    """Load an index and ask it law questions; print memory and times as JSON."""
    if not sys.platform.startswith("linux"):
        raise typer.BadParameter("memory is read from /proc, which only Linux has")
    questions = [each.question for each in read_questions(data)][:ASKED]
    before = _resident_mb()
    start = time.process_time()
    library = load_index(folder, embedder=load_embedder(model))
    loaded = {"load_cpu_s": round(time.process_time() - start, 2), "before_mb": before}
    typer.echo(dump({**loaded, **measure(library, questions)}))


if __name__ == "__main__":
    typer.run(main)
