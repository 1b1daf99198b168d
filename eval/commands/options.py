"""Options that several commands share."""

from os import environ
from pathlib import Path
from typing import Annotated

import typer

_DEFAULT = ".yiju/index"

IndexOption = Annotated[
    Path | None,
    typer.Option("--index", help=f"Index folder; else YIJU_INDEX, else {_DEFAULT}."),
]
DocumentsOption = Annotated[
    Path | None,
    typer.Option(
        "--documents", exists=True, file_okay=False, help="Folder of the documents' .txt files."
    ),
]


def index_folder(named: Path | None) -> Path:
    """Give the index folder: the one named, the environment's, or the usual one."""
    return named or Path(environ.get("YIJU_INDEX") or _DEFAULT)
