"""Errors raised while reading documents, building an index folder or loading one.

IndexingError
├── ReadError
│   ├── UnreadableFileError
│   ├── EmptyFileError
│   └── NotTextError
├── DocumentsManifestError
├── NoDocumentsError
├── ConfirmedQuestionsError
├── ModelError
│   ├── ModelNotFoundError
│   ├── EmbeddingShapeError
│   ├── ModelValueError
│   └── RerankerError
├── StoreKindError
└── IndexFolderError
    ├── IndexMissingError
    ├── IndexFormatError
    ├── IndexModelError
    └── IndexDamagedError
"""

from pathlib import Path


class IndexingError(Exception):
    """Base class: catch this to handle any problem with documents or an index."""


class ReadError(IndexingError):
    """A file could not be taken in; ``file`` names it."""

    def __init__(self, file: str, problem: str, advice: str) -> None:
        self.file = file
        super().__init__(f"{file}: {problem}; {advice}")


class UnreadableFileError(ReadError):
    """The operating system refused to read a file."""


class EmptyFileError(ReadError):
    """A file holds no characters but white space."""


class NotTextError(ReadError):
    """A file is not plain text in a supported encoding."""


class DocumentsManifestError(IndexingError):
    """A folder's manifest.toml does not fit its format or its folder."""

    def __init__(self, path: Path, problem: str, advice: str) -> None:
        self.path = path
        super().__init__(f"{path}: {problem}; {advice}")


class NoDocumentsError(IndexingError):
    """There is nothing to index."""

    def __init__(self, folders: tuple[Path, ...], problems: tuple[str, ...] = ()) -> None:
        self.folders = folders
        self.problems = problems
        names = ", ".join(str(folder) for folder in folders)
        detail = f" ({'; '.join(problems)})" if problems else ""
        super().__init__(
            f"no document to index in {names}{detail}; name a folder that holds .txt files"
        )


class ConfirmedQuestionsError(IndexingError):
    """A file of confirmed questions cannot be read."""

    def __init__(self, path: Path, problem: str) -> None:
        self.path = path
        super().__init__(
            f"{path}: {problem}; name a JSONL file whose rows have a question and its clause_ids"
        )


class ModelError(IndexingError):
    """An embedding model or a cross-encoder cannot be used."""


class ModelNotFoundError(ModelError):
    """No model that may be used could be loaded under a name or path."""

    def __init__(self, model: str, problem: str, advice: str) -> None:
        self.model = model
        super().__init__(f"model {model!r}: {problem}; {advice}")


class EmbeddingShapeError(ModelError):
    """An embedding array does not fit the index it was given to."""

    def __init__(self, *, expected_dim: int, got_shape: tuple[int, ...]) -> None:
        self.expected_dim = expected_dim
        self.got_shape = got_shape
        super().__init__(
            f"expected embeddings of shape (n, {expected_dim}), got {got_shape}; "
            "was this index built with another embedding model?"
        )


class RerankerError(ModelError):
    """The weights of the re-ranker cannot be used."""

    def __init__(self, path: Path, problem: str) -> None:
        self.path = path
        super().__init__(
            f"weights {path}: {problem}; "
            "make them anew with `python -m eval.train_reranker` or restore the file"
        )


class StoreKindError(IndexingError):
    """A kind of vector store that there is not was asked for."""

    def __init__(self, kind: str, known: tuple[str, ...]) -> None:
        self.kind = kind
        super().__init__(f"there is no vector store {kind!r}; use one of {', '.join(known)}")


class ModelValueError(ModelError):
    """What a model gave for a text cannot be compared; ``position`` counts texts from 0."""

    def __init__(self, model: str, position: int, problem: str) -> None:
        self.model = model
        self.position = position
        self.problem = problem
        super().__init__(
            f"model {model!r}: what it gives for text {position} {problem}; "
            "its weights are damaged, or it needs another device or backend"
        )


class IndexFolderError(IndexingError):
    """An index folder cannot be used; ``path`` names it."""

    def __init__(self, path: Path, problem: str, advice: str) -> None:
        self.path = path
        super().__init__(f"index {path}: {problem}; {advice}")


class IndexMissingError(IndexFolderError):
    """There is no index where one was named."""


class IndexFormatError(IndexFolderError):
    """An index was written in another format version."""


class IndexModelError(IndexFolderError):
    """An index was built with another embedding model than the one loaded."""


class IndexDamagedError(IndexFolderError):
    """A file of an index is missing or its checksum differs."""
