"""The documents that a run's citations are checked against."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from eval.errors import DocumentsError
from index.library import Index


@dataclass(frozen=True, slots=True)
class Documents:
    """Texts as published, by file name; what else is known about them may be empty.

    ``clauses`` maps clause ids to (start, end), ``regions`` files to the code or name of their
    region.
    """

    texts: Mapping[str, str]
    clauses: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    regions: Mapping[str, str] = field(default_factory=dict)

    def region(self, file: str) -> str:
        """Give a file's region; the file itself stands for a region that is not known."""
        return self.regions.get(file) or file


def of_index(index: Index) -> Documents:
    """Take the documents of an index."""
    return Documents(
        {each.file: index.text(each.document_id) for each in index.documents},
        {each.clause_id: (each.start, each.end) for each in index.clauses},
        {each.file: each.region.code for each in index.documents if each.region},
    )


def of_folder(folder: Path) -> Documents:
    """Read the ``.txt`` files of a folder, for systems that do not serve their documents.

    Raises
    ------
    DocumentsError
        If there is none, or one is not UTF-8.
    """
    texts = {}
    for path in sorted(folder.glob("*.txt")):
        try:
            texts[path.name] = path.read_bytes().decode("utf-8")
        except UnicodeDecodeError as error:
            raise DocumentsError(folder, f"{path.name} is not UTF-8 ({error})") from error
    if not texts:
        raise DocumentsError(folder, "there is no .txt file in it")
    return Documents(texts)
