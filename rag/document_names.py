"""The numbers and titles by which documents of an index are cited, found in words."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.clean import fold
from index.records import Clause, ClauseKind, Document

_CITED_NUMBER = re.compile(
    r"([\u4e00-\u9fff]{1,12})\s*[〔\[(【]\s*(\d{4})\s*[〕\])】]\s*(?:第\s*)?(\d{1,5})\s*号"
)
_CITED_TITLE = re.compile(r"《([^《》]{6,120})》")
_ISSUING = re.compile(r"关于(?:印发|转发|发布|公布)(.{6,120})的通知$")
_DRAFT = re.compile(r"\((?:征求意见|送审|讨论|修订)[^()]*\)$")


@dataclass(frozen=True, slots=True)
class Naming:
    """A document named in ``words[start:end]``."""

    start: int
    end: int
    document_id: str


def may_cite(clause: Clause) -> bool:
    """Whether a clause can name another document, as far as a glance tells."""
    if clause.noise or clause.kind in (ClauseKind.TITLE, ClauseKind.NUMBER):
        return False
    return "《" in clause.search_text or "号" in clause.search_text


class DocumentNames:
    """The numbers and titles by which documents of an index are cited."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._numbers: dict[tuple[str, str], list[tuple[str, str]]] = {}
        self._titles: dict[str, set[str]] = {}
        for document in documents:
            if document.number and (match := _CITED_NUMBER.search(fold(document.number))):
                own = (match[1], document.document_id)
                self._numbers.setdefault((match[2], str(int(match[3]))), []).append(own)
            for title in _titles(document):
                self._titles.setdefault(title, set()).add(document.document_id)

    def in_words(self, text: str) -> list[str]:
        """Give the documents that clean words name; one title of several documents names none."""
        return list(dict.fromkeys(each.document_id for each in self.namings(text)))

    def namings(self, text: str) -> Iterator[Naming]:
        """Give where clean words name documents: by number, then by title with its marks."""
        for match in _CITED_NUMBER.finditer(text):
            for sign, document_id in self._numbers.get((match[2], str(int(match[3]))), []):
                if match[1].endswith(sign):
                    yield Naming(match.end(1) - len(sign), match.end(), document_id)
        for match in _CITED_TITLE.finditer(text):
            titled = self._titles.get(_bare(_DRAFT.sub("", match[1])), set())
            if len(titled) == 1:
                yield Naming(match.start(), match.end(), *titled)


def _titles(document: Document) -> set[str]:
    """Give the ways a document's title is cited: whole, what it issues, with its issuer."""
    if not document.title:
        return set()
    whole = _DRAFT.sub("", fold(document.title))
    ways = {whole, *_CITED_TITLE.findall(whole)}
    if match := _ISSUING.search(whole):
        ways.add(match[1].strip("《》"))
    if document.issuer and whole.startswith("关于"):
        ways.add(f"{fold(document.issuer)}{whole}")
    return {bare for way in ways if len(bare := _bare(way)) > 6}  # noqa: PLR2004 - as _CITED_TITLE


def _bare(text: str) -> str:
    return re.sub(r"[\W_]", "", text)
