"""Records from a question to its answer."""

from dataclasses import dataclass
from enum import StrEnum

from index.records import Clause, Contribution, Document, LeadBasisKind


class Lang(StrEnum):
    """Language of a question and of the fixed words of its answer."""

    HANS = "zh-Hans"
    HANT = "zh-Hant"
    EN = "en"


class Status(StrEnum):
    """How far the documents answer a question."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    NOT_STATED = "not_stated"
    NOT_FOUND = "not_found"


class ReasonCode(StrEnum):
    """Why an answer is not a full one."""

    NO_LEAD_DESIGNATED = "no_lead_designated"
    NO_UNITS_LISTED = "no_units_listed"
    FACT_NOT_STATED = "fact_not_stated"
    TERM_NOT_EXPLAINED = "term_not_explained"
    SOURCE_TRUNCATED = "source_truncated"
    ATTACHMENT_MISSING = "attachment_missing"
    REGION_NOT_COVERED = "region_not_covered"
    DOCUMENT_NOT_COVERED = "document_not_covered"
    TOPIC_NOT_COVERED = "topic_not_covered"
    OUT_OF_SCOPE = "out_of_scope"


class CitationRole(StrEnum):
    """What a citation is there for."""

    ANSWER = "answer"
    RULE = "rule"
    RELATED = "related"


@dataclass(frozen=True, slots=True)
class Filters:
    """What a question is restricted to; an empty tuple restricts nothing."""

    region: tuple[str, ...] = ()
    document_id: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    level: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier message of a conversation; ``role`` is ``user`` or ``assistant``."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason code with one sentence about it in the question's language."""

    code: ReasonCode
    message: str


@dataclass(frozen=True, slots=True)
class Highlight:
    """Words of a citation that answer the question, as source offsets."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Citation:
    """A clause shown as the basis of an answer; ``quote`` is the clause's text verbatim."""

    n: int
    role: CitationRole
    clause: Clause
    document: Document
    label: str
    quote: str
    highlights: tuple[Highlight, ...]
    score: float


@dataclass(frozen=True, slots=True)
class AnswerLeadBasis:
    """Why the lead is the lead: ``citation`` is the number of the citation that states it."""

    kind: LeadBasisKind
    clause_id: str
    citation: int
    quote: str


@dataclass(frozen=True, slots=True)
class AnswerResponsibility:
    """Who is responsible according to citation number ``citation``."""

    citation: int
    document_id: str
    clause_id: str
    lead: str | None
    leads: tuple[str, ...]
    units: tuple[str, ...]
    qualifiers: tuple[str, ...]
    lead_basis: AnswerLeadBasis | None


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A clause found: ``lexical`` is BM25, ``dense`` a cosine in [-1, 1].

    ``score`` is the sum of what the features add, without a bound; ``explanation`` says what
    each added, the most telling first.
    """

    citation: Citation
    score: float
    lexical: float
    dense: float
    explanation: tuple[Contribution, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The reply to a question; the words in ``answer`` come from clauses and fixed phrases."""

    id: str
    question: str
    interpreted_as: str | None
    lang: Lang
    status: Status
    answer: str
    reason: Reason | None
    worded_by: str
    responsibilities: tuple[AnswerResponsibility, ...]
    citations: tuple[Citation, ...]
    index_version: str
    model: str
    total_ms: float
