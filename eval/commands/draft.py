"""``yiju eval draft``: propose gold rows, for a person to correct."""

import json
from pathlib import Path
from typing import Annotated

import typer

from eval.commands.options import IndexOption, index_folder
from eval.commands.output import in_a_sentence, tell
from eval.draft import Kind, Script, drafts
from eval.feedback import Feedback, feedback_drafts, read_feedback
from eval.gold_file import read_gold
from eval.targets import library_target
from index.folder import load_index


def draft(
    *,
    index: IndexOption = None,
    out: Annotated[
        Path | None,
        typer.Option(dir_okay=False, help="Gold file to write; it must not exist. Else stdout."),
    ] = None,
    kind: Annotated[
        list[Kind] | None, typer.Option(help="What to draft from; may be repeated. All by default.")
    ] = None,
    feedback: Annotated[
        Path | None,
        typer.Option(exists=True, dir_okay=False, help="Draft from this feedback file instead."),
    ] = None,
    limit: Annotated[int | None, typer.Option(min=1, help="Rows of each kind at most.")] = None,
    lang: Annotated[Script, typer.Option(help="Characters of the questions.")] = Script.SIMPLIFIED,
    known: Annotated[
        list[Path] | None,
        typer.Option(
            "--without",
            exists=True,
            dir_okay=False,
            help="Gold file whose questions are left out; may be repeated.",
        ),
    ] = None,
) -> None:
    """Propose gold rows from an index or from feedback.

    They are marked as not reviewed: read each beside its document, correct it, and take out
    "reviewed": false.

    Exit codes: 0 done, 1 failure, 2 wrong use.
    """
    if out is not None and out.exists():
        raise typer.BadParameter(f"{out} exists; name a new file, so that no corrected row is lost")
    if feedback is not None and (kind or lang is not Script.SIMPLIFIED):
        wrong = "--kind" if kind else "--lang"
        raise typer.BadParameter(f"{wrong} is for drafts from an index, not with --feedback")
    with in_a_sentence():
        library = load_index(index_folder(index))
        if feedback is not None:
            said = read_feedback(feedback)
            ask = library_target(library).ask
            rows = list(feedback_drafts(said, ask, library, skip=_tell_skipped))[:limit]
        else:
            rows = drafts(library, kind or tuple(Kind), limit=limit, script=lang)
        held = {row.question for path in known or () for row in read_gold(path)}
        lines = [json.dumps(r, ensure_ascii=False) for r in rows if r["question"] not in held]
        if out is None:
            typer.echo("\n".join(lines))
        else:
            out.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="")
    tell(f"{len(lines)} drafts, none of them reviewed")


def _tell_skipped(said: Feedback, why: str) -> None:
    tell(f"line {said.line} is left out: {why}")
