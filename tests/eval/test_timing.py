from eval.bench.timing import Taken, summary, time_call, time_calls


def test_medians_and_the_95th_percentile_are_given():
    taken = [Taken(float(ms), ms / 2) for ms in range(1, 102)]
    assert summary(taken) == {"median_ms": 51.0, "p95_ms": 96.0, "median_cpu_ms": 25.5, "n": 101}


def test_each_argument_is_called_with_once_in_order():
    called: list[int] = []
    taken = time_calls(called.append, [3, 1, 2])
    assert called == [3, 1, 2]
    assert len(taken) == 3


def test_work_takes_time_of_the_clock_and_of_the_processor():
    taken = time_call(lambda n: sum(range(n)), 1_000_000)
    assert taken.ms > 0
    assert taken.cpu_ms > 0
