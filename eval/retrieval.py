"""What a search has to find for a gold question, and how well it finds it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import ir_measures
from ir_measures import R, nDCG

from eval.documents import of_index
from eval.gold_file import read_gold
from eval.locate import Span, locate
from index.library import Index
from index.records import Clause

RETRIEVAL_MEASURES: Mapping[str, ir_measures.Measure] = {
    "recall@10": R @ 10,
    "recall@100": R @ 100,
    "ndcg@10": nDCG @ 10,
}


@dataclass(frozen=True, slots=True)
class SearchQuestion:
    """A question and the rows of the clauses that answer it, one at least."""

    question_id: str
    question: str
    lang: str
    rows: tuple[int, ...]


def gold_questions(path: Path, index: Index) -> list[SearchQuestion]:
    """Read the gold questions that have evidence in an index.

    A clause answers that holds half of a piece of evidence; of several the one that holds most.

    Raises
    ------
    GoldFileError
        If the file cannot be read.
    GoldDocumentError, GoldEvidenceError
        If a row names what the index has not.
    """
    documents = of_index(index)
    clauses = _by_file(index)
    found = []
    for row in read_gold(path):
        located = locate(row, documents.texts)
        rows = [_row(span, clauses[span.file]) for span in located.spans]
        relevant = tuple(sorted({each for each in rows if each is not None}))
        if relevant:
            found.append(SearchQuestion(row.id, row.question, row.lang, relevant))
    return found


def retrieval_values(
    questions: Sequence[SearchQuestion], rankings: Sequence[Sequence[int]]
) -> dict[str, dict[str, float]]:
    """Give each question's value of every measure, in [0, 1], by its id.

    Parameters
    ----------
    questions : sequence of SearchQuestion
        With ids that occur once.
    rankings : sequence of sequence of int
        For each question the rows found, best first.
    """
    wanted = {q.question_id: {str(row): 1 for row in q.rows} for q in questions}
    scores = {
        q.question_id: {str(row): -float(at) for at, row in enumerate(found)}
        for q, found in zip(questions, rankings, strict=True)
    }
    names = {measure: name for name, measure in RETRIEVAL_MEASURES.items()}
    values: dict[str, dict[str, float]] = {q.question_id: {} for q in questions}
    for metric in ir_measures.iter_calc(list(names), wanted, scores):
        values[metric.query_id][names[metric.measure]] = metric.value
    return values


def means(values: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    """Give the mean of each measure over the questions, 0 where there is none."""
    count = max(len(values), 1)
    return {
        name: sum(each.get(name, 0.0) for each in values.values()) / count
        for name in RETRIEVAL_MEASURES
    }


def _by_file(index: Index) -> dict[str, list[tuple[int, Clause]]]:
    files = {each.document_id: each.file for each in index.documents}
    found: dict[str, list[tuple[int, Clause]]] = {each.file: [] for each in index.documents}
    for row, clause in enumerate(index.clauses):
        if not clause.noise:
            found[files[clause.document_id]].append((row, clause))
    return found


def _row(span: Span, clauses: Iterable[tuple[int, Clause]]) -> int | None:
    """Give the clause that holds most of a span, if that is half of it."""
    best, held = None, 0
    for row, clause in clauses:
        overlap = min(clause.end, span.end) - max(clause.start, span.start)
        if overlap > held:
            best, held = row, overlap
    return best if 2 * held >= span.end - span.start else None
