"""What one `yiju ask` in a fresh process takes, and that it does not import torch.

Run it as ``python -m eval.bench.cold_start --index DIR``.
"""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from typing import Annotated, Any

import typer

from eval.bench.processes import Finished, run_python
from eval.bench.results import RESULTS, report, tell

QUESTION = "浙江的药品安全专家库由谁牵头？"
HEAVY = ("torch", "transformers", "sentence_transformers", "scipy", "matplotlib", "bm25s")
_ASK = "import sys; from api.command import main; sys.exit(main())"
_ASK_AND_TELL = """
import atexit, json, sys
atexit.register(lambda: print(json.dumps(sorted(
    {name.partition('.')[0] for name in sys.modules})), file=sys.stderr))
from api.command import main
sys.exit(main())
"""

Json = dict[str, Any]
Run = Callable[[Sequence[str | Path]], Finished]


def measure(index: Path, question: str, *, runs: int, run: Run = run_python) -> Json:
    """Ask a question in fresh processes.

    Parameters
    ----------
    index : Path
        Index folder.
    question : str
        What is asked each time.
    runs : int
        Processes timed, at least 1; one more warms up the file cache.
    run : callable
        Runs this Python with arguments.

    Returns
    -------
    dict
        ``cpu_s`` and ``wall_s``, each the median with all runs under ``runs``; ``imported``,
        those of ``HEAVY`` that were imported.
    """
    ask = ["ask", question, "--index", str(index)]
    told = run(["-c", _ASK_AND_TELL, *ask])
    modules = json.loads(told.stderr.strip().splitlines()[-1])
    finished = [run(["-c", _ASK, *ask]) for _ in range(runs)]
    return {
        "cpu_s": round(median(each.cpu_s for each in finished), 3),
        "wall_s": round(median(each.wall_s for each in finished), 3),
        "runs": [
            {"cpu_s": round(each.cpu_s, 3), "wall_s": round(each.wall_s, 3)} for each in finished
        ],
        "imported": [name for name in HEAVY if name in modules],
    }


def main(
    *,
    index: Annotated[Path, typer.Option(exists=True, file_okay=False, help="Index folder.")],
    question: Annotated[str, typer.Option(help="What is asked.")] = QUESTION,
    runs: Annotated[int, typer.Option(min=1, help="Processes timed.")] = 5,
    out: Annotated[Path, typer.Option(help="Folder of the results.")] = RESULTS,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, not the table.")] = False,
) -> None:
    """Measure a question asked by a fresh process."""
    tell(f"asking in {runs + 1} fresh processes")
    found = measure(index, question, runs=runs)
    row = {
        "CPU s (median)": found["cpu_s"],
        "wall s (median)": found["wall_s"],
        "runs": len(found["runs"]),
        "heavy imports": ", ".join(found["imported"]) or "none",
    }
    report("cold_start", found, [row], out=out, as_json=as_json)


if __name__ == "__main__":
    typer.run(main)
