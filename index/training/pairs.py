"""Pairs of a user's question and the clauses that answer it, of an index."""

from dataclasses import dataclass
from pathlib import Path

from index.confirmed import read_confirmed
from index.library import Index


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and the rows of an index's clauses that answer it, at least one."""

    question: str
    rows: frozenset[int]


@dataclass(frozen=True, slots=True)
class Pairs:
    """What a file of confirmed questions gives: pairs, and a sentence for each row lost."""

    pairs: tuple[Pair, ...]
    unmatched: tuple[str, ...]


def read_pairs(path: Path, index: Index) -> Pairs:
    """Match the rows of a JSONL file to the clauses of an index; see :mod:`index.confirmed`.

    Raises
    ------
    ConfirmedQuestionsError
        If the file cannot be read, or a line of it is no JSON object with a question.
    """
    confirmed = read_confirmed(path, index.documents, index.clauses, index.text)
    pairs = (
        Pair(each.question, frozenset(map(index.row, each.clause_ids)))
        for each in confirmed.questions
    )
    return Pairs(tuple(pairs), confirmed.unmatched)
