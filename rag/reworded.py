"""Let a language model word an answer, and show of it only what holds.

Status, responsibilities and citations stay as they were decided. Each sentence is checked
before anybody sees it; at the first that does not hold, or if the model fails, the extractive
answer is given.
"""

import logging
import re
import time
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from threading import Lock
from typing import Final, Protocol

from index.library import Index
from rag.compare import Comparison
from rag.faithful import LONGEST_SENTENCE, Fault, sentence_fault, whole_fault
from rag.records import Answer, Filters, Lang, SearchHit, Status, Turn
from rag.told import Frame, frame
from rag.writer import Writer, WritingError, brief_of

log = logging.getLogger(__name__)

MODEL: Final = "model"
"""``worded_by`` of an answer that a language model worded."""

MARKS: Final = {Lang.HANS: "（AI生成）", Lang.HANT: "（AI生成）", Lang.EN: " (AI-generated)"}
"""What a generated text ends with, so that it is marked wherever it is shown or copied to."""

_NO_FILTERS = Filters()


class Answering(Protocol):
    """What gives answers, reworded or not; :class:`rag.answer.Answerer` does."""

    index: Index

    def ask(
        self,
        question: str,
        *,
        top_k: int = 5,
        filters: Filters = ...,
        history: Sequence[Turn] = (),
        lang: Lang | None = None,
    ) -> Answer:
        """Answer a question."""
        ...

    def search(
        self, question: str, *, top_k: int = 10, filters: Filters = ...
    ) -> tuple[SearchHit, ...]:
        """Find clauses."""
        ...

    def compare(self, topic: str, *, filters: Filters = ...) -> Comparison:
        """Compare what documents say on a subject."""
        ...


_STATED = (Status.ANSWERED, Status.PARTIAL)
_LONGEST_MORE = 240
_END = re.compile(
    r"(?:[。！？!?]|\.(?=\s|[”’\"）)\[]|$)|\n)[”’\"）)]*(?:[ \t]*\[\d{1,3}\])*", re.MULTILINE
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A checked piece of a generated answer; all of them joined are its text."""

    text: str


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What came so far is void: the answer that follows stands in its place."""


Step = Sentence | Withdrawn | Answer


class RewordingAnswerer:
    """Answers as another answerer does, in the words of a language model where they hold.

    Safe to use from many threads. ``counts`` says how often which wording came out, and why.
    """

    def __init__(self, answerer: Answering, writer: Writer) -> None:
        self.index: Index = answerer.index
        self._answerer = answerer
        self._writer = writer
        self._lock = Lock()
        self._counts: Counter[str] = Counter()

    @property
    def counts(self) -> dict[str, int]:
        """How many answers the model worded (``model``), and how many it did not, by reason."""
        with self._lock:
            return dict(self._counts)

    @property
    def extractive(self) -> Answering:
        """What answers in the words of the documents, without the model."""
        return self._answerer

    def ask(
        self,
        question: str,
        *,
        top_k: int = 5,
        filters: Filters = _NO_FILTERS,
        history: Sequence[Turn] = (),
        lang: Lang | None = None,
    ) -> Answer:
        """Answer as :meth:`rag.answer.Answerer.ask` does."""
        steps = self.steps(question, top_k=top_k, filters=filters, history=history, lang=lang)
        *_, last = steps
        assert isinstance(last, Answer)
        return last

    def steps(
        self,
        question: str,
        *,
        top_k: int = 5,
        filters: Filters = _NO_FILTERS,
        history: Sequence[Turn] = (),
        lang: Lang | None = None,
    ) -> Iterator[Step]:
        """Answer sentence by sentence; the last step is the whole answer.

        What refuses a question is raised at once, and not from the iterator.
        """
        started = time.perf_counter()
        answer = self._answerer.ask(
            question, top_k=top_k, filters=filters, history=history, lang=lang
        )
        return self._timed(answer, started)

    def search(
        self, question: str, *, top_k: int = 10, filters: Filters = _NO_FILTERS
    ) -> tuple[SearchHit, ...]:
        """Find clauses; no model has a part in it."""
        return self._answerer.search(question, top_k=top_k, filters=filters)

    def compare(self, topic: str, *, filters: Filters = _NO_FILTERS) -> Comparison:
        """Compare what documents say on a subject; no model has a part in it."""
        return self._answerer.compare(topic, filters=filters)

    def _timed(self, answer: Answer, started: float) -> Iterator[Step]:
        for step in self._reworded(answer):
            if isinstance(step, Answer):
                yield replace(step, total_ms=(time.perf_counter() - started) * 1000)
            else:
                yield step

    def _reworded(self, answer: Answer) -> Iterator[Step]:
        parts = frame(answer)
        if answer.status not in _STATED or not parts.body.strip():
            yield answer
            return
        shown: list[str] = []
        try:
            for text in self._checked(answer, parts):
                shown.append(text)
                yield Sentence(text)
        except WritingError as error:
            self._note(error.reason)
            if shown:
                yield Withdrawn()
            yield answer
            return
        self._note(MODEL)
        yield replace(answer, answer="".join(shown), worded_by=MODEL)

    def _checked(self, answer: Answer, parts: Frame) -> Iterator[str]:
        """Give the pieces of a generated answer that hold, its opening first, its mark last."""
        said = ""
        joint = " " if answer.lang is Lang.EN else ""
        brief = brief_of(answer, parts.body)
        limit = 2 * len(parts.body) + _LONGEST_MORE
        with closing(_sentences(self._writer.write(brief))) as sentences:
            for sentence in sentences:
                _refuse(sentence_fault(sentence, answer, parts.body))
                if len(said) + len(sentence) > limit:
                    raise WritingError(Fault.LENGTH)
                yield (joint if said else parts.opening) + sentence
                said += joint + sentence
        if not said:
            raise WritingError("empty")
        _refuse(whole_fault(said, answer, parts.body))
        yield parts.notes + MARKS[answer.lang]

    def _note(self, reason: str) -> None:
        with self._lock:
            self._counts[reason] += 1
        if reason != MODEL:
            log.info("the extractive answer stands: %s", reason)


def _refuse(fault: Fault | None) -> None:
    if fault is not None:
        raise WritingError(fault)


def _sentences(pieces: Iterator[str]) -> Generator[str, None, None]:
    """Cut text that comes in pieces into sentences, each with the marks behind its full stop."""
    waiting = ""
    try:
        for piece in pieces:
            waiting += piece
            while (match := _END.search(waiting)) and _is_over(waiting[match.end() :]):
                sentence, waiting = waiting[: match.end()].strip(), waiting[match.end() :]
                if sentence:
                    yield sentence
            if len(waiting) > 2 * LONGEST_SENTENCE:
                raise WritingError(Fault.LENGTH)
        for sentence in _cut(waiting):
            yield sentence
    finally:
        close = getattr(pieces, "close", None)
        if close is not None:
            close()


def _is_over(rest: str) -> bool:
    """Tell whether what follows a full stop cannot belong to its sentence."""
    following = rest.lstrip(" \t\n")
    return bool(following) and not following.startswith(("[", "”", "’", '"', "）", ")"))


def _cut(text: str) -> Iterator[str]:
    while match := _END.search(text):
        if sentence := text[: match.end()].strip():
            yield sentence
        text = text[match.end() :]
    if text.strip():
        yield text.strip()
