"""Runs and comparisons as Markdown, for a pull request."""

from collections.abc import Iterable, Sequence

from eval.compare import Change, Comparison, Fate, RowChange
from eval.resampling import SIGNIFICANT
from eval.run_folder import StoredRun
from eval.scores import BETTER_WHEN_LOWER, RowResult, Score, improvement, score
from eval.tables import shown, shown_change, shown_p, shown_range
from eval.why import why_wrong

# Colons and full stops too, since bare addresses become links. A backslash does not stop a
# mention or a reference: a word joiner, which is not seen, does.
_SPECIAL = str.maketrans(
    {c: f"\\{c}" for c in "\\`*_{}[]<>|~!&$:."} | {c: f"\\{c}\u2060" for c in "#@"}
)


def run_markdown(run: StoredRun) -> str:
    """Give a run's scores with intervals, and its wrong questions folded away."""
    about = run.about
    wrong = [row for row in run.rows if row.wrong]
    lines = [
        f"### Evaluation: {_plain(run.name)}",
        "",
        _counts(run),
        "",
        *_table(["measure", "value", "95 %", "n"], (_score_cells(s) for s in score(run.rows))),
        "",
        f"Gold: {', '.join(_plain(each['file']) for each in about['gold'])}. "
        f"Index: {_plain(str(about['index']['version']))}. "
        f"Commit: {_plain(str(about['environment']['commit']))}.",
        "",
        *_folded(f"{len(wrong)} wrong", [_wrong(row) for row in wrong]),
    ]
    return "\n".join(lines) + "\n"


def comparison_markdown(comparison: Comparison) -> str:
    """Give what changed between two runs: measures, then questions that got worse and better."""
    after, before = comparison.after, comparison.before
    lines = [
        f"### Evaluation: {_plain(after.name)} against {_plain(before.name)}",
        "",
        f"{_counts(after)} {len(comparison.rows)} are compared.",
        "",
        *_table(
            ["measure", "before", "after", "change", "95 %", "p", "least shown", "n"],
            (_change_cells(each) for each in comparison.changes if each.difference is not None),
        ),
        "",
    ]
    for fate in (Fate.WORSE, Fate.MIXED, Fate.BETTER):
        rows = comparison.of(fate)
        title = f"{len(rows)} {fate.value}"
        lines += [*_folded(title, [_changed(row) for row in rows], folded=fate is Fate.BETTER), ""]
    stayed = comparison.of(Fate.STAYED_WRONG)
    lines += _folded(f"{len(stayed)} stayed wrong", [_wrong(row.after) for row in stayed])
    return "\n".join(lines) + "\n"


def _counts(run: StoredRun) -> str:
    about = run.about
    words = f"{about['questions']} questions."
    if about.get("unreviewed"):
        words += f" **{about['unreviewed']} are drafts that no person has reviewed.**"
    if about["failed"]:
        words += f" **{about['failed']} got no answer and count as wrong.**"
    return words


def _score_cells(each: Score) -> list[str]:
    bounds = shown_range(each.name, each.low, each.high)
    return [_measure(each.name), shown(each.name, each.value), bounds, str(each.n)]


def _change_cells(each: Change) -> list[str]:
    before, after = each.before.value or 0.0, each.after.value or 0.0
    gain = improvement(each.name, before, after)
    mark = " ▲" if gain > 0 else " ▼" if gain < 0 else ""
    star = "\\*" if each.p is not None and each.p <= SIGNIFICANT else ""
    p = shown_p(each.p).replace("<", "\\<") + star
    return [
        _measure(each.name),
        shown(each.name, each.before.value),
        shown(each.name, each.after.value),
        shown_change(each.name, each.difference) + mark,
        shown_range(each.name, each.low, each.high),
        p,
        "-" if each.smallest is None else f"{each.smallest:.3f}",
        str(each.after.n),
    ]


def _measure(name: str) -> str:
    return f"`{name}`" + (" (lower is better)" if name in BETTER_WHEN_LOWER else "")


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    rule = ["---"] + ["---:"] * (len(head) - 1)
    return [f"| {' | '.join(cells)} |" for cells in (head, rule, *rows)]


def _folded(title: str, items: Sequence[str], *, folded: bool = True) -> list[str]:
    if not items:
        return [title]
    if not folded:
        return [f"**{title}**", "", *items]
    return [f"<details><summary>{title}</summary>", "", *items, "", "</details>"]


def _wrong(row: RowResult) -> str:
    lines = [f"- {_plain(row.gold.id)} {_plain(row.gold.question)}"]
    return "\n".join([*lines, *_whys(row)])


def _whys(row: RowResult) -> list[str]:
    return [
        f"  - `{why.name}`: wanted {_plain(why.wanted)}, got {_plain(why.got)}"
        for why in why_wrong(row)
    ]


def _changed(row: RowChange) -> str:
    moved = [f"`{name}` lost" for name in row.lost] + [f"`{name}` gained" for name in row.gained]
    return "\n".join(
        [
            f"- {_plain(row.after.gold.id)} {_plain(row.after.gold.question)}: {', '.join(moved)}",
            f"  - before: {_words(row.before)}",
            f"  - after: {_words(row.after)}",
            *_whys(row.after),
        ]
    )


def _words(row: RowResult) -> str:
    if row.answer is None:
        return f"no answer ({_plain(str(row.error))})"
    return f"{row.answer['status']}: {_plain(str(row.answer['answer']))}"


def _plain(words: str) -> str:
    """Make words of documents and answers plain text on one line, that links and mentions none."""
    return " / ".join(words.splitlines()).translate(_SPECIAL)
