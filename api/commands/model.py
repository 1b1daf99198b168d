"""``yiju model``: the embedding model trained anew, or adapted to an index."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from api import output
from api.commands.model_options import with_model
from api.commands.options import DEFAULT_INDEX, IndexOption, open_index
from index.model_options import ModelOptions

if TYPE_CHECKING:
    from index.training.finetune import Verdict

NO_BETTER = 1

app = typer.Typer(no_args_is_help=True, help="Train the embedding model, or adapt it.")

OutOption = Annotated[
    Path, typer.Option("--out", help="Folder to write the model to; empty, or not there yet.")
]
SeedOption = Annotated[int, typer.Option("--seed", min=0, help="Of every draw.")]


@app.command()
def train(
    data: Annotated[Path, typer.Option("--data", help="Folder of training data.")],
    out: OutOption,
    dim: Annotated[int, typer.Option("--dim", min=16, max=1024, help="Numbers in a vector.")] = 256,
    seed: SeedOption = 0,
    questions: Annotated[
        bool, typer.Option("--questions/--no-questions", help="Train on the labelled questions.")
    ] = True,
    steps_scale: Annotated[
        float, typer.Option("--steps-scale", min=0.001, help="Factor on the steps of each stage.")
    ] = 1.0,
) -> None:
    """Train the embedding model from a folder of data; a quarter of an hour on one core."""
    from index.training.build import BuildOptions, build_model  # noqa: PLC0415 - seldom needed
    from index.training.journal import Journal  # noqa: PLC0415

    options = BuildOptions(dim, seed, questions, steps_scale)
    build_model(data, out, options=options, journal=Journal(output.tell))
    output.say(f"model in {out}")


@app.command()
@with_model
def finetune(
    gold: Annotated[Path, typer.Option("--gold", help="JSONL of confirmed questions.")],
    out: OutOption,
    *,
    model: ModelOptions,
    index: IndexOption = DEFAULT_INDEX,
    seed: SeedOption = 0,
) -> None:
    """Adapt a static model to questions whose clauses are known; exit code 1 if it is no better.

    A fifth of the questions is held out, by clause, to check with. Nothing is written unless
    the adapted model finds their clauses better.
    """
    from index.embed import static_folder  # noqa: PLC0415 - seldom needed
    from index.training import finetune as tuning  # noqa: PLC0415
    from index.training.model import check_output, read_model, write_folder  # noqa: PLC0415
    from index.training.pairs import read_pairs  # noqa: PLC0415

    check_output(out)
    library = open_index(index, model)
    vectors, tokenizer = read_model(static_folder(model.model))
    read = read_pairs(gold, library)
    for sentence in read.unmatched:
        output.tell(sentence)
    output.tell(f"{len(read.pairs)} questions matched, {len(read.unmatched)} not")
    verdict, trained = tuning.finetune(vectors, tokenizer, library, read.pairs, seed=seed)
    if not verdict.better:
        output.fail(f"no better, so nothing is written: {_figures(verdict)}", code=NO_BETTER)
    write_folder(out, lambda folder: tuning.write_adapted(folder, trained, tokenizer, verdict))
    output.say(f"model in {out}: {_figures(verdict)}")
    output.say(f"index again with it: yiju index DIR --out INDEX --model {out}")


def _figures(verdict: "Verdict") -> str:
    before, after = verdict.before, verdict.after
    return (
        f"of {before.questions} held-out questions mean reciprocal rank {before.mrr:.3f} before, "
        f"{after.mrr:.3f} after; recall@{verdict.k} {before.recall:.3f} before, "
        f"{after.recall:.3f} after"
    )
