"""A language model behind an endpoint that speaks the protocol of OpenAI's chat completions.

The only module that knows the openai client, and imported only where a model is configured.
"""

import queue
import random
import threading
import time
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from typing import Any, Final

import httpx2
import openai

from api.circuit import CircuitBreaker
from api.language_model_options import LanguageModelOptions
from rag.writer import Brief, WritingError

_MOST_BYTES: Final = 2_000_000
_MOST_TOKENS: Final = 2_000
_TOO_MANY: Final = 429
_BROKEN: Final = 500
_SHORTEST_WAIT_S: Final = 0.1
_LONGEST_WAIT_S: Final = 0.5


@dataclass(frozen=True, slots=True)
class _End:
    """The last thing that a reader puts into its queue; no reason means all is well."""

    reason: str | None = None
    again: bool = False


class LanguageModel:
    """Words briefs by a model behind an endpoint; see :class:`rag.writer.Writer`.

    Whatever the endpoint does, a call ends within the total time, reads at most two megabytes
    and raises nothing but ``WritingError``. Safe to use from many threads.
    """

    def __init__(
        self,
        options: LanguageModelOptions,
        *,
        breaker: CircuitBreaker | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._options = options
        self._breaker = breaker or CircuitBreaker(
            failures=options.failures, pause_s=options.pause_s
        )
        self._sleep = sleep
        self._places = threading.BoundedSemaphore(options.concurrent)
        self._client = openai.OpenAI(
            base_url=options.url,
            api_key=options.key or "none",
            max_retries=0,
            http_client=httpx2.Client(
                transport=_Bounded(options.total_s),
                follow_redirects=False,
                timeout=httpx2.Timeout(options.first_s),
                headers={"Accept-Encoding": "identity"},
            ),
        )

    def write(self, brief: Brief) -> Iterator[str]:
        """Give the model's words as they come; raise ``WritingError`` where they do not."""
        if not self._breaker.allows():
            raise WritingError("circuit_open")
        yield from self._tried(brief)

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def _tried(self, brief: Brief) -> Generator[str, None, None]:
        """Try once, and again where nothing came and trying again may help."""
        deadline = time.monotonic() + self._options.total_s
        for left in range(self._options.retries, -1, -1):
            end = yield from self._once(brief, deadline)
            if end.reason is None:
                self._breaker.succeeded()
                return
            wait_s = random.uniform(_SHORTEST_WAIT_S, _LONGEST_WAIT_S)
            if not left or not end.again or time.monotonic() + wait_s >= deadline:
                break
            self._sleep(wait_s)
        if end.reason != "busy":
            self._breaker.failed()
        raise WritingError(end.reason or "")

    def _once(self, brief: Brief, deadline: float) -> Generator[str, None, _End]:
        """Pass on what a reader in a thread of its own reads; return how it ended.

        The thread is what makes the deadline hold against an endpoint that sends a byte now and
        then: reading from it cannot be bounded, waiting for a queue can.
        """
        if not self._places.acquire(blocking=False):
            return _End("busy")
        reader = _Reader(self._client, self._options.model, brief, done=self._places.release)
        reader.start()
        first = min(deadline, time.monotonic() + self._options.first_s)
        began = False
        try:
            while True:
                until = deadline if began else first
                try:
                    each = reader.pieces.get(timeout=max(0.0, until - time.monotonic()))
                except queue.Empty:
                    return _End("slow")
                if isinstance(each, _End):
                    return _End(each.reason, again=each.again and not began)
                began = True
                yield each
        except GeneratorExit:
            self._breaker.succeeded()  # it answers; that its words do not hold is another matter
            raise
        finally:
            reader.stop()


class _Reader(threading.Thread):
    """Reads one response into ``pieces``; an ``_End`` is the last of them.

    ``done`` is called when nothing more is read: however long an endpoint holds its readers,
    there are no more of them than places.
    """

    def __init__(
        self, client: openai.OpenAI, model: str, brief: Brief, *, done: Callable[[], None]
    ) -> None:
        super().__init__(name="language-model", daemon=True)
        self.pieces: queue.SimpleQueue[str | _End] = queue.SimpleQueue()
        self._client = client
        self._model = model
        self._brief = brief
        self._done = done
        self._stopped = threading.Event()

    def stop(self) -> None:
        """Let the response go; whatever still comes of it is dropped."""
        self._stopped.set()

    def run(self) -> None:
        """Read until the response ends, breaks or is no longer wanted."""
        try:
            end = self._read()
        except openai.APIStatusError as error:
            status = error.status_code
            end = _End(f"status_{status}", again=status == _TOO_MANY or status >= _BROKEN)
        except openai.APITimeoutError:
            end = _End("slow")
        except openai.APIConnectionError as error:
            too_much = isinstance(error.__cause__, _TooMuchError)
            end = _End("too_much") if too_much else _End("unreachable", again=True)
        except _TooMuchError:
            end = _End("too_much")
        except httpx2.TimeoutException:
            end = _End("slow")
        except httpx2.HTTPError:
            end = _End("cut_off")
        except Exception:  # noqa: BLE001 - an endpoint may send anything, and none of it is ours
            end = _End("garbage")
        self._done()
        self.pieces.put(end)

    def _read(self) -> _End:
        with self._client.chat.completions.create(
            model=self._model,
            messages=[
                {"role": "system", "content": self._brief.rules},
                {"role": "user", "content": self._brief.data},
            ],
            stream=True,
            temperature=0,
            max_tokens=_MOST_TOKENS,
        ) as stream:
            return self._pieces_of(stream)

    def _pieces_of(self, stream: "openai.Stream[Any]") -> _End:
        finished: object = None
        for chunk in stream:
            if self._stopped.is_set():
                return _End("stopped")
            for choice in chunk.choices[:1]:
                content = choice.delta.content
                if content is not None and not isinstance(content, str):
                    return _End("garbage")
                if content:
                    self.pieces.put(content)
                finished = choice.finish_reason or finished
        return _End() if finished == "stop" else _End("cut_off")


class _TooMuchError(httpx2.TransportError):
    """A response is larger than any answer."""


class _Bounded(httpx2.HTTPTransport):
    """Refuses compressed responses, those that do not end, and more than so many bytes of any."""

    def __init__(self, longest_s: float) -> None:
        super().__init__()
        self._longest_s = longest_s

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        response = super().handle_request(request)
        if response.headers.get("content-encoding", "identity").lower() != "identity":
            response.close()
            raise _TooMuchError("a compressed response")
        assert isinstance(response.stream, httpx2.SyncByteStream)
        response.stream = _BoundedStream(response.stream, self._longest_s)
        return response


class _BoundedStream(httpx2.SyncByteStream):
    def __init__(self, stream: httpx2.SyncByteStream, longest_s: float) -> None:
        self._stream = stream
        self._deadline = time.monotonic() + longest_s

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for part in self._stream:
            size += len(part)
            if size > _MOST_BYTES or time.monotonic() > self._deadline:
                raise _TooMuchError("a response that does not end")
            yield part

    def close(self) -> None:
        self._stream.close()
