"""How well laypeople's questions find the articles that answer them, by cross-validation.

Beside the whole search stands what is left without each of its parts. Run it as
``python -m eval.bench.law_questions --data KIT --models DIR``: DIR holds the embedding models
``fold0`` to ``fold4``, each trained without the questions of its fold. With ``--model`` one model
serves all folds; it must not have seen any of the questions.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import numpy as np
import typer

from eval.bench.folds import CrossValidation, FoldQuestion, cross_validation
from eval.bench.laws import FOLDS, read_questions
from eval.bench.legs import by_meaning, by_words
from eval.bench.results import RESULTS, WORK, report, tell
from eval.resampling import cluster_intervals
from eval.retrieval import RETRIEVAL_MEASURES, retrieval_values
from index.embed import Embedder, load_embedder
from index.search import Depth

K = 100
SHARED = ("none", "some", "all")
UNSEEN = (
    "The one model given serves all folds. It must not have been trained on any of these "
    "questions: else every figure but that of BM25 is too good."
)

Json = dict[str, Any]
Rankings = Mapping[str, Sequence[int]]


def shared(questions: Sequence[FoldQuestion]) -> dict[str, str]:
    """Say of each question, by its id, whether questions of other folds share its articles.

    Returns
    -------
    dict of str to str
        ``none``, ``some`` or ``all`` of its articles also answer a question that was learnt from.
    """
    found = {}
    for each in questions:
        others = {row for other in questions if other.fold != each.fold for row in other.rows}
        count = len(others.intersection(each.rows))
        found[each.question_id] = (
            "none" if not count else "some" if count < len(each.rows) else "all"
        )
    return found


def score(questions: Sequence[FoldQuestion], rankings: Rankings) -> Json:
    """Measure what was found.

    Returns
    -------
    dict
        For each of ``RETRIEVAL_MEASURES`` the mean and its 95 % ``interval``, questions drawn one
        by one; under ``shared`` the means of the questions whose articles ``none``, ``some`` or
        ``all`` were learnt from, with their number.
    """
    values = retrieval_values(questions, [rankings[each.question_id] for each in questions])
    names = list(RETRIEVAL_MEASURES)
    matrix = np.array([[values[q.question_id][name] for name in names] for q in questions])
    intervals = cluster_intervals(
        matrix,
        np.ones_like(matrix),
        np.arange(len(matrix), dtype=np.int64),
        summed=np.zeros(len(names)),
    )
    groups = shared(questions)
    of = np.array([groups[each.question_id] for each in questions])
    parts = {
        group: {"questions": int((of == group).sum()), **_means(matrix[of == group])}
        for group in SHARED
    }
    bounds = {
        f"{name}_interval": [round(float(end), 4) for end in interval]
        for name, interval in zip(names, intervals, strict=True)
    }
    return {**_means(matrix), **bounds, "shared": parts}


def measure(laws: CrossValidation, *, parts: bool = True) -> Json:
    """Measure the whole search, and with ``parts`` what is left without each part of it."""
    rerankers = laws.rerankers()
    found: dict[str, Rankings] = {"search": laws.rankings(rerankers, k=K)}
    if parts:
        found["without the second stage"] = laws.rankings(rerankers, k=K, depth=Depth(words=0))
        for name, less in (
            ("without earlier questions", laws.without_asked()),
            ("without the dense leg", laws.without_dense()),
        ):
            tell(name)
            found[name] = less.rankings(less.rerankers(), k=K)
    found["dense leg alone"] = laws.legs(
        lambda on, question: by_meaning(on.stores, on.embedder, question, k=K)
    )
    found["BM25 alone"] = laws.legs(lambda on, question: by_words(on.stores, question, k=K))
    return {name: score(laws.questions, rankings) for name, rankings in found.items()}


def rows_of(systems: Mapping[str, Json]) -> list[Json]:
    """Make the rows of the table."""
    return [
        {
            "system": name,
            "R@10": each["recall@10"],
            "95 %": "–".join(f"{end:.3f}" for end in each["recall@10_interval"]),
            "R@100": each["recall@100"],
            "nDCG@10": each["ndcg@10"],
            **{f"R@10, {group} shared": each["shared"][group]["recall@10"] for group in SHARED},
        }
        for name, each in systems.items()
    ]


def fold_embedders(models: Path | None, model: str | None) -> list[Embedder]:
    """Load a model for each fold from a folder, or else one for all."""
    if models is None:
        tell(UNSEEN)
        return [load_embedder(model)]
    return [load_embedder(str(models / f"fold{fold}")) for fold in range(FOLDS)]


def _means(matrix: np.ndarray[Any, Any]) -> dict[str, float]:
    if not len(matrix):
        return dict.fromkeys(RETRIEVAL_MEASURES, 0.0)
    means = matrix.mean(axis=0)
    return {n: round(float(v), 4) for n, v in zip(RETRIEVAL_MEASURES, means, strict=True)}


def main(
    *,
    data: Annotated[Path, typer.Option(exists=True, help="Folder of the training kit.")],
    models: Annotated[
        Path | None, typer.Option(exists=True, help="Folder of the models fold0 to fold4.")
    ] = None,
    model: Annotated[
        str | None, typer.Option(help="One model for all folds, that saw no question.")
    ] = None,
    parts: Annotated[bool, typer.Option(help="Measure the search without its parts too.")] = True,
    work: Annotated[Path, typer.Option(help="Where indexes are kept for the next time.")] = WORK,
    out: Annotated[Path, typer.Option(help="Folder of the results.")] = RESULTS,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, not the table.")] = False,
) -> None:
    """Measure the retrieval of law articles by five-fold cross-validation."""
    embedders = fold_embedders(models, model)
    laws = cross_validation(data, read_questions(data), embedders, work=work)
    systems = measure(laws, parts=parts)
    groups = list(shared(laws.questions).values())
    counts = ", ".join(f"{groups.count(group)} {group}" for group in SHARED)
    notes = [
        f"{len(laws.questions)} questions over {laws.clauses:,} articles; of their articles, "
        f"questions that were learnt from share: {counts}.",
        *([] if models else [UNSEEN]),
    ]
    result = {
        "questions": len(laws.questions),
        "clauses": laws.clauses,
        "models": [each.fingerprint[:12] for each in embedders],
        "systems": systems,
    }
    report("law_questions", result, rows_of(systems), out=out, as_json=as_json, notes=notes)


if __name__ == "__main__":
    typer.run(main)
