"""Find what a gold row names in the documents' texts: files, and spans of the evidence."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from eval.errors import GoldDocumentError, GoldEvidenceError, GoldPartError
from eval.gold import Evidence, GoldPart, GoldRow

_LEADING_NUMBER = re.compile(r"\d+(?![^\W_])")


@dataclass(frozen=True, slots=True)
class Span:
    """``text[start:end]`` of a file, in Unicode code points."""

    file: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class LocatedItem:
    """What a right answer has to find: the spans of one gold clause, or of one piece of evidence.

    ``name`` tells file and gold clause, or file and offsets; unique in its row.
    """

    name: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class LocatedPart:
    """A part with the spans of its clause's evidence."""

    gold: GoldPart
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class LocatedRow:
    """A gold row with its files by their full names.

    ``items`` are the evidence that an answer must rest on; ``support`` are the spans of clauses
    that may be cited too, and are no miss when absent.
    """

    gold: GoldRow
    files: tuple[str, ...]
    items: tuple[LocatedItem, ...]
    parts: tuple[LocatedPart, ...]
    support: tuple[Span, ...] = ()

    @property
    def spans(self) -> tuple[Span, ...]:
        """Every span of every item."""
        return tuple(span for item in self.items for span in item.spans)


def locate(row: GoldRow, texts: Mapping[str, str]) -> LocatedRow:
    """Find a gold row's documents and evidence.

    Parameters
    ----------
    row : GoldRow
        As read.
    texts : mapping of str to str
        Each file's text as published.

    Raises
    ------
    GoldDocumentError
        If a document named is not, or not once, among ``texts``.
    GoldEvidenceError
        If evidence does not stand word for word at its offsets, or nowhere in its document.
    GoldPartError
        If a part has no evidence.
    """
    files = tuple(match_file(row.id, doc, texts) for doc in row.docs)
    found = [(each, tuple(_spans(row.id, each, files, texts))) for each in row.evidence]
    support = tuple(
        span for each, ones in found if each.clause_id in row.support_clause_ids for span in ones
    )
    needed = [(each, ones) for each, ones in found if each.clause_id not in row.support_clause_ids]
    parts = []
    for part in row.parts:
        file = match_file(row.id, part.doc, texts)
        of_part = [ones for each, ones in found if each.clause_id == part.clause_id]
        spans_of_part = tuple(span for ones in of_part for span in ones if span.file == file)
        if not spans_of_part:
            raise GoldPartError(row.id, part.clause_id)
        parts.append(LocatedPart(part, spans_of_part))
    return LocatedRow(row, files, _items(needed), tuple(parts), support)


def _items(found: Iterable[tuple[Evidence, tuple[Span, ...]]]) -> tuple[LocatedItem, ...]:
    """Take pieces of one gold clause together; a piece without a clause stands for itself."""
    items: dict[str, list[Span]] = {}
    for evidence, spans in found:
        first = spans[0]
        name = f"{first.file}#{evidence.clause_id or f'{first.start}-{first.end}'}"
        items.setdefault(name, []).extend(spans)
    return tuple(LocatedItem(name, tuple(spans)) for name, spans in items.items())


def match_file(row_id: str, doc: str, files: Collection[str]) -> str:
    """Give the one file that a gold row names, by file name, stem or leading number.

    Examples
    --------
    >>> match_file("g1", "000", ["000_c0d6.txt", "001_2323.txt"])
    '000_c0d6.txt'
    """
    if doc in files:
        return doc
    found = [file for file in files if doc in (PurePath(file).stem, _leading_number(file))]
    if len(found) != 1:
        raise GoldDocumentError(row_id, doc, found)
    return found[0]


def find_quote(quote: str, texts: Mapping[str, str], *, file: str | None = None) -> Span | None:
    """Find where a quotation stands, white space aside; None unless it is in one file.

    Where it occurs twice in the file, the first place is given.

    Examples
    --------
    >>> find_quote("甲局 牵头", {"a.txt": "由甲局　牵头。"})
    Span(file='a.txt', start=1, end=6)
    """
    words = "".join(quote.split())
    if not words:
        return None
    pattern = re.compile(r"\s*".join(map(re.escape, words)))
    searched = texts if file is None else {name: texts[name] for name in texts if name == file}
    matches = ((name, pattern.search(text)) for name, text in searched.items())
    found = [Span(name, *match.span()) for name, match in matches if match]
    return found[0] if len(found) == 1 else None


def _leading_number(file: str) -> str | None:
    number = _LEADING_NUMBER.match(PurePath(file).name)
    return number[0] if number else None


def _spans(
    row_id: str, evidence: Evidence, files: tuple[str, ...], texts: Mapping[str, str]
) -> Iterator[Span]:
    if evidence.doc is not None:
        files = (match_file(row_id, evidence.doc, texts),)
    if evidence.start is not None and evidence.end is not None and len(files) == 1:
        got = texts[files[0]][evidence.start : evidence.end]
        if got != evidence.text:
            raise GoldEvidenceError(row_id, evidence.text, got)
        yield Span(files[0], evidence.start, evidence.end)
        return
    found = False
    for file in files or tuple(texts):
        for match in re.finditer(re.escape(evidence.text), texts[file]):
            found = True
            yield Span(file, *match.span())
    if not found:
        raise GoldEvidenceError(row_id, evidence.text, "")
