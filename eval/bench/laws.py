"""The law questions: a library of national law articles, and questions with their articles."""

import gzip
import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.clean import fold
from index.records import (
    Clause,
    ClauseKind,
    Document,
    DocumentStatus,
    Level,
    ReadDocument,
    Region,
)

FOLDS = 5
ARTICLES, QUESTIONS = "law_articles.jsonl.gz", "law_questions.dev.jsonl.gz"
_NATION = Region("全国", "000000")


@dataclass(frozen=True, slots=True)
class LawQuestion:
    """A layperson's question, and the ids of the articles that answer it."""

    question_id: str
    question: str
    clause_ids: tuple[str, ...]

    @property
    def fold(self) -> int:
        """Which of ``FOLDS`` parts it belongs to, by a hash of its id."""
        return int(hashlib.sha256(self.question_id.encode()).hexdigest(), 16) % FOLDS


def read_questions(folder: Path) -> list[LawQuestion]:
    """Read the questions of a training kit; their clause ids are those of :func:`read_laws`."""
    return [
        LawQuestion(row["id"], row["question"], tuple(row["articles"]))
        for row in _rows(folder / QUESTIONS)
    ]


def read_laws(folder: Path) -> list[ReadDocument]:
    """Read the articles of a training kit as documents: one for each law, a clause an article."""
    laws: dict[str, list[dict[str, Any]]] = {}
    for row in _rows(folder / ARTICLES):
        laws.setdefault(row["metadata"]["full"] or row["metadata"]["law"], []).append(row)
    return [_document(f"law-{at}", title, rows) for at, (title, rows) in enumerate(laws.items())]


def _document(document_id: str, title: str, rows: Sequence[dict[str, Any]]) -> ReadDocument:
    clauses = []
    start = 0
    for row in rows:
        about = row["metadata"]
        end = start + len(row["text"])
        number = about.get("article_no") or None
        headings = [part.strip() for part in (about.get("path") or "").split(" / ") if part.strip()]
        clauses.append(
            Clause(
                clause_id=row["id"],
                document_id=document_id,
                kind=ClauseKind.ARTICLE,
                start=start,
                end=end,
                search_text=fold(row["text"]),
                sha256="",
                number=number,
                path=(*headings, number or ""),
            )
        )
        start = end + 1
    about = rows[0]["metadata"]
    document = Document(
        document_id=document_id,
        file=f"{document_id}.txt",
        sha256="",
        title=title,
        region=_NATION,
        level=Level.NATIONAL,
        date=about.get("date") or None,
        status=DocumentStatus.REPEALED if about.get("expired") else DocumentStatus.EFFECTIVE,
    )
    return ReadDocument(document, "\n".join(row["text"] for row in rows), tuple(clauses))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)
