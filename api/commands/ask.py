"""``yiju ask`` and ``yiju search``: a question, and the clauses behind its answer."""

from typing import TYPE_CHECKING, Annotated

import typer

from api import output
from api.commands.language_model import LlmModel, LlmUrl, chosen, worded
from api.commands.model_options import with_model, with_reranker
from api.commands.options import (
    DEFAULT_INDEX,
    DocumentOption,
    IndexOption,
    JsonOption,
    LevelOption,
    RegionOption,
    StatusOption,
    filters,
    open_answerer,
)
from api.languages import lang_of
from index.model_options import ModelOptions, RerankerOptions
from rag.records import Answer, Citation, CitationRole, Lang, SearchHit, Status
from rag.wire import answer_json, hit_json

if TYPE_CHECKING:
    from rich.text import Text

NOTHING_STATED = 3

_OPENING = 80
_TOLD = 8


def _lang(tag: str) -> Lang:
    try:
        return lang_of(tag)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from error


LangOption = Annotated[
    Lang | None,
    typer.Option("--lang", parser=_lang, metavar="TAG", help="zh-Hans, zh-Hant or en."),
]
TopK = Annotated[int, typer.Option("--top-k", min=1, max=50, help="Clauses shown, at most.")]


@with_reranker
@with_model
def ask(  # noqa: PLR0913 - an option each
    question: Annotated[str, typer.Argument(help="In Chinese or English.")],
    *,
    model: ModelOptions,
    reranker: RerankerOptions | None,
    index: IndexOption = DEFAULT_INDEX,
    top_k: TopK = 5,
    region: RegionOption = None,
    document: DocumentOption = None,
    status: StatusOption = None,
    level: LevelOption = None,
    lang: LangOption = None,
    llm_url: LlmUrl = None,
    llm_model: LlmModel = None,
    json: JsonOption = False,
) -> None:
    """Answer a question, with the clauses the answer rests on; exit code 3 if nothing is stated."""
    language_model = chosen(llm_url, llm_model)
    answerer = worded(open_answerer(index, model, reranker), language_model)
    answer = answerer.ask(
        question, top_k=top_k, filters=filters(region, document, status, level), lang=lang
    )
    if json:
        output.say_json(answer_json(answer))
    else:
        _say_answer(answer)
    if answer.status in {Status.NOT_STATED, Status.NOT_FOUND}:
        raise typer.Exit(NOTHING_STATED)


@with_reranker
@with_model
def search(  # noqa: PLR0913 - an option each
    question: Annotated[str, typer.Argument(help="Words to look for.")],
    *,
    model: ModelOptions,
    reranker: RerankerOptions | None,
    index: IndexOption = DEFAULT_INDEX,
    top_k: TopK = 10,
    region: RegionOption = None,
    document: DocumentOption = None,
    status: StatusOption = None,
    level: LevelOption = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say what each feature adds to the score.")
    ] = False,
    json: JsonOption = False,
) -> None:
    """Find clauses, best first; exit code 3 if there is none."""
    hits = open_answerer(index, model, reranker).search(
        question, top_k=top_k, filters=filters(region, document, status, level)
    )
    if json:
        output.say_json({"hits": [hit_json(hit, explain=explain) for hit in hits]})
    for hit in () if json else hits:
        if hit is not hits[0]:
            output.say()
        _say_clause(hit.citation, whole=True)
        if explain:
            _say_explanation(hit)
    if not hits:
        raise typer.Exit(NOTHING_STATED)


def _say_explanation(hit: SearchHit) -> None:
    """Print the features that moved a clause most, up (+) or down (-)."""
    legs = f"score {hit.score:.2f}, BM25 {hit.lexical:.2f}, cosine {hit.dense:.2f}"
    told = [f"{each.feature} {each.adds:+.2f}" for each in hit.explanation[:_TOLD]]
    output.say(f"    {legs}: {', '.join(told)}", style="dim")


def _say_answer(answer: Answer) -> None:
    output.say(answer.answer, style="bold")
    if answer.reason is not None and answer.reason.message not in answer.answer:
        output.say(answer.reason.message)
    for citation in answer.citations:
        output.say()
        _say_clause(citation, whole=citation.role is not CitationRole.RELATED)


def _say_clause(citation: Citation, *, whole: bool) -> None:
    """Print a clause's place and its words, or how they begin."""
    output.say(f"[{citation.n}] {citation.label}", style="bold cyan")
    if citation.clause.path:
        output.say("    " + " › ".join(citation.clause.path), style="dim")
    quote = marked(citation)
    if not whole and len(quote) > _OPENING:
        quote = quote[:_OPENING]
        quote.append("…")
    output.say(quote)


def marked(citation: Citation) -> "Text":
    """Give a clause's words with those marked that answer the question."""
    from rich.text import Text  # noqa: PLC0415 - not needed for JSON

    text = Text(output.printable(citation.quote))
    for highlight in citation.highlights:
        start = highlight.start - citation.clause.start
        text.stylize("bold underline", max(start, 0), highlight.end - citation.clause.start)
    return text
