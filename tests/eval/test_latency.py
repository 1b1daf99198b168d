import time

import pytest

from eval.bench.latency import measure
from eval.environment import machine


def test_every_question_is_timed_in_every_round_after_a_warm_up():
    answered: list[str] = []
    searched: list[str] = []
    timed = measure(["一", "二"], answered.append, searched.append, repeat=3)
    assert answered == searched == ["一", "二"] * 4
    assert timed["answer"]["n"] == timed["baseline"]["n"] == 6
    assert 0 < timed["answer"]["median_ms"] <= timed["answer"]["p95_ms"]


def test_the_ratio_is_that_of_the_medians_in_milliseconds():
    timed = measure(["一"], lambda _: time.sleep(0.02), lambda _: time.sleep(0.002), repeat=3)
    assert timed["answer"]["median_ms"] >= 20
    ratio = timed["answer"]["median_ms"] / timed["baseline"]["median_ms"]
    assert timed["ratio"] == pytest.approx(ratio)
    assert timed["ratio"] > 1


def test_the_machine_and_its_versions_stand_beside_the_times():
    about = machine()
    assert about["cpus"] >= 1
    assert about["versions"]["numpy"]
