"""Ten thousand requests go through the outbox while the registry fails at random: none is lost, none is doubled."""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from django.db.models import Count

from portal.cases import access, actions, asking, outbox
from portal.cases.models import OutboxItem, Progress
from portal.cases.registries import registries
from portal.cases.registries.facts import Applicant, CaseState, NewCase
from portal.cases.registries.reference import ReferenceRegistry
from portal.cases.registries.zgw import ZgwRegistry
from portal.core import clock
from portal.core.models import User
from portal.registry.models import Case
from tests.depth import Depth
from tests.zgw.server import StandIn

pytestmark = [pytest.mark.django_db, pytest.mark.deep]
FULL, SAMPLE = 10_000, 300
TROUBLE = 0.04  # of all calls


class FailingReference(ReferenceRegistry):
    """Fails before it did anything, or after it did everything and before it said so."""

    def __init__(self) -> None:
        self.random = Random(8)

    def open_case(self, new: NewCase) -> CaseState:
        before, after = self.random.random() < TROUBLE, self.random.random() < TROUBLE
        if before:
            raise ConnectionError
        state = super().open_case(new)
        if after:
            raise ConnectionError
        return state


def send_all(many: int, *, by: User) -> None:
    """Register `many` requests, then let the rounds of the outbox come until nothing waits."""
    for number in range(many):
        actions.register_request(service="pagalba", language="lt", by=by, person=Applicant(f"Person {number}"))
    for _round in range(many):
        asking.forget_failures()
        OutboxItem.objects.waiting().update(next_try_at=clock.now())
        outbox.deliver_due()
        if not OutboxItem.objects.waiting().exists():
            return


def check_each_arrived_once(many: int, *, there: Callable[[], list[str]]) -> None:
    assert not OutboxItem.objects.exclude(progress=Progress.DELIVERED).exists()
    links = access.everything()
    assert links.exclude(external_id="").count() == many
    assert links.values("number").annotate(times=Count("pk")).filter(times__gt=1).count() == 0
    assert sorted(there()) == sorted(links.values_list("number", flat=True))


def test_over_the_zgw_apis(town: None, bob: User, office: StandIn, registry: ZgwRegistry, depth: Depth) -> None:
    troubles = ("down", "500", "html", "half", "lost", "expired")
    office.mood = lambda: depth.random.choice(troubles) if depth.random.random() < TROUBLE else ""
    many = depth.times(full=FULL, sample=SAMPLE)
    send_all(many, by=bob)
    check_each_arrived_once(many, there=lambda: [row["identificatie"] for row in office.tables.where("zaken")])
    assert len(office.tables.where("rollen")) == len(office.tables.where("statussen")) == many


def test_over_the_registry_built_in(town: None, bob: User, settings: Any, depth: Depth) -> None:
    settings.CASE_REGISTRIES = {"default": {"BACKEND": f"{__name__}.FailingReference"}}
    assert isinstance(registries.default, FailingReference)
    many = depth.times(full=FULL, sample=SAMPLE)
    send_all(many, by=bob)
    check_each_arrived_once(many, there=lambda: [str(case) for case in Case.objects.all()])
    asking.forget_failures()
