import pytest

from api.circuit import CircuitBreaker


class Clock:
    def __init__(self):
        self.now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def breaker(clock):
    return CircuitBreaker(failures=3, pause_s=60, clock=clock)


def _fail(breaker, times):
    for _ in range(times):
        breaker.failed()


def test_it_is_closed_at_first_and_after_fewer_failures(breaker):
    assert breaker.allows()
    _fail(breaker, 2)
    assert breaker.allows()


def test_it_opens_after_so_many_failures_in_a_row(breaker):
    _fail(breaker, 3)
    assert not breaker.allows()


def test_a_success_between_failures_starts_the_count_anew(breaker):
    _fail(breaker, 2)
    breaker.succeeded()
    _fail(breaker, 2)
    assert breaker.allows()


def test_it_stays_open_for_the_pause_and_then_lets_one_through(breaker, clock):
    _fail(breaker, 3)
    clock.now += 59.9
    assert not breaker.allows()
    clock.now += 0.1
    assert [breaker.allows() for _ in range(3)] == [True, False, False]


def test_a_success_after_the_pause_closes_it(breaker, clock):
    _fail(breaker, 3)
    clock.now += 60
    assert breaker.allows()
    breaker.succeeded()
    assert all(breaker.allows() for _ in range(3))


def test_a_failure_after_the_pause_opens_it_for_another(breaker, clock):
    _fail(breaker, 3)
    clock.now += 60
    assert breaker.allows()
    breaker.failed()
    clock.now += 59
    assert not breaker.allows()
    clock.now += 1
    assert breaker.allows()


def test_one_let_through_that_never_reports_does_not_close_it_for_good(breaker, clock):
    _fail(breaker, 3)
    clock.now += 60
    assert breaker.allows()
    clock.now += 60
    assert breaker.allows()
