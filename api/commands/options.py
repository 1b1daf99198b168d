"""Options that several commands share, and the index they name."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api import output
from api.environment import DEFAULT_INDEX, unknown_variables
from index.model_options import ModelOptions, RerankerOptions
from rag.records import Filters

if TYPE_CHECKING:
    from index.library import Index
    from rag.reworded import Answering

IndexOption = Annotated[
    Path, typer.Option("--index", envvar="YIJU_INDEX", help="Folder written by `yiju index`.")
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON, nothing else.")]
RegionOption = Annotated[
    list[str] | None, typer.Option("--region", help="Name or code; may be repeated.")
]
DocumentOption = Annotated[
    list[str] | None, typer.Option("--document", help="Document id; may be repeated.")
]
StatusOption = Annotated[
    list[str] | None, typer.Option("--status", help="draft, effective, repealed, unknown.")
]
LevelOption = Annotated[
    list[str] | None, typer.Option("--level", help="national, province, city, county.")
]

__all__ = ["DEFAULT_INDEX"]


def filters(
    region: list[str] | None,
    document: list[str] | None,
    status: list[str] | None = None,
    level: list[str] | None = None,
) -> Filters:
    """Give the filters that options ask for."""
    return Filters(
        tuple(region or ()), tuple(document or ()), tuple(status or ()), tuple(level or ())
    )


def check_environment() -> None:
    """End the command if a variable with our prefix means nothing."""
    unknown = unknown_variables(os.environ)
    if unknown:
        output.fail("; ".join(unknown), code=2)


def open_index(path: Path, model: ModelOptions, reranker: RerankerOptions | None = None) -> "Index":
    """Load the index that the options name."""
    check_environment()
    # Only now: these take most of a command's time to start.
    from index.embed import load_embedder  # noqa: PLC0415
    from index.folder import load_index  # noqa: PLC0415
    from index.library import SearchSettings  # noqa: PLC0415

    settings = SearchSettings()
    if reranker is not None:
        from index.cross_encoder import load_pair_scorer  # noqa: PLC0415

        scorer = load_pair_scorer(reranker)
        settings = SearchSettings(scorer=scorer, scored=reranker.top)
    return load_index(path, embedder=load_embedder(model), settings=settings)


def open_answerer(
    path: Path, model: ModelOptions, reranker: RerankerOptions | None = None
) -> "Answering":
    """Give what answers from the index that the options name."""
    library = open_index(path, model, reranker)
    from rag.answer import Answerer  # noqa: PLC0415 - as above

    return Answerer(library)
