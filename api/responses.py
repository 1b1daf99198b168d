"""The bodies that are sent, as OpenAPI shows them; :mod:`rag.wire` writes them."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from index.records import ClauseKind, DocumentStatus, LeadBasisKind, Level
from rag.examples import ExampleKind
from rag.records import CitationRole, Lang, ReasonCode, Status


class Body(BaseModel):
    """Base: what is sent has these fields and no other."""

    model_config = ConfigDict(extra="forbid")


class RegionOut(Body):
    """An administrative division with its GB/T 2260 code."""

    name: str
    code: str = Field(pattern=r"^\d{6}$")


class CitedDocument(Body):
    """The document that a clause stands in."""

    id: str
    title: str | None
    number: str | None
    issuer: str | None
    region: RegionOut | None
    level: Level | None
    date: str | None
    status: DocumentStatus


class DocumentOut(CitedDocument):
    """A document; ``inferred`` says of a fact that is not in the text what it rests on."""

    file: str
    sha256: str
    inferred: dict[str, str]


class SourceOut(Body):
    """Where a clause stands: offsets count Unicode code points of the document's text."""

    file: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    page: int | None


class HighlightOut(Body):
    """Words that answer the question, as offsets in the document's text."""

    start: int
    end: int


class CitationOut(Body):
    """A clause, word for word."""

    n: int = Field(ge=1)
    role: CitationRole
    clause_id: str
    document: CitedDocument
    path: list[str]
    label: str
    quote: str
    source: SourceOut
    highlights: list[HighlightOut]
    score: float
    url: str
    damaged: bool
    truncated: bool


class ExampleOut(Body):
    """A question that the documents named answer."""

    question: str
    kind: ExampleKind
    document_ids: list[str]


class ExamplesOut(Body):
    """Questions to begin with."""

    examples: list[ExampleOut]


class ReasonOut(Body):
    """Why an answer is not a full one."""

    code: ReasonCode
    message: str


class AnswerLeadBasisOut(Body):
    """The words that make a unit the lead, in citation number ``citation``."""

    kind: LeadBasisKind
    clause_id: str
    citation: int
    quote: str


class AnswerResponsibilityOut(Body):
    """Who is responsible according to citation number ``citation``."""

    citation: int
    document_id: str
    clause_id: str
    lead: str | None
    leads: list[str]
    units: list[str]
    qualifiers: list[str]
    lead_basis: AnswerLeadBasisOut | None


class IndexOut(Body):
    """Which index answered."""

    version: str
    model: str


class TimingsOut(Body):
    """How long it took, in milliseconds."""

    total: float


class AnswerOut(Body):
    """An answer with its basis."""

    id: str
    question: str
    interpreted_as: str | None
    lang: Lang
    status: Status
    answer: str
    reason: ReasonOut | None
    worded_by: str
    responsibilities: list[AnswerResponsibilityOut]
    citations: list[CitationOut]
    index: IndexOut
    timings_ms: TimingsOut


class ContributionOut(Body):
    """A feature's value, and what it adds to the score against an average candidate."""

    feature: str
    value: float
    adds: float


class ExplanationOut(Body):
    """Why a clause was found where it was: BM25, cosine, and every feature of the re-ranker.

    ``score`` is the sum of what the features add, without a bound.
    """

    score: float
    lexical: float
    dense: float
    features: list[ContributionOut]


class HitOut(CitationOut):
    """A clause found."""

    explanation: ExplanationOut | None = Field(
        default=None, description="Only where ``explain`` asks for it."
    )


class HitsOut(Body):
    """Clauses found, best first."""

    hits: list[HitOut]


class DocumentsOut(Body):
    """Documents, in the order of the index."""

    documents: list[DocumentOut]


class LeadBasisOut(Body):
    """The words that make a unit the lead, as offsets in the document's text."""

    kind: LeadBasisKind
    clause_id: str
    quote: str
    start: int
    end: int


class ResponsibilityOut(Body):
    """A record of responsible units; its offsets are those of the words it was read from."""

    lead: str | None
    leads: list[str]
    units: list[str]
    qualifiers: list[str]
    lead_basis: LeadBasisOut | None
    inherited_from: str | None
    start: int
    end: int


