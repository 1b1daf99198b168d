"""``yiju eval report``: a run as a page, and as Markdown."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from eval.commands.output import in_a_sentence
from eval.compare import compare_runs
from eval.markdown import comparison_markdown, run_markdown
from eval.report.page import report_html
from eval.run_folder import read_run


class Language(StrEnum):
    """A language of the page."""

    ZH_CN = "zh-CN"
    EN = "en"


def report(
    *,
    run: Annotated[Path, typer.Argument(metavar="RUN", help="Run folder.")],
    baseline: Annotated[
        Path | None, typer.Option(help="Run folder that it is compared with.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(dir_okay=False, help="The page; else RUN/report.html.")
    ] = None,
    markdown: Annotated[
        Path | None, typer.Option(dir_okay=False, help="The Markdown; else RUN/report.md.")
    ] = None,
    lang: Annotated[
        Language, typer.Option(help="Language that the page opens in; it has both.")
    ] = Language.ZH_CN,
) -> None:
    """Write a run as one HTML file that needs no network, and as Markdown for a pull request.

    Exit codes: 0 done, 1 failure, 2 wrong use.
    """
    page = out or run / "report.html"
    summary = markdown or run / "report.md"
    with in_a_sentence():
        shown = read_run(run)
        comparison = compare_runs(read_run(baseline), shown) if baseline else None
        page.write_text(report_html(shown, comparison, language=lang.value), encoding="utf-8")
        summary.write_text(
            comparison_markdown(comparison) if comparison else run_markdown(shown),
            encoding="utf-8",
        )
    typer.echo(f"{page}\n{summary}")
