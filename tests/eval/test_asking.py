import threading

import pytest

from eval.asking import Question, Reply, ask_all
from eval.errors import ServerError, TargetGoneError

QUESTIONS = [Question(f"g{i}", f"第{i}问") for i in range(40)]


def echo(words):
    return {"answer": words}


@pytest.mark.parametrize("workers", [1, 4, 64])
def test_every_question_is_asked_once_and_each_reply_kept_under_its_id(workers):
    kept: dict[str, Reply] = {}
    asked = []

    def ask(words):
        asked.append(words)
        return echo(words)

    ask_all(QUESTIONS, ask, keep=kept.__setitem__, workers=workers)
    assert sorted(asked) == sorted(each.words for each in QUESTIONS)
    assert {key: reply.answer for key, reply in kept.items()} == {
        each.id: {"answer": each.words} for each in QUESTIONS
    }
    assert all(reply.error is None and reply.ms is not None for reply in kept.values())


def test_one_worker_asks_in_order_in_this_thread():
    threads, kept = set(), []

    def ask(words):
        threads.add(threading.current_thread())
        return echo(words)

    ask_all(QUESTIONS, ask, keep=lambda key, _: kept.append(key))
    assert threads == {threading.current_thread()}
    assert kept == [each.id for each in QUESTIONS]


@pytest.mark.parametrize("workers", [2, 5])
def test_no_more_questions_are_under_way_than_there_are_workers(workers):
    lock = threading.Lock()
    under_way, most = 0, 0
    together = threading.Barrier(workers)

    def ask(words):
        nonlocal under_way, most
        with lock:
            under_way += 1
            most = max(most, under_way)
        together.wait(timeout=10)  # so many are really asked at once
        with lock:
            under_way -= 1
        return echo(words)

    ask_all(QUESTIONS, ask, keep=lambda *_: None, workers=workers)
    assert most == workers


@pytest.mark.parametrize("workers", [1, 3])
def test_an_error_is_the_reply_to_its_own_question_only(workers):
    kept: dict[str, Reply] = {}

    def ask(words):
        if words == "第3问":
            raise ServerError("http://x/v1/ask", "500 Internal Server Error")
        return echo(words)

    ask_all(QUESTIONS, ask, keep=kept.__setitem__, workers=workers)
    assert len(kept) == len(QUESTIONS)
    assert [key for key, reply in kept.items() if reply.error] == ["g3"]
    assert kept["g3"].answer is None
    assert "500 Internal Server Error" in (kept["g3"].error or "")


@pytest.mark.parametrize("workers", [1, 3])
def test_after_too_many_errors_in_a_row_nothing_more_is_asked_and_all_replies_are_kept(workers):
    kept: dict[str, Reply] = {}
    asked = []

    def ask(words):
        asked.append(words)
        if int(words[1:-1]) >= 5:
            raise ServerError("http://x/v1/ask", "gone")
        return echo(words)

    with pytest.raises(TargetGoneError, match=r"4 questions in a row got no answer.*gone"):
        ask_all(QUESTIONS, ask, keep=kept.__setitem__, workers=workers, give_up_after=4)
    assert len(asked) == len(kept) < 5 + 4 + workers + 1
    assert {f"g{i}" for i in range(5)} <= set(kept)


def test_errors_that_are_not_in_a_row_do_not_end_it():
    kept: dict[str, Reply] = {}

    def ask(words):
        if int(words[1:-1]) % 2:
            raise ServerError("http://x/v1/ask", "odd")
        return echo(words)

    ask_all(QUESTIONS, ask, keep=kept.__setitem__, give_up_after=2)
    assert len(kept) == len(QUESTIONS)


def test_interrupted_what_is_under_way_is_kept_and_the_rest_is_not_asked():
    kept: dict[str, Reply] = {}
    asked = []

    def ask(words):
        asked.append(words)
        return echo(words)

    def keep(key, reply):
        kept[key] = reply
        if len(kept) == 6:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ask_all(QUESTIONS, ask, keep=keep, workers=3)
    assert set(kept) == {f"g{words[1:-1]}" for words in asked}
    assert len(asked) < len(QUESTIONS)
