"""The command ``yiju``."""

import logging
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from api import output
from api.commands.ask import ask, search
from api.commands.browse import clauses, documents
from api.commands.build import index
from api.commands.compare import compare
from api.commands.model import app as model
from api.commands.read import read
from api.commands.responsibilities import responsibilities
from api.commands.serve import serve
from api.version import program_version
from index.errors import IndexingError
from rag.errors import AnsweringError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoints

log = logging.getLogger(__name__)

PLUGINS = "yiju.commands"
WRONG_USE = 2
FAILURE = 1

# Clients that would log what they send, questions and keys among it.
_TALKATIVE = ("httpcore2", "httpx2", "openai")

# typer's own base of "wrong option" and the like, by whichever click stands behind it.
_UsageError: type[Exception] = typer.BadParameter.__mro__[1]


class SentenceGroup(TyperGroup):
    """The commands, the mounted ones too; whatever goes wrong in one ends in one sentence."""

    def make_context(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as click has it
        """Read the command line up to the command's name."""
        return _in_a_sentence(super().make_context, *args, **kwargs)

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - as click has it
        """Run the command."""
        return _in_a_sentence(super().invoke, ctx)

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ANN401
        """Name the commands, the mounted ones last."""
        own = super().list_commands(ctx)
        return [*own, *sorted(_plugins().names - set(own))]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ANN401
        """Give a command; a mounted one is imported only when it is called for."""
        own = super().get_command(ctx, cmd_name)
        return own if own is not None else _mounted(cmd_name)


def _plugins() -> "EntryPoints":
    from importlib.metadata import entry_points  # noqa: PLC0415 - 40 ms, seldom needed

    return entry_points(group=PLUGINS)


def _mounted(name: str) -> Any:  # noqa: ANN401 - a click command
    for plugin in _plugins().select(name=name):
        try:
            loaded = plugin.load()
        except (ImportError, AttributeError) as error:
            output.tell(f"yiju: the command {name} cannot be loaded: {error}")
            return None
        command = typer.main.get_command(loaded) if isinstance(loaded, typer.Typer) else loaded
        command.name = name
        return command
    return None


def _in_a_sentence(run: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
    """Run, and turn every error into one sentence on stderr and an exit code."""
    try:
        return run(*args, **kwargs)
    except (typer.Exit, typer.Abort, BrokenPipeError):
        raise
    except _UsageError as error:
        output.fail(_wrong_use(error), code=WRONG_USE)
    except AnsweringError as error:
        output.fail(error, code=WRONG_USE)
    except (IndexingError, OSError) as error:
        output.fail(error, code=FAILURE)
    except Exception as error:
        log.debug("unexpected error", exc_info=error)
        told = f"unexpected {type(error).__name__}: {error}; --debug shows where"
        output.fail(told, code=FAILURE)


def _wrong_use(error: Any) -> str:  # noqa: ANN401 - a click UsageError
    if type(error).__name__ == "NoArgsIsHelpError":  # a bare `yiju`: the help is the answer
        raise error
    command = error.ctx.command_path if error.ctx else "yiju"
    return f"{error.format_message().rstrip('.')}; see `{command} --help`"


app = typer.Typer(
    name="yiju",
    cls=SentenceGroup,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for _command in (index, ask, search, serve, documents, clauses, responsibilities, compare, read):
    app.command()(_command)
app.add_typer(model, name="model")


@app.command()
def version() -> None:
    """Print the version."""
    output.say(f"yiju {program_version()}")


def _print_version(wanted: bool) -> None:
    if wanted:
        version()
        raise typer.Exit


@app.callback()
def options(
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_print_version, is_eager=True, help="Print it, end."),
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Log everything on stderr.")] = False,
) -> None:
    """Answer questions about official documents, with the clause behind every word."""
    logging.basicConfig(level=logging.DEBUG if debug else logging.WARNING, stream=sys.stderr)
    for name in _TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        # A locale without Chinese must not end a command halfway.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    app(prog_name="yiju")
