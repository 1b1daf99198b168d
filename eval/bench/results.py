"""What a benchmark leaves behind: a JSON file, and a table in Markdown beside it."""

import os
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from eval.environment import machine
from eval.run_folder import dump

RESULTS = Path(__file__).parents[1] / "results"
WORK = Path(".yiju/bench")
"""Where indexes are built, and kept for the next time."""

Json = dict[str, Any]
Row = Mapping[str, object]

_THREADS = "OMP_NUM_THREADS"


def about(name: str, arguments: Sequence[str] | None = None) -> Json:
    """Say what was run, when and on what; of a path outside this folder only the last part.

    Parameters
    ----------
    name : str
        Of the benchmark, which is the module ``eval.bench.NAME``.
    arguments : sequence of str, optional
        Of the command line; those of this process when omitted.
    """
    given = sys.argv[1:] if arguments is None else arguments
    command = ["python", "-m", f"eval.bench.{name}", *map(_without_folders, given)]
    return {
        "benchmark": name,
        "command": " ".join(command),
        "date": datetime.now(UTC).date().isoformat(),
        "threads": os.environ.get(_THREADS, "not set"),
        "machine": machine(),
    }


def report(
    name: str,
    result: Json,
    rows: Sequence[Row],
    *,
    out: Path = RESULTS,
    as_json: bool = False,
    notes: Sequence[str] = (),
) -> None:
    """Write NAME.json and NAME.md to a folder, and one of the two to the standard output."""
    values = {**about(name), **result}
    page = _page(name, values, rows, notes)
    out.mkdir(parents=True, exist_ok=True)
    (out / f"{name}.json").write_text(f"{dump(values)}\n", encoding="utf-8")
    (out / f"{name}.md").write_text(page, encoding="utf-8")
    sys.stdout.write(f"{dump(values)}\n" if as_json else page)


def tell(message: str) -> None:
    """Say on the standard error how far it is."""
    sys.stderr.write(f"{message}\n")
    sys.stderr.flush()


def table(rows: Sequence[Row]) -> str:
    """Write rows as a table in Markdown; its columns are the keys of the first.

    Examples
    --------
    >>> print(table([{"words": 60, "ms": 3.14159}]))
    | words | ms |
    |---|---|
    | 60 | 3.14 |
    """
    if not rows:
        return ""
    names = list(rows[0])
    lines = [names, ["---"] * len(names), *([_shown(row.get(n)) for n in names] for row in rows)]
    head, rule, *body = lines
    return "\n".join([f"| {' | '.join(head)} |", f"|{'|'.join(rule)}|", *map(_line, body)])


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _shown(value: object) -> str:
    if value is None:
        return "-"
    if isinstance(value, float):
        return f"{value:.3f}" if abs(value) < 1 else f"{value:,.2f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def _page(name: str, values: Json, rows: Sequence[Row], notes: Sequence[str]) -> str:
    on, versions = values["machine"], values["machine"]["versions"]
    made = ("python", "numpy", "faiss-cpu", "tokenizers")
    lines = [
        f"# {name}",
        "",
        f"`{values['command']}`, {values['date']}, commit {on['commit']}. "
        f"{on['processor']}, {on['cpus']} cores, {on['memory_gib']} GiB, {on['system']}; "
        f"{', '.join(f'{each} {versions[each]}' for each in made)}; "
        f"threads: {values['threads']}.",
        "",
        table(rows),
        *(f"\n{note}" for note in notes),
    ]
    return "\n".join(lines) + "\n"


def _without_folders(argument: str) -> str:
    key, equals, value = argument.rpartition("=")
    return f"{key}{equals}{Path(value).name}" if Path(value).is_absolute() else argument
