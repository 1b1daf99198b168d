"""Errors raised while questions are put and answers are measured.

EvaluationError
├── GoldError
│   ├── GoldFormatError
│   ├── GoldDocumentError
│   ├── GoldEvidenceError
│   ├── GoldPartError
│   └── UnreviewedGoldError
├── DocumentsError
├── FeedbackFormatError
├── RunFolderError
│   ├── NoRunError
│   ├── UnfinishedRunError
│   └── OccupiedFolderError
├── ComparisonError
├── AdapterError
└── AskError
    ├── ServerError
    ├── RefusedError
    ├── AnswerShapeError
    ├── AdapterAnswerError
    └── TargetGoneError
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
        there = f"the document has {got!r} there" if got else "the document does not have it"
        super().__init__(
            f"gold row {row_id}: expected evidence {expected!r}, {there}; "
            "was another edition of the document indexed?"
        )


class GoldPartError(GoldError):
    """A part of a gold row has no evidence, so that nothing could be its answer."""

    def __init__(self, row_id: str, clause_id: str) -> None:
        self.row_id = row_id
        self.clause_id = clause_id
        super().__init__(
            f"gold row {row_id}: part {clause_id!r} has no evidence with its clause_id"
        )


class UnreviewedGoldError(GoldError):
    """Rows that no person has read are not to be scored with."""

    def __init__(self, row_ids: Sequence[str]) -> None:
        self.row_ids = tuple(row_ids)
        some = ", ".join(row_ids[:3]) + (", …" if len(row_ids) > 3 else "")  # noqa: PLR2004
        super().__init__(
            f"{len(row_ids)} gold rows are drafts that no person has reviewed ({some}): read and "
            "correct them and take out their “reviewed”: false, or give --allow-unreviewed"
        )


class DocumentsError(EvaluationError):
    """A folder of documents cannot be used to check citations."""

    def __init__(self, folder: Path, problem: str) -> None:
        self.folder = folder
        super().__init__(f"{folder}: {problem}; give the folder of the documents asked about")


class FeedbackFormatError(EvaluationError):
    """A line of a feedback file is not feedback."""

    def __init__(self, path: Path, line: int, problem: str) -> None:
        self.path = path
        self.line = line
        super().__init__(f"{path}:{line}: {problem}")


class RunFolderError(EvaluationError):
    """A run folder cannot be read or written; ``folder`` names it."""

    def __init__(self, folder: Path, problem: str) -> None:
        self.folder = folder
        super().__init__(f"{folder}: {problem}")


class NoRunError(RunFolderError):
    """A folder holds no run, or a damaged one."""

    def __init__(self, folder: Path, problem: str = "there is no run in it") -> None:
        super().__init__(folder, f"{problem}; give a folder that `yiju eval run --out` wrote")


class UnfinishedRunError(RunFolderError):
    """A run was interrupted; its scores would be those of a part of the questions."""

    def __init__(self, folder: Path, answered: int, questions: int) -> None:
        self.answered = answered
        self.questions = questions
        super().__init__(
            folder,
            f"the run is unfinished ({answered} of {questions} questions answered); "
            "give its `yiju eval run` command again, it goes on where it stopped",
        )


class OccupiedFolderError(RunFolderError):
    """A folder holds something that a run must not be written over."""

    def __init__(self, folder: Path, held: str, *, replaceable: bool = True) -> None:
        self.held = held
        advice = ", or give --overwrite" if replaceable else ""
        super().__init__(folder, f"it holds {held}; name another folder{advice}")


class ComparisonError(EvaluationError):
    """Two runs have no question in common that could be compared."""


class AdapterError(EvaluationError):
    """An adapter cannot be loaded."""

    def __init__(self, path: Path, problem: str) -> None:
        self.path = path
        super().__init__(f"{path}: {problem}; an adapter is a Python file with ask(question)")


class AskError(EvaluationError):
    """A question got no answer that can be measured."""


class ServerError(AskError):
    """A server did not answer, or answered with an error; ``url`` names what was called."""

    def __init__(self, url: str, problem: str) -> None:
        self.url = url
        super().__init__(f"{url}: {problem}; is this a Yiju server, and is it ready?")


class RefusedError(AskError):
    """The library does not take a question: it is too long, or no text."""

    def __init__(self, error: Exception) -> None:
        super().__init__(f"the question is refused: {error}")


class AnswerShapeError(AskError):
    """An answer lacks a field of the contract, or has one of another kind."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"the answer is not one of /v1/ask: {'; '.join(problems)}")


class AdapterAnswerError(AskError):
    """An adapter's ``ask`` raised an error."""

    def __init__(self, error: BaseException) -> None:
        super().__init__(f"the adapter raised {type(error).__name__}: {error}")


class TargetGoneError(AskError):
    """So many questions in a row got an error that asking on would waste time."""

    def __init__(self, failures: int, last: str) -> None:
        self.failures = failures
        super().__init__(f"{failures} questions in a row got no answer, the last one: {last}")
