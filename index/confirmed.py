"""Confirmed questions: rows of a file, each a question and the clauses that answer it."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from index.asked import AskedQuestion
from index.errors import ConfirmedQuestionsError
from index.records import Clause, Document


@dataclass(frozen=True, slots=True)
class Confirmed:
    """What a file gives: questions in its order, and a sentence for each row that fits nothing."""

    questions: tuple[AskedQuestion, ...]
    unmatched: tuple[str, ...]


def read_confirmed(
    path: Path,
    documents: Sequence[Document],
    clauses: Sequence[Clause],
    text_of: Callable[[str], str],
) -> Confirmed:
    """Match the rows of a JSONL file to clauses.

    A row has ``question`` and ``clause_ids``, ``evidence`` or both, as gold rows do. A clause id
    that is known is taken as it is. Evidence, with ``doc``, ``start``, ``end`` and ``text``,
    stands for the smallest clause around it; where its text is not at those offsets, for the
    clause around the only place where the text stands. Rows without either, such as questions
    that are to be declined, are passed over.

    Parameters
    ----------
    path : Path
        The file.
    documents, clauses : sequence
        Those that rows may name.
    text_of : callable
        Gives a document's text as published by its id.

    Raises
    ------
    ConfirmedQuestionsError
        If the file cannot be read, or a line of it is no JSON object with a question.
    """
    matcher = _Matcher(documents, clauses, text_of)
    questions = []
    unmatched = []
    for number, row in _rows(path):
        if not (row.get("clause_ids") or row.get("evidence")):
            continue
        found = matcher.match(row)
        if found:
            questions.append(AskedQuestion(row["question"], found))
        else:
            name = row.get("id") or row["question"]
            unmatched.append(f"{path.name}, line {number}: {name} matches no clause; left out")
    return Confirmed(tuple(questions), tuple(unmatched))


def _rows(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    try:
        lines = path.read_bytes().decode("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfirmedQuestionsError(path, f"unreadable ({error})") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise ConfirmedQuestionsError(path, f"line {number} is no JSON ({error})") from error
        if not isinstance(row, dict) or not isinstance(row.get("question"), str):
            raise ConfirmedQuestionsError(path, f"line {number} has no question")
        yield number, row


class _Matcher:
    """Finds the clauses that rows name."""

    def __init__(
        self,
        documents: Sequence[Document],
        clauses: Sequence[Clause],
        text_of: Callable[[str], str],
    ) -> None:
        self._documents = documents
        self._text_of = text_of
        self._ids = {clause.clause_id for clause in clauses}
        self._clauses: dict[str, list[Clause]] = {each.document_id: [] for each in documents}
        for clause in clauses:
            if not clause.noise:
                self._clauses[clause.document_id].append(clause)

    def match(self, row: Mapping[str, Any]) -> tuple[str, ...]:
        """Give the ids of the clauses that a row names, each once."""
        support = set(row.get("support_clause_ids") or ())
        named = [each for each in row.get("clause_ids") or () if each in self._ids]
        if named:
            return tuple(dict.fromkeys(named))
        quoted = [
            self._quoted(evidence)
            for evidence in row.get("evidence") or ()
            if isinstance(evidence, dict) and evidence.get("clause_id") not in support
        ]
        return tuple(dict.fromkeys(each for each in quoted if each is not None))

    def _quoted(self, evidence: Mapping[str, Any]) -> str | None:
        """Give the id of the smallest clause around a piece of evidence."""
        text = evidence.get("text") or ""
        start, end = evidence.get("start"), evidence.get("end")
        for document in self._named(evidence.get("doc") or ""):
            content = self._text_of(document.document_id)
            span = (start, end) if isinstance(start, int) and isinstance(end, int) else (0, 0)
            if span[1] <= span[0] or (text and content[span[0] : span[1]] != text):
                span = _only_place(content, text)
            found = self._smallest(document.document_id, *span)
            if found is not None:
                return found
        return None

    def _named(self, name: str) -> Sequence[Document]:
        return [each for each in self._documents if name in _names(each)] or self._documents

    def _smallest(self, document_id: str, start: int, end: int) -> str | None:
        around = [
            clause
            for clause in self._clauses[document_id]
            if clause.start <= start < end <= clause.end
        ]
        return min(around, key=lambda c: c.end - c.start).clause_id if around else None


def _names(document: Document) -> tuple[str, ...]:
    return document.document_id, document.file, PurePath(document.file).stem


def _only_place(content: str, text: str) -> tuple[int, int]:
    """Give where the text stands in the content, or an empty span if nowhere or twice."""
    start = content.find(text) if text else -1
    if start < 0 or content.find(text, start + 1) >= 0:
        return 0, 0
    return start, start + len(text)
