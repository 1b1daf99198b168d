"""Questions that the loaded documents answer, made from the records of the index itself.

Each is asked before it is offered: what is not answered, or answered from elsewhere, is dropped.
Nothing is drawn by chance, so an index gives the same questions each time.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations, islice
from typing import Final

from index.divisions import NATIONAL_CODE, division
from index.library import Index
from index.records import Clause, Document, Region, Responsibility
from rag.records import Answer, Lang, Status

Ask = Callable[[str], Answer]

_TRIED: Final = 4  # questions of a kind that are asked in each document before it is passed over
_SUBJECT = re.compile(r"[\u3400-\u9fff]{6,18}")
_SHARED = re.compile(r"[\u3400-\u9fff]{4,}")
_VERB: Final = 2  # characters
_PAIRS: Final = 100  # pairs of documents that are looked at for a subject they share
_LONGEST_TITLE: Final = 40
_FEW_TASKS, _MANY_TASKS = 2, 12


class ExampleKind(StrEnum):
    """What an example asks for."""

    LEAD = "lead"
    UNITS = "units"
    TASKS = "tasks"
    COMPARISON = "comparison"
    DATE = "date"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Example:
    """A question, and the documents that answer it."""

    question: str
    kind: ExampleKind
    document_ids: tuple[str, ...]


_WORDS: Final = {
    Lang.HANS: {
        ExampleKind.LEAD: "{place}{subject}由谁牵头？",
        ExampleKind.UNITS: "{place}{subject}的责任单位有哪些？",
        ExampleKind.TASKS: "{place}{unit}牵头哪些任务？",
        ExampleKind.COMPARISON: "{place}和{other}在{subject}上有什么不同？",
        ExampleKind.DATE: "{name}是什么时候印发的？",
        ExampleKind.NUMBER: "{name}的文号是什么？",
    },
    Lang.EN: {
        ExampleKind.LEAD: "Who leads {subject} in {place}?",
        ExampleKind.UNITS: "Which units are responsible for {subject} in {place}?",
        ExampleKind.TASKS: "What are the tasks of {unit} in {place}?",
        ExampleKind.COMPARISON: "What is the difference between {place} and {other} on {subject}?",
        ExampleKind.DATE: "When was {name} issued?",
        ExampleKind.NUMBER: "What is the document number of {name}?",
    },
}


_ORDER: Final = (
    ExampleKind.LEAD,
    ExampleKind.UNITS,
    ExampleKind.TASKS,
    ExampleKind.COMPARISON,
    ExampleKind.DATE,
    ExampleKind.LEAD,
    ExampleKind.NUMBER,
    ExampleKind.UNITS,
)


def examples(index: Index, ask: Ask, *, lang: Lang, count: int = 6) -> tuple[Example, ...]:
    """Give questions of several kinds about several documents, each answered by ``ask``.

    Parameters
    ----------
    index : Index
        Whose clauses, units, titles and dates the questions are made from.
    ask : callable
        Answers a question from that index.
    lang : Lang
        Simplified Chinese unless English; subjects and units keep the documents' own words.
    count : int
        Questions wanted, at most; fewer where the documents answer no more.

    Notes
    -----
    Asks at most four questions for each kind and document, or pair of documents, it tries; it
    tries the documents that have the fewest questions first, and stops at ``count``.
    """
    maker = _Maker(index, Lang.EN if lang is Lang.EN else Lang.HANS)
    found: list[Example] = []
    used: Counter[str] = Counter()
    for kind in _ORDER:
        if len(found) == count:
            break
        example = _first_answered(maker.of_kind(kind, used), ask, known=found)
        if example is not None:
            found.append(example)
            used.update(example.document_ids)
    return tuple(found)


def _first_answered(
    made: Iterable[Iterator[Example]], ask: Ask, *, known: Sequence[Example]
) -> Example | None:
    asked = {example.question for example in known}
    for candidates in made:
        for example in islice(candidates, _TRIED):
            if example.question not in asked and _holds(ask(example.question), example):
                return example
    return None


def _holds(answer: Answer, example: Example) -> bool:
    """Tell whether an answer is a full one, from the documents that the question was made of."""
    if answer.status is not Status.ANSWERED:
        return False
    citing = {c.document.document_id for c in answer.citations if c.role == "answer"}
    return citing == set(example.document_ids)


class _Maker:
    """Makes questions of each kind, those about the least used documents first."""

    def __init__(self, index: Index, lang: Lang) -> None:
        self._index = index
        self._lang = lang
        self._tasks: dict[str, list[tuple[str, Responsibility]]] = {}
        for clause in index.clauses:
            subject = _subject(clause)
            if subject and clause.responsibilities:
                record = clause.responsibilities[0]
                self._tasks.setdefault(clause.document_id, []).append((subject, record))

    def of_kind(self, kind: ExampleKind, used: Counter[str]) -> Iterator[Iterator[Example]]:
        """Give an iterator of questions for each document, or pair of them."""
        documents = sorted(self._index.documents, key=lambda d: used[d.document_id])
        if kind is ExampleKind.COMPARISON:
            for one, other in islice(combinations(documents, 2), _PAIRS):
                yield self._comparisons(one, other)
            return
        make = {
            ExampleKind.LEAD: self._leads,
            ExampleKind.UNITS: self._units,
            ExampleKind.TASKS: self._tasks_of_units,
            ExampleKind.DATE: self._dates,
            ExampleKind.NUMBER: self._numbers,
        }[kind]
        for document in documents:
            yield make(document)

    def _leads(self, document: Document) -> Iterator[Example]:
        for subject, record in self._tasks.get(document.document_id, ()):
            if record.lead and (place := self._place(document.region)):
                yield self._made(ExampleKind.LEAD, document, place=place, subject=subject)

    def _units(self, document: Document) -> Iterator[Example]:
        for subject, record in reversed(self._tasks.get(document.document_id, ())):
            if len(record.units) > 1 and (place := self._place(document.region)):
                yield self._made(ExampleKind.UNITS, document, place=place, subject=subject)

    def _tasks_of_units(self, document: Document) -> Iterator[Example]:
        tasks = self._tasks.get(document.document_id, ())
        leading = Counter(unit for _, record in tasks for unit in record.leads)
        for unit, number in leading.most_common():
            if _FEW_TASKS <= number <= _MANY_TASKS and (place := self._place(document.region)):
                yield self._made(ExampleKind.TASKS, document, place=place, unit=unit)

    def _dates(self, document: Document) -> Iterator[Example]:
        if document.date and document.number and "date" not in dict(document.inferred):
            yield self._made(ExampleKind.DATE, document, name=document.number)

    def _numbers(self, document: Document) -> Iterator[Example]:
        title = document.title or ""
        if document.number and 0 < len(title) <= _LONGEST_TITLE and not document.inferred:
            yield self._made(ExampleKind.NUMBER, document, name=f"《{title}》")

    def _comparisons(self, one: Document, other: Document) -> Iterator[Example]:
        place, other_place = self._place(one.region), self._place(other.region)
        if not place or not other_place or place == other_place:
            return
        ours, theirs = (
            " ".join(subject for subject, _ in self._tasks.get(each.document_id, ()))
            for each in (one, other)
        )
        for subject in _shared(ours, theirs):
            values = {"place": place, "other": other_place, "subject": subject}
            question = _WORDS[self._lang][ExampleKind.COMPARISON].format(**values)
            ids = (one.document_id, other.document_id)
            yield Example(question, ExampleKind.COMPARISON, ids)

    def _made(self, kind: ExampleKind, document: Document, **values: str) -> Example:
        question = _WORDS[self._lang][kind].format(**values)
        return Example(question, kind, (document.document_id,))

    def _place(self, region: Region | None) -> str | None:
        """Give the short name of a region, as people say it; nothing says the nation better."""
        if region is None:
            return None
        if region.code == NATIONAL_CODE:
            return "China" if self._lang is Lang.EN else "国家"
        try:
            known = division(region.code)
        except KeyError:
            return region.name
        return (known.english if self._lang is Lang.EN else known.short) or region.name


def _subject(clause: Clause) -> str | None:
    """Give a clause's heading where it reads as a subject: a few Chinese characters, no more."""
    heading = (clause.heading or "").strip("。：:；;")
    return heading if _SUBJECT.fullmatch(heading) else None


def _shared(ours: str, theirs: str) -> list[str]:
    """Give the words, at least four characters, that headings of two texts share, longest first.

    A heading begins with what is to be done (完善…); only what comes behind is a subject.
    """
    found: dict[str, None] = {}
    for run in _SHARED.findall(ours):
        start = _VERB
        while start < len(run):
            end = start
            while end < len(run) and run[start : end + 1] in theirs:
                end += 1
            if _SHARED.fullmatch(run[start:end]):
                found[run[start:end]] = None
            start = max(end, start + 1)
    return sorted(found, key=lambda words: (-len(words), words))
