"""The documents that a run's citations are checked against."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from eval.errors import DocumentsError
from eval.locate import Span
from index.build import read_document
from index.errors import IndexingError
from index.library import Index
from index.read import read
from index.records import Clause, Document


@dataclass(frozen=True, slots=True)
class Documents:
    """Texts as published, by file name; what else is known about them may be empty.

    ``clauses`` maps clause ids to where they stand, ``regions`` files to the code or name of
    their region, ``facts`` files to the document's title, number and date.
    """

    texts: Mapping[str, str]
    clauses: Mapping[str, Span] = field(default_factory=dict)
    regions: Mapping[str, str] = field(default_factory=dict)
    facts: Mapping[str, Mapping[str, str | None]] = field(default_factory=dict)

    def region(self, file: str) -> str:
        """Give a file's region; the file itself stands for a region that is not known."""
        return self.regions.get(file) or file

    def within_clause(self, span: Span, clause_id: str = "") -> bool:
        """Tell whether a span lies in its clause.

        In the clause of that id; where no clause has it, as with systems that cut documents in
        their own way, in any clause. Of a file whose clauses are not known every span does.
        """
        clause = self.clauses.get(clause_id)
        if clause is not None:
            return _within(span, clause)
        known = _by_file(tuple(self.clauses.values())).get(span.file)
        return known is None or any(_within(span, each) for each in known)

    def sha256(self) -> str:
        """Hash the texts, so that other documents under the same names are seen."""
        digest = hashlib.sha256()
        for file in sorted(self.texts):
            digest.update(f"{file}\0".encode())
            digest.update(hashlib.sha256(self.texts[file].encode("utf-8", "replace")).digest())
        return digest.hexdigest()


def of_index(index: Index) -> Documents:
    """Take the documents of an index."""
    files = {each.document_id: each.file for each in index.documents}
    return Documents(
        {each.file: index.text(each.document_id) for each in index.documents},
        {each.clause_id: _span(files[each.document_id], each) for each in index.clauses},
        _regions(index.documents),
    )


def of_folder(folder: Path) -> Documents:
    """Read and cut the ``.txt`` files of a folder, for systems that do not serve their documents.

    Raises
    ------
    DocumentsError
        If there is none, or one cannot be read.
    """
    found = []
    for path in sorted(folder.glob("*.txt")):
        try:
            found.append(read_document(read(path)))
        except IndexingError as error:
            raise DocumentsError(folder, str(error)) from error
    if not found:
        raise DocumentsError(folder, "there is no .txt file in it")
    return Documents(
        {each.document.file: each.text for each in found},
        {c.clause_id: _span(each.document.file, c) for each in found for c in each.clauses},
        _regions(each.document for each in found),
        {each.document.file: _facts(each.document) for each in found},
    )


def _span(file: str, clause: Clause) -> Span:
    return Span(file, clause.start, clause.end)


def _regions(documents: Iterable[Document]) -> dict[str, str]:
    return {each.file: each.region.code for each in documents if each.region}


def _facts(document: Document) -> dict[str, str | None]:
    return {"title": document.title, "number": document.number, "date": document.date}


def _within(span: Span, clause: Span) -> bool:
    return span.file == clause.file and clause.start <= span.start and span.end <= clause.end


@lru_cache(maxsize=4)
def _by_file(clauses: tuple[Span, ...]) -> dict[str, list[Span]]:
    by_file: dict[str, list[Span]] = {}
    for each in clauses:
        by_file.setdefault(each.file, []).append(each)
    return by_file
