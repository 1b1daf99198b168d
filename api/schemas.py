"""The requests that are read: their fields, ranges and defaults."""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from api.languages import lang_of
from rag.records import Filters, Lang, Turn


def _or_none(value: object) -> object:
    return () if value is None else value


def _lang(value: object) -> object:
    return lang_of(value) if isinstance(value, str) else value


Values = Annotated[
    tuple[Annotated[str, Field(min_length=1)], ...],
    BeforeValidator(_or_none),
    Field(max_length=100),
]
Language = Annotated[
    Lang | None,
    BeforeValidator(_lang),
    Field(description="Language of the answer's fixed words; the question's own when omitted."),
]


class Request(BaseModel):
    """Base: a field that is not known is an error, not ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class FiltersIn(Request):
    """What a question is restricted to; of several values of one key, any may hold."""

    region: Values = Field(default=(), description="Full name, short name or six-digit code.")
    document_id: Values = ()
    status: Values = Field(default=(), description="draft, effective, repealed, unknown.")
    level: Values = Field(default=(), description="national, province, city, county.")

    def record(self) -> Filters:
        """Give the filters as the answerer takes them."""
        return Filters(self.region, self.document_id, self.status, self.level)


class TurnIn(Request):
    """One earlier message of the conversation."""

    role: Literal["user", "assistant"]
    content: str

    def record(self) -> Turn:
        """Give the turn as the answerer takes it."""
        return Turn(self.role, self.content)


class AskRequest(Request):
    """A question, and how it shall be answered."""

    question: str = Field(description="In Chinese or English.", examples=["谁牵头疫苗监管？"])
    top_k: int = Field(
        default=5, ge=1, le=50, strict=True, description="Related clauses shown, at most."
    )
    filters: FiltersIn | None = None
    history: tuple[TurnIn, ...] | None = None
    stream: bool = Field(default=False, strict=True, description="As server-sent events.")
    lang: Language = None


class FeedbackRequest(Request):
    """What is said of the answer to a question."""

    question: Annotated[str, StringConstraints(strip_whitespace=True)] = Field(
        min_length=1, max_length=2_000, description="As it was asked."
    )
    rating: Literal["up", "down"]
    comment: str | None = Field(default=None, max_length=4_000)
    answer_id: str | None = Field(default=None, max_length=100, description="`id` of the answer.")


class AskParams(FiltersIn):
    """A question asked in a URL."""

    question: str
    top_k: int = Field(default=5, ge=1, le=50)
    lang: Language = None


class SearchParams(FiltersIn):
    """A search for clauses."""

    q: str
    top_k: int = Field(default=10, ge=1, le=50)
    explain: bool = Field(default=False, description="Say what each feature adds to the score.")


class ExampleParams(Request):
    """In which language examples are wanted."""

    lang: Language = None


class CompareParams(FiltersIn):
    """A subject to compare, and over which documents; all when nothing is said."""

    topic: str = Field(description="A subject, in a few words.", examples=["药品追溯"])
    format: Literal["json", "csv"] = "json"


class DocumentParams(Request):
    """Which documents to list; all when nothing is said."""

    region: Values = ()
    status: Values = ()
    level: Values = ()

    def record(self) -> Filters:
        """Give the filters as a selection takes them."""
        return Filters(region=self.region, status=self.status, level=self.level)


class ResponsibilityParams(FiltersIn):
    """Whose tasks to list; all when nothing is said."""

    unit: str | None = Field(
        default=None, min_length=1, description="A name, full or short, its end, or in English."
    )
    role: Literal["lead", "member"] | None = None
    format: Literal["json", "csv", "xlsx"] | None = Field(
        default=None, description="As the header Accept says when omitted, else json."
    )
    lang: Language = Field(
        default=None, description="Language of the header of xlsx; Accept-Language's if omitted."
    )