class ClauseOut(Body):
    """A clause of a document's outline."""

    clause_id: str
    parent_id: str | None
    kind: ClauseKind
    number: str | None
    heading: str | None
    path: list[str]
    source: SourceOut
    sha256: str
    noise: bool
    damaged: bool
    truncated: bool
    responsibility: ResponsibilityOut | None
    responsibilities: list[ResponsibilityOut]


class DocumentDetail(DocumentOut):
    """A document with its outline, in order."""

    clauses: list[ClauseOut]


class ReferenceOut(Body):
    """Words that name another document, as offsets in the text."""

    start: int = Field(ge=0)
    end: int = Field(ge=0)
    document_id: str


class ReferencesOut(Body):
    """Where a document names others of the index, in order; none overlap."""

    references: list[ReferenceOut]


class ClauseDetail(ClauseOut):
    """A clause with its words, its document and its neighbours' ids."""

    label: str = Field(description="The clause's place as offices write it.")
    document: DocumentOut
    quote: str
    url: str
    previous: str | None
    next: str | None
    children: list[str]


class StatedOut(Body):
    """Words of a clause as published, with their offsets in the document's text."""

    quote: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)


class TaskOut(Body):
    """One task of the task table: a clause, and who is responsible according to it.

    ``deadlines`` and ``targets`` are what the clause states of them, in its order.
    """

    document: CitedDocument
    clause_id: str
    path: list[str]
    label: str
    task: str
    lead: str | None
    leads: list[str]
    units: list[str]
    members: list[str]
    deadlines: list[StatedOut]
    targets: list[StatedOut]
    qualifiers: list[str]
    lead_basis: LeadBasisOut | None
    inherited_from: str | None
    source: SourceOut
    url: str


class TasksOut(Body):
    """Tasks in document order."""

    responsibilities: list[TaskOut]


class PieceOut(Body):
    """Words of a clause: ``quote`` as published at the offsets, ``text`` the same made legible."""

    text: str
    quote: str
    start: int
    end: int


class ComparedOut(CitationOut):
    """A clause about the subject: what it says of it, who is responsible, its figures and times."""

    says: list[PieceOut]
    lead: str | None
    leads: list[str]
    units: list[str]
    qualifiers: list[str]
    lead_basis: LeadBasisOut | None
    inherited_from: str | None
    targets: list[PieceOut]
    deadlines: list[PieceOut]


class HeldOut(Body):
    """Words of row ``n``."""

    n: int
    document_id: str
    words: str


class PointOut(Body):
    """What some documents state, each in its own words; ``lacking`` are those that do not."""

    held: list[HeldOut]
    lacking: list[str]


class PointsOut(Body):
    """Points by what they are about."""

    lead: list[PointOut]
    units: list[PointOut]
    targets: list[PointOut]
    deadlines: list[PointOut]


class LinkOut(Body):
    """The words in which a document names another, as offsets in its text."""

    clause_id: str
    label: str
    quote: str
    start: int
    end: int


class ChainStepOut(Body):
    """A document of the chain, which by ``link`` cites the one of step ``above``.

    ``score`` says how far its clause says the same as the one above; ``aligned`` is false where
    that is little. Where no clause is about the subject or like it, ``citation`` is null.
    """

    n: int = Field(ge=1)
    above: int | None
    score: float | None = Field(ge=0, le=1)
    aligned: bool
    document: CitedDocument
    citation: CitationOut | None
    link: LinkOut | None


class ComparisonOut(Body):
    """One subject side by side; ``rows`` from the nation to the county."""

    topic: str
    rows: list[ComparedOut]
    lacking: list[CitedDocument]
    missing: list[str]
    differences: PointsOut
    shared: PointsOut
    chain: list[ChainStepOut]


class FeedbackOut(Body):
    """The id under which feedback is kept."""

    id: str


class HealthOut(Body):
    """Whether the service can answer; ``reason`` says why not."""

    status: Literal["ok", "unready"]
    reason: str | None = None


class FieldProblem(Body):
    """What is wrong with one field of a request."""

    field: str
    message: str


class Problem(BaseModel):
    """A refusal, as RFC 9457 has it; some kinds carry further members."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    detail: str
    instance: str
