"""When a promise counts as kept."""

import pytest

from charter.compliance import Verdict, judge
from charter.models import Direction, StandardKind

LEAST, MOST = Direction.AT_LEAST, Direction.AT_MOST


@pytest.mark.parametrize(
    ("numerator", "denominator", "verdict"),
    [
        (0, 0, Verdict.NOTHING),
        (9, 9, Verdict.NOTHING),
        (10, 10, Verdict.TOO_FEW),
        (29, 29, Verdict.TOO_FEW),
        (30, 30, Verdict.NOT_YET_CLEAR),
        (100, 100, Verdict.KEPT),
        (95, 100, Verdict.NOT_YET_CLEAR),
        (80, 100, Verdict.NOT_KEPT),
    ],
)
def test_a_share_is_judged_by_its_interval(numerator: int, denominator: int, verdict: Verdict) -> None:
    assert judge(StandardKind.SHARE, LEAST, numerator, denominator, 0.9).verdict is verdict


@pytest.mark.parametrize(
    ("numerator", "verdict"), [(0, Verdict.KEPT), (8, Verdict.NOT_YET_CLEAR), (30, Verdict.NOT_KEPT)]
)
def test_a_share_may_have_to_stay_small(numerator: int, verdict: Verdict) -> None:
    assert judge(StandardKind.SHARE, MOST, numerator, 100, 0.1).verdict is verdict


def test_a_judged_share_carries_its_figures() -> None:
    found = judge(StandardKind.SHARE, LEAST, 45, 50, 0.8)
    assert found.value == 0.9
    assert found.low == pytest.approx(0.7864, abs=1e-4)
    assert found.high == pytest.approx(0.9565, abs=1e-4)


def test_a_share_of_nobody_has_no_value() -> None:
    assert judge(StandardKind.SHARE, LEAST, 0, 0, 0.8).value is None


@pytest.mark.parametrize(
    ("kind", "direction", "numerator", "denominator", "target", "verdict"),
    [
        (StandardKind.COUNT, MOST, 0, 0, 0, Verdict.KEPT),
        (StandardKind.COUNT, MOST, 3, 0, 0, Verdict.NOT_KEPT),
        (StandardKind.COUNT, LEAST, 3, 0, 3, Verdict.KEPT),
        (StandardKind.UPTIME, LEAST, 995, 1000, 0.995, Verdict.KEPT),
        (StandardKind.UPTIME, LEAST, 994, 1000, 0.995, Verdict.NOT_KEPT),
        (StandardKind.DUTY, LEAST, 2, 3, 1, Verdict.NOT_KEPT),
        (StandardKind.DUTY, LEAST, 3, 3, 1, Verdict.KEPT),
        (StandardKind.DUTY, LEAST, 0, 0, 1, Verdict.NOT_MEASURED),
    ],
)
def test_counts_uptime_and_duties_are_compared_plainly(
    kind: str, direction: str, numerator: int, denominator: int, target: float, verdict: Verdict
) -> None:
    found = judge(kind, direction, numerator, denominator, target)
    assert (found.verdict, found.low, found.high) == (verdict, None, None)


@pytest.mark.parametrize(("numerator", "denominator"), [(None, 5), (5, None), (None, None)])
def test_what_nobody_measured_says_so(numerator: int | None, denominator: int | None) -> None:
    assert judge(StandardKind.SHARE, LEAST, numerator, denominator, 0.9).verdict is Verdict.NOT_MEASURED
