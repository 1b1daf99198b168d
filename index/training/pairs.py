"""Pairs of a user's question and the clauses that answer it, from gold rows as eval has them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from index.library import Index
from index.records import Document
from index.training.errors import TrainingDataError


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and the rows of an index's clauses that answer it, at least one."""

    question: str
    rows: frozenset[int]


@dataclass(frozen=True, slots=True)
class Pairs:
    """What a file of gold rows gives: pairs in its order, and a sentence for each row lost."""

    pairs: tuple[Pair, ...]
    unmatched: tuple[str, ...]


def read_pairs(path: Path, index: Index) -> Pairs:
    """Match the rows of a JSONL file to the clauses of an index.

    A row has ``question`` and ``clause_ids``, ``evidence`` or both. A clause id of the index is
    taken as it is. Evidence, with ``doc``, ``start``, ``end`` and ``text``, stands for the
    smallest clause around it; where its text is not at those offsets, for the clause around
    the only place where the text stands. Rows without either, such as questions that are to be
    declined, are passed over.

    Raises
    ------
    TrainingDataError
        If the file cannot be read, or a line of it is no JSON object with a question.
    """
    matcher = _Matcher(index)
    pairs = []
    unmatched = []
    for number, row in _rows(path):
        if not (row.get("clause_ids") or row.get("evidence")):
            continue
        found = matcher.match(row)
        if found:
            pairs.append(Pair(row["question"], found))
        else:
            name = row.get("id") or row["question"]
            unmatched.append(f"{path}, line {number}: {name} matches no clause of the index")
    return Pairs(tuple(pairs), tuple(unmatched))


def _rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    advice = "name a JSONL file of gold rows"
    try:
        lines = path.read_bytes().decode("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise TrainingDataError(path, f"unreadable ({error})", advice) from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise TrainingDataError(path, f"line {number} is no JSON ({error})", advice) from error
        if not isinstance(row, dict) or not isinstance(row.get("question"), str):
            raise TrainingDataError(path, f"line {number} has no question", advice)
        yield number, row


class _Matcher:
    """Finds the clauses of an index that gold rows name."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._rows = {clause.clause_id: row for row, clause in enumerate(index.clauses)}

    def match(self, row: dict[str, Any]) -> frozenset[int]:
        """Give the rows of the clauses that a gold row names."""
        support = set(row.get("support_clause_ids") or ())
        named = [self._rows.get(each) for each in row.get("clause_ids") or ()]
        quoted = [
            self._quoted(evidence)
            for evidence in row.get("evidence") or ()
            if evidence.get("clause_id") not in support
        ]
        known = {each for each in named if each is not None}
        return frozenset(known or {each for each in quoted if each is not None})

    def _quoted(self, evidence: dict[str, Any]) -> int | None:
        """Give the row of the smallest clause around a piece of evidence."""
        doc, text = evidence.get("doc") or "", evidence.get("text") or ""
        start, end = evidence.get("start"), evidence.get("end")
        for document in self._documents(doc):
            content = self._index.text(document.document_id)
            if not isinstance(start, int) or not isinstance(end, int):
                start = end = -1
            if end <= start or (text and content[start:end] != text):
                start, end = _only_place(content, text)
            row = self._smallest(document.document_id, start, end)
            if row is not None:
                return row
        return None

    def _documents(self, name: str) -> list[Document]:
        of_name = [each for each in self._index.documents if name in _names(each)]
        return of_name or list(self._index.documents)

    def _smallest(self, document_id: str, start: int, end: int) -> int | None:
        around = [
            (clause.end - clause.start, row)
            for row, clause in enumerate(self._index.clauses)
            if clause.document_id == document_id
            and not clause.noise
            and clause.start <= start < end <= clause.end
        ]
        return min(around)[1] if around else None


def _names(document: Document) -> tuple[str, ...]:
    return document.document_id, document.file, PurePath(document.file).stem


def _only_place(content: str, text: str) -> tuple[int, int]:
    """Give where the text stands in the content, or an empty span if nowhere or twice."""
    start = content.find(text) if text else -1
    if start < 0 or content.find(text, start + 1) >= 0:
        return 0, 0
    return start, start + len(text)
