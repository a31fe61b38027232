"""Decisions are counted against the promise: late ones, and those that never came, too."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from portal.cases import access, measuring
from portal.cases.models import CaseLink
from portal.cases.registries.facts import Status
from tests.portal.cases.conftest import Register

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
OCTOBER = {"since": dt.date(2026, 10, 1), "until": dt.date(2026, 10, 31)}
NOVEMBER = {"since": dt.date(2026, 11, 1), "until": dt.date(2026, 11, 30)}
Make = Callable[..., CaseLink]


def october(day: int) -> dt.date:
    return dt.date(2026, 10, day)


@pytest.fixture
def make(registry: Any, register: Register, time: Any) -> Make:
    """A case promised by 20 October, seen on 4 November."""

    def case(**facts: Any) -> CaseLink:
        link = access.everything().get(reference=register().reference)
        access.everything().filter(pk=link.pk).update(**{"promised_until": october(20)} | facts)
        return link

    return case


def kept(period: dict[str, dt.date] = OCTOBER) -> list[bool]:
    return [decision.is_kept for decision in measuring.decisions("S08", **period)]


def test_in_time_late_and_never(make: Make) -> None:
    make(status=Status.GRANTED, decided_on=october(20))
    make(status=Status.REFUSED, decided_on=october(21))
    make(status=Status.WORKING)
    assert kept() == [True, False, False]


def test_a_case_not_due_yet_counts_nowhere(make: Make) -> None:
    make(promised_until=dt.date(2026, 11, 4))
    assert kept(NOVEMBER) == []


def test_withdrawn_and_waiting_for_the_person_count_nowhere(make: Make) -> None:
    make(status=Status.WITHDRAWN)
    make(status=Status.WAITING)
    assert kept() == []


def test_a_decision_counts_in_the_month_it_was_made(make: Make) -> None:
    make(status=Status.GRANTED, decided_on=dt.date(2026, 11, 2))
    assert (kept(), kept(NOVEMBER)) == ([], [False])


def test_other_standards_are_left_out(make: Make) -> None:
    make(status=Status.GRANTED, decided_on=october(2), standard="S99")
    assert kept() == []


def test_it_says_which_service_and_institution(make: Make) -> None:
    link = make(status=Status.GRANTED, decided_on=october(2))
    (decision,) = measuring.decisions("S08", **OCTOBER)
    assert (decision.service, decision.institution) == ("pagalba", link.institution_id)
    assert decision.submitted_on == dt.date(2026, 11, 4)
