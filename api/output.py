"""What a command prints: results on stdout, all else on stderr, nothing that a terminal obeys."""

import io
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import typer

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

_WIDE = 10_000
# Control characters and those that turn the direction of text: a document may hold them, and
# a terminal would act on them. One is put for one, so that offsets stay right.
_UNPRINTABLE = dict.fromkeys(
    [*range(32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A)], "�"
) | {9: "\t", 10: "\n", 13: "\n"}


def printable(text: str) -> str:
    r"""Give a text of the same length that a terminal only shows.

    Examples
    --------
    >>> printable("a\x1b[31m\r\nb")
    'a�[31m \nb'
    """
    return text.replace("\r\n", " \n").translate(_UNPRINTABLE)


def say(text: "str | Text" = "", *, style: str | None = None) -> None:
    """Print a line of the result; plain, and never wrapped, where stdout is no terminal."""
    from rich.text import Text  # noqa: PLC0415 - not needed for JSON

    console = _console()
    shown = Text(printable(text), style or "") if isinstance(text, str) else text
    console.print(shown, soft_wrap=not console.is_terminal)


def show(renderable: Any) -> None:  # noqa: ANN401 - whatever rich can render
    """Print a table or tree; as wide as it needs to be where stdout is no terminal."""
    console = _console()
    if not console.is_terminal:
        console.width = _WIDE
    console.print(renderable, crop=False)


def rendered(renderable: Any) -> str:  # noqa: ANN401 - as above
    """Give a table or tree as plain text, as wide as it needs to be."""
    from rich.console import Console  # noqa: PLC0415 - not needed for JSON

    out = io.StringIO()
    Console(file=out, width=_WIDE, markup=False, emoji=False).print(renderable, crop=False)
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())


def _console() -> "Console":
    from rich.console import Console  # noqa: PLC0415 - not needed for JSON

    return Console(file=sys.stdout, highlight=False, markup=False, emoji=False)


def say_json(value: object) -> None:
    """Print a JSON document; a lone surrogate, which has no UTF-8, as its escape."""
    write(json_text(value))


def json_text(value: object) -> str:
    """Give a JSON document as :func:`say_json` prints it."""
    text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
    return text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n"


def write(text: str) -> None:
    """Write text to stdout as it is, in UTF-8 whatever the locale."""
    if hasattr(sys.stdout, "buffer"):
        write_bytes(text.encode("utf-8"))
    else:
        sys.stdout.write(text)


def stdout_is_a_terminal() -> bool:
    """Tell whether what is printed goes to a person's screen."""
    return sys.stdout.isatty()


def write_bytes(data: bytes) -> None:
    """Write bytes to stdout as they are."""
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def write_file(path: Path, data: bytes, *, overwrite: bool) -> None:
    """Write a file whole or not at all.

    Raises
    ------
    FileExistsError
        If it is there and is not to be overwritten; the message says what to do.
    OSError
        If there is no such folder, or the disk refuses.
    """
    check_file(path, overwrite=overwrite)
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        unfinished.write_bytes(data)
        check_file(path, overwrite=overwrite)  # no one else has written it meanwhile
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


def check_file(path: Path, *, overwrite: bool) -> None:
    """Refuse a file that is there, a folder, and a file in a folder that is not there.

    Raises
    ------
    OSError
        One of the three; the message says what to do.
    """
    if path.is_dir():
        raise IsADirectoryError(f"{path}: this is a folder; name a file in it")
    if path.exists() and not overwrite:
        raise FileExistsError(f"{path}: the file is there; name another, or give --overwrite")
    if not path.parent.is_dir():
        raise FileNotFoundError(f"{path}: there is no folder {path.parent}; make it first")


def tell(sentence: object) -> None:
    """Print one line on stderr."""
    line = " ".join(printable(str(sentence)).split())
    typer.echo(line, err=True)


def fail(sentence: object, *, code: int = 1) -> NoReturn:
    """Print one sentence on stderr and end the command with ``code``."""
    tell(f"yiju: {sentence}")
    raise typer.Exit(code)
