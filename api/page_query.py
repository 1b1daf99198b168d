"""What the address of a page asks for: filters as in the API, and what each of them offers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from starlette.datastructures import QueryParams

from api.official_form import document_name
from index.records import Document, DocumentStatus, Level
from rag.records import Filters

KEYS = ("region", "level", "status", "document_id")


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a filter: in its own words, or named by a message of the pages."""

    value: str
    label: str | None
    message: str | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class PageQuery:
    """The parameters of a page's address; a form sends empty ones too, which say nothing."""

    params: QueryParams

    def one(self, key: str) -> str | None:
        """Give the first value of a parameter that says something."""
        return next(iter(self.all(key)), None)

    def all(self, key: str) -> tuple[str, ...]:
        """Give all values of a parameter that say something."""
        return tuple(value for each in self.params.getlist(key) if (value := each.strip()))

    @property
    def filters(self) -> Filters:
        """Which documents are asked for."""
        return Filters(**{key: self.all(key) for key in KEYS})

    def choices(self, documents: Iterable[Document]) -> dict[str, list[Choice]]:
        """Give what each filter offers: the values that occur, and those asked for."""
        documents = tuple(documents)
        regions = sorted({(d.region.code, d.region.name) for d in documents if d.region})
        levels, standings = {d.level for d in documents}, {d.status for d in documents}
        return {
            "region": self._named("region", {name: name for _, name in regions}),
            "level": self._told("level", [each for each in Level if each in levels]),
            "status": self._told("status", [each for each in DocumentStatus if each in standings]),
            "document_id": self._named("document_id", {d.document_id: _name(d) for d in documents}),
        }

    def _named(self, key: str, known: Mapping[str, str]) -> list[Choice]:
        asked = self.all(key)
        offered = [Choice(value, name, None, value in asked) for value, name in known.items()]
        return offered + self._unknown(key, known)

    def _told(self, key: str, known: Iterable[str]) -> list[Choice]:
        asked = self.all(key)
        known = [str(value) for value in known]
        offered = [Choice(v, None, f"common.{key}_{v}", v in asked) for v in known]
        return offered + self._unknown(key, known)

    def _unknown(self, key: str, known: Iterable[str]) -> list[Choice]:
        """Give what is asked for and not offered: it stays in sight, to be taken away."""
        known = tuple(known)
        return [Choice(each, each, None, True) for each in self.all(key) if each not in known]


def _name(document: Document) -> str:
    return document_name(
        title=document.title, number=document.number, document_id=document.document_id
    )
