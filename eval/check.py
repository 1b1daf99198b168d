"""Check gold files: against their own rules, against the documents, and for repeated questions."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from rapidfuzz import fuzz, process

from eval.check_row import doubts, errors
from eval.documents import Documents
from eval.gold_file import PlacedRow, scan_gold
from index.clean import fold

NEAR = 88.0  # of 100: from here on two questions differ by a word or a letter


class Severity(StrEnum):
    """Whether a row cannot be scored with, or should be looked at."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a line of a gold file; ``line`` 0 stands for the whole file."""

    path: Path
    line: int
    severity: Severity
    message: str
    row_id: str | None = None

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" if self.line else f"{self.path}"
        named = f"{self.row_id}: " if self.row_id else ""
        return f"{place}: {self.severity}: {named}{self.message}"


def check_gold(
    paths: Sequence[Path],
    documents: Documents | None = None,
    *,
    against: Sequence[Path] = (),
) -> list[Problem]:
    """Check gold files, every line of them.

    Parameters
    ----------
    paths : sequence of Path
        The files to check, together: no question may stand in two of them.
    documents : Documents, optional
        What evidence is looked up in; without it only the rows themselves are checked.
    against : sequence of Path
        Files, such as those that something was trained or tuned on, whose questions the checked
        ones must not repeat.

    Returns
    -------
    list of Problem
        In the order of files and lines.

    Raises
    ------
    OSError
        If a file cannot be read.
    """
    problems: list[Problem] = []
    placed: list[PlacedRow] = []
    for path in paths:
        for line in scan_gold(path):
            row_id = line.row.id if line.row else None
            problems += [Problem(path, line.line, Severity.ERROR, m, row_id) for m in line.problems]
            problems += [
                Problem(path, line.line, Severity.WARNING, m, row_id) for m in line.warnings
            ]
            if line.row is not None:
                placed.append(PlacedRow(path, line.line, line.row))
    for each in placed:
        problems += _of_row(each, documents)
    problems += _same_ids(placed)
    problems += _repeated(placed)
    others = []
    for path in against:
        for line in scan_gold(path):
            problems += [Problem(path, line.line, Severity.ERROR, m) for m in line.problems]
            others += [PlacedRow(path, line.line, line.row)] if line.row else []
    problems += _leaked(placed, others)
    order = {path: i for i, path in enumerate(dict.fromkeys((*paths, *against)))}
    return sorted(problems, key=lambda each: (order[each.path], each.line))


def _problem(placed: PlacedRow, severity: Severity, message: str) -> Problem:
    return Problem(placed.path, placed.line, severity, message, placed.row.id)


def _of_row(placed: PlacedRow, documents: Documents | None) -> Iterator[Problem]:
    for message in errors(placed.row, documents):
        yield _problem(placed, Severity.ERROR, message)
    for message in doubts(placed.row):
        yield _problem(placed, Severity.WARNING, message)


def _same_ids(placed: Sequence[PlacedRow]) -> Iterator[Problem]:
    """Tell the ids that stand in two files; in one file they are no rows to begin with."""
    first: dict[str, PlacedRow] = {}
    for each in placed:
        other = first.setdefault(each.row.id, each)
        if other is not each:
            yield _problem(
                each, Severity.ERROR, f"its id stands in {other.path.name}:{other.line} too"
            )


def _repeated(placed: Sequence[PlacedRow]) -> Iterator[Problem]:
    words = [_plain(each.row.question) for each in placed]
    for i, each in enumerate(placed):
        for j, alike in _alike(words[i], words[:i]):
            other = placed[j]
            where = f"{other.row.id} ({other.path.name}:{other.line})"
            if _exact(each.row.question) == _exact(other.row.question):
                yield _problem(each, Severity.ERROR, f"the question is that of {where}")
            else:
                yield _problem(
                    each,
                    Severity.WARNING,
                    f"the question is nearly that of {where}: {alike:.0f} of 100",
                )


def _leaked(placed: Sequence[PlacedRow], others: Sequence[PlacedRow]) -> Iterator[Problem]:
    words = [_plain(each.row.question) for each in others]
    for each in placed:
        mine = _plain(each.row.question)
        for j, alike in _alike(mine, words):
            other = others[j]
            same = _exact(each.row.question) == _exact(other.row.question)
            severity = Severity.ERROR if same else Severity.WARNING
            yield _problem(
                each,
                severity,
                f"the question leaks from {other.path.name}:{other.line} ({other.row.id}): "
                f"{alike:.0f} of 100",
            )


def _alike(words: str, others: Sequence[str]) -> Iterator[tuple[int, float]]:
    """Give the questions that differ by a word or a letter at most, and how alike they are."""
    for _, alike, j in process.extract_iter(words, others, scorer=fuzz.ratio, score_cutoff=NEAR):
        if _figures(words) == _figures(others[j]):  # other numbers ask for something else
            yield j, alike


def _figures(words: str) -> list[str]:
    return re.findall(r"\d+|[〇零一二两三四五六七八九十百千]+", words)


def _plain(question: str) -> str:
    return "".join(each for each in fold(question).lower() if each.isalnum())


def _exact(question: str) -> str:
    """Give a question without its marks; one in Traditional characters is another one."""
    return "".join(each for each in question.lower() if each.isalnum())
