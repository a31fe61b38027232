"""The demonstration's department: made up, marked, counted right, written once."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import time_machine

from charter.models import BaseAmount
from portal.core import clock
from portal.core.models import AuditEntry
from portal.demo.accounts import create_accounts
from portal.demo.department import furnish
from portal.registry.models import Act, Month, Outcome, Post, Programme, Recipient, Visit
from portal.registry.papers.actions import produce
from tests.factories.charter import institution
from tests.portal.registry.months import slow

pytestmark = pytest.mark.django_db


@pytest.fixture
def department(settings: Any, tmp_path: Path) -> str:
    settings.DATA_DIR = tmp_path
    institution()
    BaseAmount.objects.create(code="VRP", year=2026, amount=233, name_lt="VRP")
    create_accounts(tmp_path)
    with time_machine.travel("2026-11-25 10:00Z", tick=False):
        furnish()
        furnish()
    return Post.objects.get(user__username="aiste").department


def test_six_workers_visit_forty_people_for_three_months(department: str) -> None:
    assert Programme.objects.count() == Recipient.objects.count() == 40
    assert Visit.objects.values("worker").distinct().count() == 6
    assert Visit.objects.values_list("day__month", flat=True).distinct().count() >= 3
    assert Visit.objects.filter(outcome=Outcome.NOBODY_OPENED).exists()
    assert Visit.objects.filter(day__gte=dt.date(2026, 11, 25)).count() == 0


def test_all_of_it_is_marked(department: str) -> None:
    for model in (Recipient, Programme, Visit, Month):
        assert not model._default_manager.filter(is_demo=False).exists()


def test_the_last_month_waits_for_the_head_and_its_acts_are_right(department: str) -> None:
    states = dict(Month.objects.values_list("first", "state"))
    assert states == {
        dt.date(2026, 8, 1): "closed",
        dt.date(2026, 9, 1): "closed",
        dt.date(2026, 10, 1): "prepared",
    }
    acts = Act.objects.filter(month__first=dt.date(2026, 10, 1))
    found = {act.recipient_id: (act.person_cents, act.extra_cents, act.town_cents) for act in acts}
    assert found == slow.acts(department, 2026, 10)


def test_the_documents_of_a_programme_come_in_one_press(department: str, settings: Any, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path
    programme = Programme.objects.select_related("recipient", "case", "rule").first()
    assert programme is not None
    made = produce(programme, by=Post.objects.get(user__username="loreta"))
    assert [one.template.kind for one in made] == ["contract", "notice", "programme"]


def test_where_nobody_works_there_is_no_department() -> None:
    assert furnish() == 0
    assert not AuditEntry.objects.filter(at__lte=clock.now()).exists()
