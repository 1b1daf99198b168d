import json

import pytest

from eval.bench.stages import stage_times


class Slow:
    calls = 0

    @classmethod
    def of(cls, times):
        cls.calls += 1
        return sum(i * i for i in range(times))

    def method(self, value):
        return value


def test_calls_give_what_they_gave_and_their_time_is_added_up():
    with stage_times({"of": (Slow, "of"), "none": (json, "loads")}) as spent:
        assert Slow.of(3) == 5
        first = spent["of"]
        Slow.of(200_000)
    assert Slow.calls == 2
    assert spent["of"] > first >= 0
    assert spent["none"] == 0


def test_a_method_of_an_object_is_timed():
    slow = Slow()
    with stage_times({"method": (slow, "method")}) as spent:
        assert slow.method(7) == 7
    assert spent["method"] > 0
    assert "method" not in vars(slow)


def test_functions_are_put_back_also_after_an_error():
    before = json.loads
    with pytest.raises(ValueError, match="Expecting"), stage_times({"l": (json, "loads")}) as spent:
        json.loads("{")
    assert json.loads is before
    assert spent["l"] > 0
