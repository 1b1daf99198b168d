"""Errors raised while training a model.

IndexingError
└── TrainingError
    ├── TrainingDataError
    ├── OutputFolderError
    ├── TooFewPairsError
    └── MissingExtraError
"""

from pathlib import Path

from index.errors import IndexingError


class TrainingError(IndexingError):
    """Base class: catch this to handle any problem with training a model."""


class TrainingDataError(TrainingError):
    """A file to learn from is missing, damaged or says too little; ``path`` names it."""

    def __init__(self, path: Path, problem: str, advice: str) -> None:
        self.path = path
        super().__init__(f"{path}: {problem}; {advice}")


class OutputFolderError(TrainingError):
    """A model cannot be written where it was asked for; ``path`` names the folder."""

    def __init__(self, path: Path, problem: str, advice: str) -> None:
        self.path = path
        super().__init__(f"{path}: {problem}; {advice}")


class TooFewPairsError(TrainingError):
    """There are too few questions to learn from some and check with others."""

    def __init__(self, *, pairs: int, least: int) -> None:
        self.pairs = pairs
        self.least = least
        super().__init__(
            f"{pairs} questions match clauses of the index; at least {least} about several "
            "clauses are needed, to train on some and check with the others; add confirmed ones"
        )


class MissingExtraError(TrainingError):
    """A package of the extra ``training`` is not installed; ``package`` names it."""

    def __init__(self, package: str) -> None:
        self.package = package
        super().__init__(f"training needs {package}; pip install 'yiju[training]'")
