"""How well gold questions find their evidence, alone and with all national laws around it.

The documents of the questions are indexed by themselves, and once more together with the law
articles of a training kit as distractors. Beside the whole search stand BM25 and the dense leg by
themselves. Run it as ``python -m eval.bench.seeds --data KIT``.
"""

import json
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from eval.bench.laws import read_laws
from eval.bench.legs import by_meaning, by_words
from eval.bench.results import RESULTS, report, tell
from eval.retrieval import SearchQuestion, gold_questions, means, retrieval_values
from index.build import read_folders
from index.embed import load_embedder
from index.folder import load_index, write_index
from index.library import Index, SearchSettings
from index.reranker import read_reranker

GOLD = Path(__file__).parents[1] / "gold"
DOCUMENTS = Path("seeds")
SHIPPED = Path(__file__).parents[2] / "index" / "data" / "reranker.json"
K = 100
ALONE, AMONG = "alone", "among the laws"
LANGUAGES = ("zh-Hans", "zh-Hant", "en")
MOST_OF_FEW = 2
FEW = ", of one or two clauses"
SYSTEMS: Mapping[str, Callable[[Index, str], list[int]]] = {
    "search": lambda index, question: index.rank(question).rows[:K].tolist(),
    "dense leg alone": lambda index, question: by_meaning(
        index.stores, index.embedder, question, k=K
    ),
    "BM25 alone": lambda index, question: by_words(index.stores, question, k=K),
}

Json = dict[str, Any]


def measure(index: Index, questions: Sequence[SearchQuestion]) -> Json:
    """Give the means of the measures for each system, language and number of clauses."""
    found: Json = {}
    for name, system in SYSTEMS.items():
        values = retrieval_values(questions, [system(index, each.question) for each in questions])
        found[name] = {
            group: {
                "questions": len(ids),
                **{key: round(mean, 4) for key, mean in means({i: values[i] for i in ids}).items()},
            }
            for group, ids in _groups(questions).items()
        }
    return found


def _groups(questions: Sequence[SearchQuestion]) -> dict[str, list[str]]:
    """Give the ids of each language's questions, and of those that few clauses answer.

    A question for a list of tasks has more clauses than fit in a depth of ten.
    """
    groups: dict[str, list[str]] = {}
    for lang in LANGUAGES:
        own = [each for each in questions if each.lang == lang]
        groups[lang] = [each.question_id for each in own]
        groups[f"{lang}{FEW}"] = [each.question_id for each in own if len(each.rows) <= MOST_OF_FEW]
    return {name: ids for name, ids in groups.items() if ids}


def read_questions(gold: Sequence[Path], index: Index) -> list[SearchQuestion]:
    """Read the questions of gold files that have evidence in an index; ids name their file."""
    return [
        replace(each, question_id=f"{path.stem}/{each.question_id}")
        for path in gold
        for each in gold_questions(path, index)
    ]


def trained_on(weights: Path, gold: Sequence[Path]) -> str:
    """Say what the weights learnt from, and warn where these very questions are among it."""
    files = json.loads(weights.read_bytes()).get("trained_on") or ["unknown"]
    told = f"The weights of the re-ranker were learnt from {', '.join(files)}."
    known = sorted(path.name for path in gold if path.name in files)
    if not known:
        return told
    return f"{told} These questions were among them ({', '.join(known)}): the figures are too good."


def rows_of(places: Mapping[str, Json]) -> list[Json]:
    """Make the rows of the table: each system and language alone, among the laws, and the loss."""
    rows = []
    for system, languages in places[ALONE].items():
        for lang, alone in languages.items():
            among = places[AMONG][system][lang]
            rows.append(
                {
                    "system": system,
                    "questions in": lang,
                    "questions": alone["questions"],
                    "R@10": alone["recall@10"],
                    "nDCG@10": alone["ndcg@10"],
                    "R@10 among laws": among["recall@10"],
                    "nDCG@10 among laws": among["ndcg@10"],
                    "loss of nDCG@10": round(alone["ndcg@10"] - among["ndcg@10"], 4),
                }
            )
    return rows


def main(
    *,
    data: Annotated[Path, typer.Option(exists=True, help="Folder of the training kit.")],
    gold: Annotated[
        list[Path] | None, typer.Option(exists=True, dir_okay=False, help="Gold files.")
    ] = None,
    documents: Annotated[
        Path, typer.Option(exists=True, help="Folder of the documents of the questions.")
    ] = DOCUMENTS,
    model: Annotated[str | None, typer.Option(help="Embedding model; the shipped one.")] = None,
    reranker: Annotated[
        Path | None, typer.Option(exists=True, help="Weights; the shipped ones.")
    ] = None,
    out: Annotated[Path, typer.Option(help="Folder of the results.")] = RESULTS,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON, not the table.")] = False,
) -> None:
    """Measure how well gold questions find their evidence, alone and among all laws."""
    embedder = load_embedder(model)
    weights_file = reranker or SHIPPED
    files = gold or [GOLD / "seeds.jsonl", GOLD / "dev.jsonl"]
    problems: list[str] = []
    seeds = read_folders([documents], problems)
    for problem in problems:
        tell(problem)
    settings = SearchSettings(read_reranker(weights_file))
    places: dict[str, Json] = {}
    clauses: dict[str, int] = {}
    for place, around in ((ALONE, []), (AMONG, read_laws(data))):
        tell(f"indexing the documents {place}")
        with tempfile.TemporaryDirectory() as work:
            write_index(Path(work), [*seeds, *around], embedder=embedder)
            index = load_index(Path(work), embedder=embedder, settings=settings)
        questions = read_questions(files, index)
        tell(f"asking {len(questions)} questions")
        places[place] = measure(index, questions)
        clauses[place] = len(index.clauses)
    result = {"clauses": clauses, "model": embedder.fingerprint[:12], "places": places}
    notes = [
        f"{clauses[ALONE]:,} clauses alone, {clauses[AMONG]:,} among the laws.",
        trained_on(weights_file, files),
    ]
    report("seeds", result, rows_of(places), out=out, as_json=as_json, notes=notes)


if __name__ == "__main__":
    typer.run(main)
