"""How long it takes to ask, score and report a thousand questions in this process.

The questions are those of the gold files given, over and over, each time under other ids. Run it
as ``python -m eval.bench.toolkit --index DIR``.
"""

import json
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path
from typing import Annotated, Any

import typer

from eval.asking import Question, ask_all
from eval.environment import machine
from eval.gold import GoldRow
from eval.gold_file import read_rows
from eval.markdown import run_markdown
from eval.report.page import report_html
from eval.run import locate_all, measure
from eval.run_folder import FORMAT, RunFolder, dump, read_run
from eval.summary import summary
from eval.targets import Target, index_target

GOLD = Path(__file__).parents[1] / "gold"

Json = dict[str, Any]


def many(paths: Sequence[Path], count: int) -> list[tuple[GoldRow, str]]:
    """Give ``count`` rows with their lines, ids made unique, from gold files over and over."""
    rows = [each for path in paths for each in read_rows(path)]
    found = []
    for i, each in enumerate(islice(cycle(rows), count)):
        row_id = f"{each.row.id}-{i}"
        values = {**json.loads(each.raw), "id": row_id}
        found.append((replace(each.row, id=row_id), json.dumps(values, ensure_ascii=False)))
    return found


def time_run(rows: Sequence[tuple[GoldRow, str]], target: Target, folder: Path) -> Json:
    """Ask, measure, write and report; give the seconds that each took."""
    took: Json = {}

    def timed(name: str, call: Callable[[], Any]) -> Any:  # noqa: ANN401
        start = time.perf_counter()
        result = call()
        took[f"{name}_s"] = round(time.perf_counter() - start, 2)
        return result

    gold = [row for row, _ in rows]
    about = {"format": FORMAT, "identity": {}, "started": "", "target": target.name, "gold": []}
    run = RunFolder.begin(
        folder, {**about, "environment": {"commit": None}}, [line for _, line in rows]
    )
    located = timed("locate", lambda: locate_all(gold, target.documents))
    questions = [Question(row.id, row.question) for row in gold]
    timed("ask", lambda: ask_all(questions, target.ask, keep=run.keep))
    result = timed("measure", lambda: measure(located, run.kept, target.documents))
    scores = timed("score", lambda: summary(result))
    counts = {"questions": len(gold), "answered": len(gold), "failed": 0}
    timed("write", lambda: run.finish(result, scores, index=scores["index"], **counts))
    stored = timed("read", lambda: read_run(folder))
    timed("report", lambda: (report_html(stored), run_markdown(stored)))
    return {**took, "total_s": round(sum(took.values()), 2)}


def main(
    *,
    index: Annotated[Path, typer.Option(exists=True, file_okay=False, help="Index folder.")],
    gold: Annotated[
        list[Path] | None, typer.Option(exists=True, dir_okay=False, help="Gold files.")
    ] = None,
    questions: Annotated[int, typer.Option(min=1, help="Questions asked.")] = 1_000,
) -> None:
    """Print the seconds that each step took, as JSON."""
    paths = gold or [GOLD / "dev.jsonl", GOLD / "seeds.jsonl"]
    target = index_target(index)
    with tempfile.TemporaryDirectory() as folder:
        took = time_run(many(paths, questions), target, Path(folder) / "run")
    typer.echo(dump({"questions": questions, **took, "machine": machine()}))


if __name__ == "__main__":
    typer.run(main)
