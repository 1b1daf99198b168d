"""Quality against time: how many candidates are worth looking at.

The law questions are searched by cross-validation (:mod:`eval.bench.folds`) at several depths,
the re-ranker learnt once at the shipped one, and every search is timed. Run it as
``python -m eval.bench.depth --data KIT --models DIR``, on one thread with ``OMP_NUM_THREADS=1``.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import typer

from eval.bench.folds import CrossValidation, cross_validation
from eval.bench.law_questions import UNSEEN, fold_embedders
from eval.bench.laws import read_questions
from eval.bench.plot import plot_curves
from eval.bench.results import RESULTS, WORK, report, tell
from eval.bench.timing import Taken, summary, time_call
from eval.retrieval import means, retrieval_values
from index.reranker import Reranker
from index.search import Depth, Ranked, Searcher

K = 100
_WORDS = (0, 10, 20, 30, 40, 60, 80, 120, 200, 400)
_LEXICAL = (50, 100, 200, 300, 500, 800)
_DENSE = (25, 50, 100, 200, 400)
# Candidates of both legs, and how many of them by their words.
_ALL = (
    (50, 25, 10), (100, 50, 20), (150, 75, 20), (200, 100, 20), (300, 150, 20), (500, 250, 40),
    (800, 400, 120),
)  # fmt: skip

Json = dict[str, Any]


def depths(shipped: Depth) -> dict[str, list[Depth]]:
    """Give the depths to try: along each number the others as shipped, and all of them at once."""
    return {
        "words": [replace(shipped, words=n) for n in sorted({*_WORDS, shipped.words})],
        "lexical": [replace(shipped, lexical=n) for n in sorted({*_LEXICAL, shipped.lexical})],
        "dense": [replace(shipped, dense=n) for n in sorted({*_DENSE, shipped.dense})],
        "all": [Depth(lexical=x, dense=d, words=w) for x, d, w in _ALL],
    }


def measure(
    laws: CrossValidation, rerankers: Sequence[Reranker], tried: Sequence[Depth]
) -> list[Json]:
    """Search for every question at several depths, and time each from its words to its rows.

    All depths of a question are searched in turn, so that they feel the same machine.
    """
    found: list[dict[str, list[int]]] = [{} for _ in tried]
    taken: list[list[Taken]] = [[] for _ in tried]
    for fold in laws.folds:
        asked = [_Asked(laws.searcher(fold, rerankers[fold], depth=each)) for each in tried]
        for question in laws.of_fold(fold):
            for each, rankings, times in zip(asked, found, taken, strict=True):
                times.append(time_call(each.ask, question.question))
                rankings[question.question_id] = each.rows()
    return [
        _result(laws, depth, rankings, times)
        for depth, rankings, times in zip(tried, found, taken, strict=True)
    ]


def _result(
    laws: CrossValidation,
    depth: Depth,
    rankings: Mapping[str, Sequence[int]],
    taken: Sequence[Taken],
) -> Json:
    in_order = [rankings[each.question_id] for each in laws.questions]
    values = means(retrieval_values(laws.questions, in_order))
    return {
        "words": depth.words,
        "lexical": depth.lexical,
        "dense": depth.dense,
        **{name: round(value, 4) for name, value in values.items()},
        **summary(taken),
    }


class _Asked:
    """Keeps what a search found, so that it can be timed."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher
        self._ranked: Ranked | None = None

    def ask(self, question: str) -> None:
        self._ranked = self._searcher.rank(self._searcher.read(question))

    def rows(self) -> list[int]:
        return [] if self._ranked is None else [int(row) for row in self._ranked.rows[:K]]


def curves(measured: Mapping[str, Sequence[Json]]) -> dict[str, list[tuple[float, float]]]:
    """Give the points of the plot: milliseconds of the processor, and recall."""
    return {
        f"over {name}": [(each["median_cpu_ms"], each["recall@10"]) for each in along]
        for name, along in measured.items()
    }


def main(
    *,
    data: Annotated[Path, typer.Option(exists=True, help="Folder of the training kit.")],
    models: Annotated[
        Path | None, typer.Option(exists=True, help="Folder of the models fold0 to fold4.")
    ] = None,
    model: Annotated[
        str | None, typer.Option(help="One model for all folds, that saw no question.")
    ] = None,
    work: Annotated[Path, typer.Option(help="Where indexes are kept for the next time.")] = WORK,
    out: Annotated[Path, typer.Option(help="Folder of the results.")] = RESULTS,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, not the table.")] = False,
) -> None:
    """Measure quality and time of a search over the number of candidates."""
    laws = cross_validation(data, read_questions(data), fold_embedders(models, model), work=work)
    rerankers = laws.rerankers()
    tried = depths(Depth())
    tell("searching at every depth")
    results = iter(measure(laws, rerankers, [each for along in tried.values() for each in along]))
    measured = {name: list(islice(results, len(along))) for name, along in tried.items()}
    rows = [{"over": name, **each} for name, along in measured.items() for each in along]
    shipped = next(e for e in measured["words"] if e["words"] == Depth().words)
    out.mkdir(parents=True, exist_ok=True)
    plot_curves(
        out / "depth.svg",
        curves(measured),
        title=f"Law questions over {laws.clauses:,} articles",
        axes=("median ms of processor time, one thread", "recall@10"),
        marked=[(shipped["median_cpu_ms"], shipped["recall@10"])],
    )
    notes = [
        "`words` candidates are ranked by their words, of `lexical` from BM25 and `dense` from "
        f"the vectors; shipped: {Depth().words}, {Depth().lexical}, {Depth().dense}.",
        *([] if models else [UNSEEN]),
    ]
    result = {"questions": len(laws.questions), "clauses": laws.clauses, "depths": measured}
    report("depth", result, rows, out=out, as_json=as_json, notes=notes)


if __name__ == "__main__":
    typer.run(main)
