"""How long an answer takes, and how many times as long as a search by words alone.

Every gold question is answered in this process, and its words are looked up once by BM25 alone,
in turn: both feel the same machine, and their ratio can be compared between machines. Run it as
``python -m eval.bench.latency --index DIR``.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from eval.bench.legs import by_words
from eval.bench.results import RESULTS
from eval.bench.timing import summary, time_call
from eval.environment import machine
from eval.gold_file import read_gold
from eval.run_folder import dump
from index.folder import load_index
from rag.answer import Answerer

GOLD = Path(__file__).parents[1] / "gold" / "dev.jsonl"

Json = dict[str, Any]


def measure(
    questions: Sequence[str],
    answer: Callable[[str], object],
    baseline: Callable[[str], object],
    *,
    repeat: int,
) -> Json:
    """Time ``answer`` and ``baseline`` on every question in turn, after one warm-up round.

    Parameters
    ----------
    questions : sequence of str
        At least one.
    answer, baseline : callable
        What is timed; ``baseline`` is what the ratio is taken to.
    repeat : int
        Rounds over all questions, at least 1.

    Returns
    -------
    dict
        ``answer`` and ``baseline``: see :func:`eval.bench.timing.summary`;
        ``ratio``: median of the answers / median of the baseline, no unit.
    """
    for question in questions:
        baseline(question)
        answer(question)
    baselines, answers = [], []
    for _ in range(repeat):
        for question in questions:
            baselines.append(time_call(baseline, question))
            answers.append(time_call(answer, question))
    timed = {"answer": summary(answers), "baseline": summary(baselines)}
    return {**timed, "ratio": timed["answer"]["median_ms"] / timed["baseline"]["median_ms"]}


def main(
    *,
    index: Annotated[Path, typer.Option(exists=True, file_okay=False, help="Index folder.")],
    gold: Annotated[
        Path, typer.Option(exists=True, dir_okay=False, help="Questions to answer.")
    ] = GOLD,
    repeat: Annotated[int, typer.Option(min=1, help="Rounds over all questions.")] = 5,
    save: Annotated[bool, typer.Option("--save", help=f"Write to {RESULTS.name}/ too.")] = False,
) -> None:
    """Print median and p95 of in-process answers, and their ratio to BM25 alone, as JSON."""
    library = load_index(index)
    answerer = Answerer(library)
    questions = [row.question for row in read_gold(gold)]
    timed = measure(
        questions,
        answerer.ask,
        lambda question: by_words(library.stores, question, k=5),
        repeat=repeat,
    )
    about = {"questions": len(questions), "repeat": repeat, "clauses": len(library.clauses)}
    written = dump({**timed, **about, "index": library.manifest.version, "machine": machine()})
    typer.echo(written)
    if save:
        RESULTS.mkdir(exist_ok=True)
        (RESULTS / "latency.json").write_text(written + "\n", encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
