"""Train the re-ranker that the package ships with, and write its weights.

Run it as ``python -m eval.train_reranker --data KIT --model MODEL --gold GOLD=DOCUMENTS --out
FILE``. It learns from the law questions of a training kit and from gold questions over folders of
documents, which are searched by themselves and among all the laws. The model must not have been
trained on any of these questions (``yiju model train --no-questions``): else their cosines look
better than those of a new question ever will, and count for too much.
"""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from eval.bench.laws import FOLDS, LawQuestion, read_laws, read_questions
from eval.bench.laws import QUESTIONS as LAW_QUESTIONS
from eval.rerank import Example, asked_features, example, train
from eval.retrieval import gold_questions
from index.asked import AskedQuestions
from index.build import read_folders
from index.clean import fold
from index.embed import Embedder, load_embedder
from index.folder import load_index, write_index
from index.library import Index, SearchSettings
from index.records import ReadDocument
from index.reranker import untrained_reranker, write_reranker

# A law question counts once; there are twice as many of them, all of one kind.
_ALONE, _AMONG_LAWS = 3.0, 1.5

GoldSet = tuple[Path, Path]


def main(
    data: Annotated[Path, typer.Option(help="Folder of the training kit.")],
    model: Annotated[str, typer.Option(help="Embedding model that saw none of the questions.")],
    gold: Annotated[
        list[str], typer.Option(help="GOLD=DOCUMENTS, a file and a folder; may repeat.")
    ],
    out: Annotated[Path, typer.Option(help="File to write the weights to.")],
) -> None:
    """Train the re-ranker and write its weights."""
    sets = [_gold_set(each) for each in gold]
    embedder = load_embedder(model)
    with tempfile.TemporaryDirectory() as work:
        examples = list(_examples(data, sets, embedder, Path(work)))

    found = sum(bool(each.relevant.any()) for each in examples)
    _tell(f"fitting {found} questions with a relevant candidate, of {len(examples)}")
    notes = {"trained_on": [LAW_QUESTIONS, *(path.name for path, _ in sets)], "questions": found}
    write_reranker(out, train(examples), notes)
    _tell(f"wrote {out}")


def _examples(
    data: Path, sets: Sequence[GoldSet], embedder: Embedder, work: Path
) -> Iterator[Example]:
    laws, questions = read_laws(data), read_questions(data)
    for path, folder in sets:
        problems: list[str] = []
        documents = read_folders([folder], problems)
        for problem in problems:
            _tell(problem)
        alone = _index(work / "alone", documents, embedder)
        yield from _of_gold(path, alone, weight=_ALONE)
        among = _index(work / "among", [*laws, *documents], embedder)
        yield from _of_gold(path, among, weight=_AMONG_LAWS)
    yield from _of_laws(questions, among if sets else _index(work / "laws", laws, embedder))


def _of_gold(path: Path, index: Index, *, weight: float) -> Iterator[Example]:
    questions = gold_questions(path, index)
    _tell(f"{path.name}: {len(questions)} questions over {len(index.clauses)} clauses")
    for each in questions:
        yield example(index.searcher, each.question, each.rows, weight=weight)


def _of_laws(questions: Sequence[LawQuestion], index: Index) -> Iterator[Example]:
    """Take the law questions, each with what was asked in the folds that it is not in."""
    _tell(f"{len(questions)} law questions over {len(index.clauses)} clauses")
    rows = {each.question_id: [index.row(i) for i in each.clause_ids] for each in questions}
    stores = index.stores
    for part in range(FOLDS):
        others = [each for each in questions if each.fold != part]
        asked = AskedQuestions(
            [fold(each.question) for each in others],
            [rows[each.question_id] for each in others],
            stores.table,
            stores.lexical,
        )
        for each in questions:
            if each.fold == part:
                found = example(index.searcher, each.question, rows[each.question_id])
                lent = asked_features(asked, index.searcher, each.question, found.rows)
                yield found.with_asked(lent)


def _index(out: Path, documents: Sequence[ReadDocument], embedder: Embedder) -> Index:
    write_index(out, documents, embedder=embedder)
    # The candidates do not depend on weights, and new features have none yet.
    return load_index(out, embedder=embedder, settings=SearchSettings(untrained_reranker()))


def _gold_set(given: str) -> GoldSet:
    path, _, folder = given.partition("=")
    if not Path(path).is_file() or not Path(folder).is_dir():
        raise typer.BadParameter(f"{given}: give a gold file, =, and the folder of its documents")
    return Path(path), Path(folder)


def _tell(message: str) -> None:
    sys.stderr.write(f"{message}\n")


if __name__ == "__main__":
    typer.run(main)
