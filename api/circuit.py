"""A circuit breaker: after several failures in a row, stop asking for a while."""

import time
from collections.abc import Callable
from threading import Lock


class CircuitBreaker:
    """Says whether a service that fails shall be asked again. Safe to use from many threads.

    Closed at first. After ``failures`` in a row it opens, and nobody asks for ``pause_s``
    seconds; then it is half-open: one asks, and the others wait for what comes of it. A success
    closes it, a failure opens it anew.

    Parameters
    ----------
    failures : int
        How many failures in a row open it, at least 1.
    pause_s : float
        Seconds for which it stays open.
    clock : callable
        Gives seconds that never decrease.

    Examples
    --------
    >>> now = [0.0]
    >>> breaker = CircuitBreaker(failures=1, pause_s=60, clock=lambda: now[0])
    >>> breaker.failed()
    >>> breaker.allows()
    False
    >>> now[0] = 60.0
    >>> breaker.allows(), breaker.allows()
    (True, False)
    """

    def __init__(
        self, *, failures: int, pause_s: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most = failures
        self._pause_s = pause_s
        self._clock = clock
        self._lock = Lock()
        self._failures = 0
        self._open_until: float | None = None

    def allows(self) -> bool:
        """Tell whether to ask now; who is allowed to must report what came of it."""
        with self._lock:
            if self._open_until is None:
                return True
            now = self._clock()
            if now < self._open_until:
                return False
            # Whoever asks now is the only one, until it reports or another pause has passed.
            self._open_until = now + self._pause_s
            return True

    def succeeded(self) -> None:
        """Report that the service answered."""
        with self._lock:
            self._failures = 0
            self._open_until = None

    def failed(self) -> None:
        """Report that the service did not answer."""
        with self._lock:
            self._failures += 1
            if self._failures >= self._most:
                self._open_until = self._clock() + self._pause_s
