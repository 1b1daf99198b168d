"""How long calls take: by the clock, and in processor time, which other programs do not change."""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

import numpy as np

Argument = TypeVar("Argument")


class Taken(NamedTuple):
    """Milliseconds of one call: ``ms`` by the clock, ``cpu_ms`` of the thread that called."""

    ms: float
    cpu_ms: float


def time_call(call: Callable[[Argument], object], argument: Argument) -> Taken:
    """Time one call."""
    cpu, start = time.thread_time_ns(), time.perf_counter_ns()
    call(argument)
    end, cpu_end = time.perf_counter_ns(), time.thread_time_ns()
    return Taken((end - start) / 1e6, (cpu_end - cpu) / 1e6)


def time_calls(call: Callable[[Argument], object], arguments: Iterable[Argument]) -> list[Taken]:
    """Time a call for each argument."""
    return [time_call(call, each) for each in arguments]


def summary(taken: Sequence[Taken]) -> Mapping[str, float]:
    """Give ``median_ms`` and ``p95_ms`` by the clock, ``median_cpu_ms``, and ``n`` calls."""
    clock = np.array([each.ms for each in taken], dtype=np.float64)
    cpu = np.array([each.cpu_ms for each in taken], dtype=np.float64)
    median, p95 = np.percentile(clock, [50, 95])
    return {
        "median_ms": round(float(median), 6),
        "p95_ms": round(float(p95), 6),
        "median_cpu_ms": round(float(np.median(cpu)), 6),
        "n": len(taken),
    }
