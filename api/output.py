"""What a command prints: results on stdout, all else on stderr, nothing that a terminal obeys."""

import json
import sys
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


def _console() -> "Console":
    from rich.console import Console  # noqa: PLC0415 - not needed for JSON

    return Console(file=sys.stdout, highlight=False, markup=False, emoji=False)


def say_json(value: object) -> None:
    """Print a JSON document; a lone surrogate, which has no UTF-8, as its escape."""
    text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
    write(text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n")


def write(text: str) -> None:
    """Write text to stdout as it is, in UTF-8 whatever the locale."""
    sys.stdout.flush()
    stream = getattr(sys.stdout, "buffer", None)
    if stream is None:
        sys.stdout.write(text)
    else:
        stream.write(text.encode("utf-8"))
        stream.flush()


def tell(sentence: object) -> None:
    """Print one line on stderr."""
    line = " ".join(printable(str(sentence)).split())
    typer.echo(line, err=True)


def fail(sentence: object, *, code: int = 1) -> NoReturn:
    """Print one sentence on stderr and end the command with ``code``."""
    tell(f"yiju: {sentence}")
    raise typer.Exit(code)
