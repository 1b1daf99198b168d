"""Size against time, memory and recall: indexes of ten thousand to a million clauses.

Each index is built, and then searched, by a fresh process on one thread. Run it as
``python -m eval.bench.scale --data KIT --sizes 10000,100000``.
"""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from eval.bench.plot import plot_curves
from eval.bench.processes import run_benchmark
from eval.bench.results import RESULTS, WORK, report, table, tell

SIZES = "10000,100000,300000,1000000"
_TARGETS_MS = {10_000: 4.0, 300_000: 15.0, 1_000_000: 25.0}

Json = dict[str, Any]


def parse_sizes(given: str) -> list[int]:
    """Read sizes, ascending and each once.

    Examples
    --------
    >>> parse_sizes("300000,10000")
    [10000, 300000]
    """
    try:
        sizes = sorted({int(each) for each in given.split(",")})
    except ValueError:
        sizes = [0]
    if sizes[0] < 1:
        raise typer.BadParameter(f"{given}: give numbers of clauses with commas between them")
    return sizes


def rows_of(sizes: Sequence[Json]) -> list[Json]:
    """Make the rows of the table."""
    return [
        {
            "clauses": each["clauses"],
            "store": f"{each['store']['kind']} {each['store']['probes'] or ''}".strip(),
            "build, clauses/s": each["clauses_per_s"],
            "disk MB": each["disk_mb"],
            "resident MB": each["resident_mb"],
            "load s": each["load_cpu_s"],
            "median ms": each["question"]["median_ms"],
            "median CPU ms": each["question"]["median_cpu_ms"],
            "p95 ms": each["question"]["p95_ms"],
            "dense recall@10": each["dense_recall@10"],
        }
        for each in sizes
    ]


def stage_rows(sizes: Sequence[Json]) -> list[Json]:
    """Make the rows of the table of the build's stages, microseconds a clause."""
    return [
        {
            "clauses": each["clauses"],
            **{
                f"{stage} µs": 1e6 * seconds / each["clauses"]
                for stage, seconds in each["stages_s"].items()
            },
        }
        for each in sizes
    ]


def curves(sizes: Sequence[Json]) -> Mapping[str, list[tuple[float, float]]]:
    """Give the points of the plot: clauses and milliseconds."""
    names = {"median": "median_ms", "median, processor time": "median_cpu_ms", "p95": "p95_ms"}
    found = {
        label: [(float(e["clauses"]), float(e["question"][key])) for e in sizes]
        for label, key in names.items()
    }
    largest = max((each["clauses"] for each in sizes), default=0)
    wanted = [(float(size), ms) for size, ms in _TARGETS_MS.items() if size <= largest]
    return {**found, **({"aim of the median": wanted} if wanted else {})}


def measure(data: Path, size: int, folder: Path, model: str | None) -> Json:
    """Build and search one index, each in a process of its own."""
    named = [] if model is None else ["--model", model]
    where = ["--data", str(data), "--index", str(folder), *named]
    built = run_benchmark("build_rate", "--size", str(size), *where)
    tell(f"{size:,} clauses: {built['clauses_per_s']:,} clauses/s; asking")
    return {**built, **run_benchmark("loaded", *where)}


def main(
    *,
    data: Annotated[Path, typer.Option(exists=True, help="Folder of the training kit.")],
    sizes: Annotated[str, typer.Option(help="Numbers of clauses.")] = SIZES,
    model: Annotated[str | None, typer.Option(help="Embedding model; the shipped one.")] = None,
    work: Annotated[Path, typer.Option(help="Where indexes are built.")] = WORK,
    keep: Annotated[bool, typer.Option("--keep", help="Leave the indexes there.")] = False,
    out: Annotated[Path, typer.Option(help="Folder of the results.")] = RESULTS,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, not the table.")] = False,
) -> None:
    """Measure build rate, size, memory, time of a question and recall over sizes."""
    found: list[Json] = []
    for size in parse_sizes(sizes):
        folder = work / f"scale-{size}"
        found.append(measure(data, size, folder, model))
        if not keep:
            shutil.rmtree(folder)
    notes = [
        "A clause is a paragraph of a law; beyond all the paragraphs there are, copies in which "
        "every other piece between punctuation marks is one of any law. `store` is the kind and "
        "the lists probed; the build rate is that of one core; a question is a law question, "
        "`Index.search` with k = 10.",
        table(stage_rows(found)),
    ]
    out.mkdir(parents=True, exist_ok=True)
    plot_curves(
        out / "scale.svg",
        curves(found),
        title="Time of a question, in process, one thread",
        axes=("clauses", "ms"),
        log_x=True,
    )
    report("scale", {"sizes": found}, rows_of(found), out=out, as_json=as_json, notes=notes)


if __name__ == "__main__":
    typer.run(main)
