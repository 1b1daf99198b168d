"""Put questions to a target, several at once, and keep each reply as it comes."""

import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Any

from eval.errors import AskError, TargetGoneError

Json = Mapping[str, Any]
Ask = Callable[[str], Json]

GIVE_UP_AFTER = 10


@dataclass(frozen=True, slots=True)
class Question:
    """A question to be put, and the gold row that it belongs to."""

    id: str
    words: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What a question got: the wire form of an answer, or the ``error`` that came instead.

    ``ms`` is the time from asking to the answer, in milliseconds, retries included.
    """

    answer: Json | None
    error: str | None = None
    ms: float | None = None


def ask_all(
    questions: Iterable[Question],
    ask: Ask,
    *,
    keep: Callable[[str, Reply], None],
    waiting: Callable[[int], None] = lambda _: None,
    workers: int = 1,
    give_up_after: int = GIVE_UP_AFTER,
) -> None:
    """Put every question; each reply goes to ``keep`` with its question's id as soon as it is in.

    Parameters
    ----------
    questions : iterable of Question
        Asked in this order; each stands alone.
    ask : callable
        From a question's words to the JSON of ``/v1/ask``; an ``AskError`` that it raises is the
        reply to that question.
    keep : callable
        Called in this thread.
    waiting : callable
        Told how many questions are waited for, when it ends early.
    workers : int
        Questions under way at once, at least 1; 1 asks in this thread.
    give_up_after : int
        Errors in a row after which nothing more is asked.

    Raises
    ------
    TargetGoneError
        If so many questions in a row got an error.
    """
    failures = _Failures(give_up_after)
    if workers == 1:
        for question in questions:
            failures.count(_take(question, ask, keep))
        return
    _ask_in_threads(list(questions), ask, keep, failures, workers, waiting)


class _Failures:
    """Errors in a row."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._in_a_row = 0

    def count(self, reply: Reply) -> None:
        self._in_a_row = self._in_a_row + 1 if reply.error else 0
        if self._in_a_row >= self._most:
            raise TargetGoneError(self._in_a_row, reply.error or "")


def _ask_in_threads(
    questions: list[Question],
    ask: Ask,
    keep: Callable[[str, Reply], None],
    failures: _Failures,
    workers: int,
    waiting: Callable[[int], None],
) -> None:
    """Keep ``workers`` questions under way; those not begun are dropped when it ends early."""
    under_way: dict[Future[Reply], str] = {}
    pool = ThreadPoolExecutor(workers)
    try:
        for question in questions:
            under_way[pool.submit(_reply, question, ask)] = question.id
            if len(under_way) >= workers:
                _collect(under_way, keep, failures)
        while under_way:
            _collect(under_way, keep, failures)
    finally:
        # Interrupted, those under way are waited for: what a server has worked for is kept.
        if under_way:
            waiting(sum(not future.done() for future in under_way))
        try:
            pool.shutdown(wait=True, cancel_futures=True)
        finally:  # interrupted again: what is there by now
            for future, question_id in under_way.items():
                if future.done() and not future.cancelled() and future.exception() is None:
                    keep(question_id, future.result())


def _collect(
    under_way: dict[Future[Reply], str], keep: Callable[[str, Reply], None], failures: _Failures
) -> None:
    done, _ = wait(under_way, return_when=FIRST_COMPLETED)
    for future in done:
        reply = future.result()
        keep(under_way.pop(future), reply)
        failures.count(reply)


def _take(question: Question, ask: Ask, keep: Callable[[str, Reply], None]) -> Reply:
    reply = _reply(question, ask)
    keep(question.id, reply)
    return reply


def _reply(question: Question, ask: Ask) -> Reply:
    start = time.perf_counter_ns()
    try:
        answer, error = ask(question.words), None
    except AskError as problem:
        answer, error = None, str(problem)
    return Reply(answer, error, round((time.perf_counter_ns() - start) / 1e6, 3))
