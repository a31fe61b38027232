"""The breaker leaves a failing registry alone, and finds out by one call whether it is back."""

from portal.cases.breaker import Breaker


def broken(now: float = 0.0) -> Breaker:
    breaker = Breaker()
    for _ in range(5):
        breaker.failed(now)
    return breaker


def test_four_failures_are_forgiven() -> None:
    breaker = Breaker()
    for second in range(4):
        breaker.failed(second)
    assert breaker.may_call(5)


def test_five_failures_within_half_a_minute_open_it() -> None:
    breaker = broken()
    assert not breaker.may_call(29.9)
    assert breaker.is_open(29.9)


def test_failures_far_apart_do_not_add_up() -> None:
    breaker = Breaker()
    for n in range(20):
        breaker.failed(n * 10.0)
    assert breaker.may_call(200)


def test_after_half_a_minute_one_call_may_try() -> None:
    breaker = broken()
    assert [breaker.may_call(30), breaker.may_call(30), breaker.may_call(31)] == [True, False, False]


def test_a_good_probe_lets_everybody_through() -> None:
    breaker = broken()
    breaker.may_call(30)
    breaker.succeeded()
    assert breaker.may_call(30.1)
    assert breaker.may_call(30.1)


def test_a_bad_probe_costs_another_half_minute() -> None:
    breaker = broken()
    breaker.may_call(30)
    breaker.failed(31)
    assert not breaker.may_call(60)
    assert breaker.may_call(61)


def test_a_success_between_failures_starts_the_count_anew() -> None:
    breaker = Breaker()
    for _ in range(4):
        breaker.failed(0)
    breaker.succeeded()
    for _ in range(4):
        breaker.failed(1)
    assert breaker.may_call(2)


def test_a_probe_that_never_came_back_blocks_nobody_for_ever() -> None:
    breaker = broken()
    breaker.may_call(30)
    assert not breaker.may_call(59)
    assert breaker.may_call(60)
