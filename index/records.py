"""Records that travel from a file to a searchable clause.

Offsets count Unicode code points of the decoded file, with no newline translation and a
byte-order mark counted as one character; ``text[start:end]`` slices them out.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class Level(StrEnum):
    """Administrative level of a document's issuer."""

    NATIONAL = "national"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"


class DocumentStatus(StrEnum):
    """Legal standing of a document, as far as the text or the manifest says."""

    DRAFT = "draft"
    EFFECTIVE = "effective"
    REPEALED = "repealed"
    UNKNOWN = "unknown"


class ClauseKind(StrEnum):
    """What part of a document a clause is."""

    TITLE = "title"
    NUMBER = "number"
    ADDRESSEE = "addressee"
    PREAMBLE = "preamble"
    NOTICE = "notice"
    PARAGRAPH = "paragraph"
    SIGNATURE = "signature"
    COPY_LIST = "copy_list"
    IMPRINT = "imprint"
    TABLE_ROW = "table_row"
    ANNEX = "annex"
    BOX = "box"
    ITEM = "item"
    ARTICLE = "article"
    HEADING = "heading"
    NOISE = "noise"


class LeadBasisKind(StrEnum):
    """Why a unit counts as the lead."""

    EXPLICIT = "explicit"
    FIRST_LISTED = "first_listed"
    INHERITED = "inherited"


@dataclass(frozen=True, slots=True)
class SourceText:
    """A file's text as decoded: ``encoding`` is the codec that read it without loss."""

    file: str
    text: str
    encoding: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Region:
    """An administrative division: full name and six-digit GB/T 2260 code (全国 is 000000)."""

    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Document:
    """What is known about one document; ``inferred`` maps a fact to what it was inferred from."""

    document_id: str
    file: str
    sha256: str
    title: str | None = None
    number: str | None = None
    issuer: str | None = None
    region: Region | None = None
    level: Level | None = None
    date: str | None = None
    status: DocumentStatus = DocumentStatus.UNKNOWN
    inferred: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class LeadBasis:
    """The words that make a unit the lead: ``text[start:end] == quote`` in ``clause_id``.

    ``clause_id`` names the clause in which the designation or the rule is stated; ``start``
    and ``end`` are offsets in that clause's document.
    """

    kind: LeadBasisKind
    clause_id: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Responsibility:
    """One designation of responsible units, read from ``text[start:end]``.

    ``units`` are named bodies in document order, the lead among them, in Simplified Chinese;
    ``qualifiers`` are verbatim words about the list (按职责分工负责, 等) and generic members
    (各县（市、区）党委和政府). ``lead`` joins several ``leads`` with 、 and is null where the
    document designates none. ``inherited_from`` is the clause id the record was taken over
    from, null where it stands in the clause itself.
    """

    units: tuple[str, ...]
    start: int
    end: int
    lead: str | None = None
    leads: tuple[str, ...] = ()
    lead_basis: LeadBasis | None = None
    qualifiers: tuple[str, ...] = ()
    inherited_from: str | None = None


@dataclass(frozen=True, slots=True)
class Clause:
    """The lowest citable unit of a document, ``text[start:end]`` of its source.

    ``path`` holds the labels from the outermost heading to this clause, each with its number
    (``"二、重点任务"``); ``number`` is the clause's own number in its normal form (``"（一）"``),
    ``heading`` the words after it that name it. ``search_text`` is the cleaned copy used for
    search and matching, never for quoting. ``sha256`` is that of the clause's own text.
    """

    clause_id: str
    document_id: str
    kind: ClauseKind
    start: int
    end: int
    search_text: str
    sha256: str
    parent_id: str | None = None
    number: str | None = None
    heading: str | None = None
    path: tuple[str, ...] = ()
    damaged: bool = False
    truncated: bool = False
    responsibilities: tuple[Responsibility, ...] = ()

    @property
    def noise(self) -> bool:
        """Whether the span is website noise, which is never cited."""
        return self.kind is ClauseKind.NOISE


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a clause's search text that is embedded on its own."""

    clause_row: int
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A clause found: ``row`` is its position in the index, every score better when higher.

    ``lexical`` is BM25 (0 and up, no bound), ``dense`` a cosine in [-1, 1], ``score`` the
    re-ranker's, without a bound.
    """

    row: int
    score: float
    lexical: float
    dense: float


@dataclass(frozen=True, slots=True)
class Contribution:
    """A feature's value for one clause, and what it adds against an average candidate."""

    feature: str
    value: float
    adds: float


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """One document cut and read: its metadata, its text, its clauses in order, its warnings."""

    document: Document
    text: str
    clauses: tuple[Clause, ...]
    warnings: tuple[str, ...] = field(default=())
