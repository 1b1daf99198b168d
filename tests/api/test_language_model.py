import gc
import gzip
import threading

import pytest

from api.circuit import CircuitBreaker
from api.language_model import LanguageModel
from api.language_model_options import LanguageModelOptions
from rag.writer import Brief, WritingError
from tests.api.language_models import DONE, Reply, event, saying, serving, streamed

BRIEF = Brief("the rules", "the data")
KEY = "sk-canary-4711"


def model_of(server, **options):
    chosen = LanguageModelOptions(url=server.url, model="m", key=KEY, **{"retries": 0, **options})
    return LanguageModel(chosen, sleep=lambda _: None)


def written(server, **options):
    return "".join(model_of(server, **options).write(BRIEF))


def refusal(server, **options):
    """Give the reason for which a model's words are refused."""
    with pytest.raises(WritingError) as refused:
        written(server, **options)
    return refused.value.reason


def test_the_words_come_as_they_are_sent():
    with serving(saying("由省药监局牵头[1]。")) as server:
        assert written(server) == "由省药监局牵头[1]。"


def test_what_is_asked_is_the_rules_and_the_data_with_the_key():
    with serving(saying("x")) as server:
        written(server)
        (body,), (headers,) = server.bodies, server.headers
    assert [m["content"] for m in body["messages"]] == ["the rules", "the data"]
    assert [m["role"] for m in body["messages"]] == ["system", "user"]
    assert (body["model"], body["stream"], body["temperature"]) == ("m", True, 0)
    assert headers["authorization"] == f"Bearer {KEY}"
    assert headers["accept-encoding"] == "identity"


def test_pieces_are_given_before_the_last_one_is_sent():
    gate = threading.Event()

    def parts():
        yield event("first ")
        gate.wait(5)
        yield event("last")
        yield event(None, "stop")
        yield DONE

    with serving(lambda _: Reply(parts())) as server:
        pieces = model_of(server).write(BRIEF)
        assert next(pieces) == "first "
        gate.set()
        assert "".join(pieces) == "last"


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply([event("half a")]), "cut_off"),
        (Reply([event("half a"), DONE]), "cut_off"),
        (streamed("as far as it goes", finish="length"), "cut_off"),
        (Reply([b"data: {\"choices\": [{\n\n"]), "garbage"),
        (Reply([b"data: {\"choices\": [{\"delta\": {\"content\": 7}}]}\n\n"]), "garbage"),
        (Reply([b"data: [1, 2]\n\n"]), "garbage"),
        (Reply([b"\xff\xfe\x00 \xc3\x28"]), "garbage"),
        (Reply([b"<html>Sign in</html>"], kind="text/html"), "cut_off"),
        (Reply([], status=204), "cut_off"),
        (Reply([b"{}"], status=401, kind="application/json"), "status_401"),
        (Reply([b"{}"], status=500, kind="application/json"), "status_500"),
        (Reply([b"{}"], status=429, kind="application/json"), "status_429"),
        (Reply([b""], status=307, headers={"Location": "http://127.0.0.1:9/"}), "status_307"),
        (Reply([b"data: " + b"x" * 3_000_000]), "too_much"),
        (Reply([gzip.compress(event("x") * 9)], headers={"Content-Encoding": "gzip"}), "too_much"),
    ],
)  # fmt: skip
def test_an_endpoint_that_misbehaves_is_one_refusal(reply, reason):
    with serving(lambda _: reply) as server:
        assert refusal(server) == reason


@pytest.mark.parametrize(
    "parts",
    [[3.0], [event("one "), 3.0, event("two")], [b": ", *[0.1, b"x"] * 40]],
    ids=["silent", "silent after a word", "dripping"],
)
def test_an_endpoint_that_takes_longer_than_it_may_is_given_up(parts):
    with serving(lambda _: Reply(parts)) as server:
        assert refusal(server, first_s=0.5, total_s=1.0) == "slow"


def test_an_endpoint_that_is_not_there_is_a_refusal():
    with serving(saying("x")) as server:
        pass
    assert refusal(server) == "unreachable"


@pytest.mark.parametrize("status", [429, 500, 503])
def test_what_may_pass_is_tried_once_more(status):
    replies = iter([Reply([b"{}"], status=status), streamed("it came")])
    with serving(lambda _: next(replies)) as server:
        assert written(server, retries=1) == "it came"
        assert len(server.bodies) == 2


@pytest.mark.parametrize("status", [400, 401, 404])
def test_what_will_not_pass_is_not_tried_again(status):
    with serving(lambda _: Reply([b"{}"], status=status)) as server:
        assert refusal(server, retries=1) == f"status_{status}"
        assert len(server.bodies) == 1


def test_nothing_is_tried_again_once_words_have_come():
    with serving(lambda _: Reply([event("half")])) as server:
        assert refusal(server, retries=1) == "cut_off"
        assert len(server.bodies) == 1


def test_after_failures_in_a_row_it_is_left_alone_and_asked_again_after_a_pause():
    now = [0.0]
    breaker = CircuitBreaker(failures=2, pause_s=60, clock=lambda: now[0])
    replies = iter([Reply([b"{}"], status=500)] * 2 + [streamed("back")])
    with serving(lambda _: next(replies)) as server:
        options = LanguageModelOptions(url=server.url, model="m", retries=0)
        model = LanguageModel(options, breaker=breaker)
        for reason in ("status_500", "status_500", "circuit_open", "circuit_open"):
            with pytest.raises(WritingError, match=reason):
                list(model.write(BRIEF))
        assert len(server.bodies) == 2
        now[0] = 60.0
        assert "".join(model.write(BRIEF)) == "back"


def test_who_stops_listening_is_no_failure_of_the_model():
    breaker = CircuitBreaker(failures=1, pause_s=60)
    with serving(lambda _: Reply([event("one "), 0.3, event("two")])) as server:
        options = LanguageModelOptions(url=server.url, model="m", retries=0)
        for _ in LanguageModel(options, breaker=breaker).write(BRIEF):
            break
        gc.collect()
        assert breaker.allows()


def test_no_more_answers_are_worded_at_a_time_than_allowed():
    gate = threading.Event()

    def parts():
        yield event("one ")
        gate.wait(5)
        yield event(None, "stop")

    with serving(lambda _: Reply(parts())) as server:
        model = model_of(server, concurrent=1)
        first = model.write(BRIEF)
        next(first)
        with pytest.raises(WritingError, match="busy"):
            list(model.write(BRIEF))
        gate.set()
        assert list(first) == []
        assert "".join(model.write(BRIEF)) == "one "


def test_the_key_stands_in_no_description_of_the_model():
    options = LanguageModelOptions(url="http://127.0.0.1:9/v1", model="m", key=KEY)
    assert KEY not in repr(options)
    assert KEY not in str(options)
