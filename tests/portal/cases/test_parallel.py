"""The same thing sent many times at the same moment is one thing."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection, transaction

from charter.models import Role
from portal.cases import access, actions, outbox
from portal.cases.models import Kind, OutboxItem
from portal.cases.registries.facts import Applicant
from portal.core.receipts import Receipt
from tests.factories import charter
from tests.people import staff

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]
TIMES = 12
REFERENCE = "portal.cases.registries.reference.ReferenceRegistry"


def at_once(deed: Callable[[], Any]) -> list[Any]:
    """`deed` by many people at the same moment, each with a connection of their own."""

    def one(_number: int) -> Any:
        try:
            return deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as people:
        return list(people.map(one, range(TIMES)))


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
