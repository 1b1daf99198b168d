"""A run: gold questions put to a target, each answer measured."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from eval.answered import Answered
from eval.asking import Ask, Question, Reply, ask_all
from eval.documents import Documents
from eval.gold import GoldRow
from eval.locate import LocatedRow, locate
from eval.measures import MEASURES
from eval.ranking import ranking_values
from eval.scores import ALL_MEASURES, RowResult, Score, score


@dataclass(frozen=True)
class RunResult:
    """Every row of a run, in the order of the gold files, and what they measure together."""

    rows: tuple[RowResult, ...]
    answered: tuple[Answered, ...] = ()

    @cached_property
    def scores(self) -> tuple[Score, ...]:
        """Every measure over all rows, with intervals."""
        return score(self.rows)

    def score(self, name: str) -> Score:
        """Give one measure over all rows; ``KeyError`` if there is none of that name."""
        return {each.name: each for each in score(self.rows, intervals=False)}[name]

    @property
    def wrong(self) -> tuple[RowResult, ...]:
        """The rows that do not meet a measure in full."""
        return tuple(row for row in self.rows if row.wrong)

    @property
    def failed(self) -> tuple[RowResult, ...]:
        """The rows that got no answer; they count as wrong."""
        return tuple(row for row in self.rows if row.answer is None)


def evaluate(rows: Sequence[GoldRow], ask: Ask, documents: Documents) -> RunResult:
    """Put every gold question, one after the other, and measure the answers.

    Parameters
    ----------
    rows : sequence of GoldRow
        Asked in this order; each stands alone, so the order changes no measure.
    ask : callable
        From a question to the JSON of ``/v1/ask``; a question for which it raises ``AskError``
        counts as not answered.
    documents : Documents
        What citations are checked against.

    Raises
    ------
    GoldError
        If a row's documents or evidence are not among ``documents``; before anything is asked.
    TargetGoneError
        If too many questions in a row get no answer.
    """
    located = locate_all(rows, documents)
    replies: dict[str, Reply] = {}
    questions = [Question(row.id, row.question) for row in rows]
    ask_all(questions, ask, keep=replies.__setitem__)
    return measure(located, replies, documents)


def locate_all(rows: Sequence[GoldRow], documents: Documents) -> list[LocatedRow]:
    """Find every row's documents and evidence; to be done before anything is asked.

    Raises
    ------
    GoldError
        If a row's documents or evidence are not among ``documents``.
    """
    return [locate(row, documents.texts) for row in rows]


def measure(
    rows: Sequence[LocatedRow], replies: Mapping[str, Reply], documents: Documents
) -> RunResult:
    """Measure the replies to located rows.

    Parameters
    ----------
    rows : sequence of LocatedRow
        The result keeps their order, which changes no measure.
    replies : mapping of str to Reply
        By gold id; a row without one counts as not answered.
    documents : Documents
        What citations are checked against.
    """
    none = Reply(None, error="it was not asked")
    pairs = [(row, replies.get(row.gold.id, none)) for row in rows]
    answered = tuple(Answered(row, reply.answer, documents) for row, reply in pairs)
    ranking = ranking_values(answered)
    results = []
    for each, (row, reply) in zip(answered, pairs, strict=True):
        own = {name: one.value(each) for name, one in MEASURES.items()}
        of_ranking = ranking.get(row.gold.id, {})
        values = {name: own.get(name, of_ranking.get(name)) for name in ALL_MEASURES}
        results.append(
            RowResult(
                row.gold,
                _plain(reply),
                values,
                files=row.files,
                evidence=(*row.spans, *row.support),
                unresolved=_unresolved(each),
                error=reply.error,
                ms=reply.ms,
            )
        )
    return RunResult(tuple(results), answered)


def _unresolved(answered: Answered) -> tuple[int, ...]:
    citations = answered.answer["citations"]
    return tuple(each["n"] for each in citations if not answered.resolves(each))


def _plain(reply: Reply) -> dict[str, object] | None:
    return dict(reply.answer) if reply.answer is not None else None
