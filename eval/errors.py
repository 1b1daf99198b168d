"""Errors raised while questions are put and answers are measured.

EvaluationError
├── GoldError
│   ├── GoldFormatError
│   ├── GoldDocumentError
│   └── GoldEvidenceError
└── AskError
    ├── ServerError
    └── AnswerShapeError
"""

from collections.abc import Sequence
from pathlib import Path


class EvaluationError(Exception):
    """Base class: catch this to handle any failed evaluation."""


class GoldError(EvaluationError):
    """A gold question cannot be used."""


class GoldFormatError(GoldError):
    """A line of a gold file is not a gold row; ``line`` counts from 1, 0 for the whole file."""

    def __init__(self, path: Path, line: int, problem: str) -> None:
        self.path = path
        self.line = line
        self.problem = problem
        place = f"{path}:{line}" if line else f"{path}"
        super().__init__(f"{place}: {problem}")


class GoldDocumentError(GoldError):
    """A gold row names a document that is not, or not once, among those asked about."""

    def __init__(self, row_id: str, doc: str, files: Sequence[str]) -> None:
        self.row_id = row_id
        self.doc = doc
        self.files = tuple(files)
        found = f"fits {', '.join(files)}" if files else "is not in the index"
        super().__init__(
            f"gold row {row_id}: document {doc!r} {found}; give the name of one file indexed"
        )


class GoldEvidenceError(GoldError):
    """A piece of evidence does not stand where a gold row says it does."""

    def __init__(self, row_id: str, expected: str, got: str) -> None:
        self.row_id = row_id
        self.expected = expected
        self.got = got
        super().__init__(
            f"gold row {row_id}: expected evidence {expected!r}, the document has {got!r}; "
            "was another edition of the document indexed?"
        )


class AskError(EvaluationError):
    """A question got no answer that can be measured."""


class ServerError(AskError):
    """A server did not answer, or answered with an error; ``url`` names what was called."""

    def __init__(self, url: str, problem: str) -> None:
        self.url = url
        super().__init__(f"{url}: {problem}; is this a Yiju server, and is it ready?")


class AnswerShapeError(AskError):
    """An answer lacks a field of the contract."""

    def __init__(self, row_id: str, missing: Sequence[str]) -> None:
        self.row_id = row_id
        self.missing = tuple(missing)
        super().__init__(f"the answer to gold row {row_id} lacks {', '.join(missing)}")
