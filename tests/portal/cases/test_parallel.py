"""The same thing sent many times at the same moment is one thing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, transaction

from charter.feedback.models import Appeal
from charter.models import Role
from portal.cases import access, actions, outbox, visits
from portal.cases.models import Draft, Kind, OutboxItem, Progress
from portal.cases.registries.care import Visit, VisitState
from portal.cases.registries.facts import Applicant, PersonLink
from portal.cases.requests import actions as requests
from portal.cases.requests import drafts
from portal.cases.requests.actions import Wish
from portal.cases.requests.steps import Typed
from portal.cases.visits import Complaint
from portal.core.receipts import Receipt
from tests.factories import charter
from tests.people import staff

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
TIMES = 12
REFERENCE = "portal.cases.registries.reference.ReferenceRegistry"


def at_once(deed: Callable[[], Any], *, times: int = TIMES) -> list[Any]:
    """`deed` by many people at the same moment, each with a connection of their own."""

    def one(_number: int) -> Any:
        try:
            return deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as people:
        return list(people.map(one, range(times)))


@pytest.fixture
def register(settings: Any) -> Callable[[], Receipt]:
    settings.CASE_REGISTRIES = {"default": {"BACKEND": REFERENCE}}
    centre = charter.institution()
    charter.service(provider=centre, commitments=[charter.standard().commitment])
    bob = staff("Bob", Role.CONSULTANT, institution=centre)

    def register() -> Receipt:
        alice = Applicant("Alice", identifier="44001010001")
        return actions.register_request(service="pagalba", language="ru", by=bob, person=alice, key="form-1")

    return register


def test_a_form_sent_many_times_is_one_case_and_one_receipt(register: Callable[[], Receipt]) -> None:
    assert len(set(at_once(register))) == 1
    outbox.deliver_due()
    assert access.everything().count() == OutboxItem.objects.count() == 1
    assert access.everything().get().number


def test_an_answer_sent_many_times_is_one_answer(register: Callable[[], Receipt]) -> None:
    link = access.everything().get(reference=register().reference)
    at_once(lambda: actions.answer(link, enquiry="1", text="Here."))
    assert OutboxItem.objects.filter(kind=Kind.ANSWER).count() == 1


def test_two_workers_never_send_the_same_thing_twice(register: Callable[[], Receipt]) -> None:
    link = access.everything().get(reference=register().reference)
    outbox.deliver(link.pk)
    with transaction.atomic():  # keeps it from being sent before the workers come
        outbox.put(link, Kind.NOTE, {"text": "Hi", "author": "x"}, key="n")
        transaction.get_connection().run_on_commit.clear()
    assert sum(at_once(lambda: outbox.deliver(link.pk))) == 1
    assert OutboxItem.objects.get(kind=Kind.NOTE).tries == 1


def test_one_draft_sent_fifty_times_at_once_is_one_request(register: Callable[[], Receipt]) -> None:
    wish = Wish("pagalba", "lt", Applicant("Alice", phone="+37060000000"), note="Stairs are hard.", news="+37060000000")
    key = "0b5c6b2e-5a0f-4e57-9c0f-6a3f7d1d9b11"
    drafts.save(Typed({"key": key, "service": "pagalba"}), language="lt")
    sent = at_once(lambda: requests.send(wish, key=key), times=50)
    assert len({(one.receipt.reference, one.receipt.secret) for one in sent}) == 1
    outbox.deliver_due()
    link = access.everything().get()
    assert link.number
    assert sorted(link.outbox.values_list("kind", flat=True)) == [Kind.NOTE, Kind.OPEN_CASE]
    assert link.outbox.filter(progress=Progress.DELIVERED).count() == 2
    assert not Draft.objects.exists()


def test_a_visit_is_complained_of_once_however_often_it_is_sent(
    register: Callable[[], Receipt], monkeypatch: pytest.MonkeyPatch
) -> None:
    link = access.everything().get(reference=register().reference)
    done = Visit("v1", "x", PersonLink(link.person_link), dt.date(2026, 11, 2), VisitState.DONE, minutes=60)
    monkeypatch.setattr(visits, "visit_of", lambda _link, _name: done)
    told = at_once(lambda: visits.complain(link, "v1", Complaint("k1", text="Nothing was cooked.")))
    assert len({receipt.secret for receipt in told}) == 1
    assert Appeal.objects.count() == link.visit_words.count() == 1
    assert link.outbox.filter(kind=Kind.VISIT).count() == 1
