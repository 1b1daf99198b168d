"""The commands under ``yiju eval``."""

import typer

from eval.commands.check import check
from eval.commands.compare import compare
from eval.commands.draft import draft
from eval.commands.report import report
from eval.commands.run import run

app = typer.Typer(
    no_args_is_help=True,
    help="Put gold questions, measure the answers, compare runs, look after the gold.",
)
for command in (run, compare, report, check, draft):
    app.command()(command)

if __name__ == "__main__":
    app()
