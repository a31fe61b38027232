"""A consultant registers a request, and the resident leaves with a receipt whatever the registry does."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from charter.models import Role
from portal.cases import access, actions, outbox
from portal.cases.models import CaseLink, Progress
from portal.cases.registries.facts import Applicant
from portal.core import receipts
from portal.core.models import AuditEntry, User
from portal.core.receipts import Receipt
from tests.factories import charter
from tests.people import dan, staff
from tests.portal.cases.conftest import Register
from tests.portal.cases.moody import MoodyRegistry

pytestmark = pytest.mark.django_db


def the_link(receipt: Receipt) -> CaseLink:
    return access.everything().get(reference=receipt.reference)


def test_the_request_becomes_a_case_and_the_receipt_opens_it(registry: MoodyRegistry, receipt: Receipt) -> None:
    link = the_link(receipt)
    assert link.number == "D-0001"
    assert receipts.fits(receipt.secret, link.secret_digest)
    assert registry.get_case("D-0001", person=link.person_link).title == "Pagalba į namus"  # type: ignore[arg-type]


def test_the_promise_gives_its_day(time: Any, registry: MoodyRegistry, register: Register) -> None:
    link = the_link(register())
    assert (link.standard, link.promised_days, link.promised_until) == ("S08", 20, dt.date(2026, 11, 24))
    assert link.legal_until is None


def test_a_service_without_a_promise_has_no_day(registry: MoodyRegistry, register: Register) -> None:
    charter.service("nakvyne")
    link = the_link(register(service="nakvyne"))
    assert (link.standard, link.promised_until) == ("", None)


def test_while_the_registry_is_down_the_receipt_is_given_at_once(
    time: Any, registry: MoodyRegistry, register: Register
) -> None:
    registry.mood = "down"
    link = the_link(register(note="She asked by chat."))
    assert link.external_id == ""
    registry.mood = ""
    time.shift(10)
    assert outbox.deliver_due() == 2
    link.refresh_from_db()
    assert link.number == "D-0001"
    assert [note.text for note in registry.notes("D-0001")] == ["She asked by chat."]


def test_the_same_form_sent_again_is_the_same_receipt(registry: MoodyRegistry, register: Register) -> None:
    first, second = register(key="form-1"), register(key="form-1")
    assert first == second
    assert access.everything().count() == 1
    assert register(key="form-2").secret != first.secret


def test_a_persons_requests_are_known_as_one_persons(registry: MoodyRegistry, register: Register) -> None:
    one, other = the_link(register()), the_link(register())
    stranger = the_link(register(person=Applicant("Alice")))
    assert one.person_link == other.person_link
    assert stranger.person_link not in {one.person_link, ""}
    assert "44001010001" not in one.person_link


def test_what_is_sent_lies_encrypted_and_goes_when_it_has_arrived(
    time: Any, registry: MoodyRegistry, register: Register
) -> None:
    registry.mood = "down"
    item = the_link(register()).outbox.get()
    assert "Alice" not in item.payload
    registry.mood = ""
    time.shift(10)
    outbox.deliver_due()
    item.refresh_from_db()
    assert (item.progress, item.payload) == (Progress.DELIVERED, "")


def test_who_advises_nobody_registers_nothing(registry: MoodyRegistry, register: Register) -> None:
    for stranger in (dan(), staff("Carol", Role.EDITOR)):
        with pytest.raises(PermissionDenied):
            register(by=stranger)
    assert not access.everything().exists()


def test_a_service_nobody_knows_is_refused(registry: MoodyRegistry, register: Register) -> None:
    with pytest.raises(actions.UnknownService):
        register(service="nothing")


def test_registering_is_on_record_without_a_name(receipt: Receipt, bob: User) -> None:
    entry = AuditEntry.objects.get(action="case.registered")
    assert entry.actor == bob
    assert "Alice" not in str(entry.facts)


def test_two_residents_never_get_the_same_number(
    registry: MoodyRegistry, register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = register()
    numbers = iter([first, first, receipts.issue("B")])
    monkeypatch.setattr(receipts, "issue", lambda prefix: next(numbers))
    assert register().reference != first.reference
    assert access.everything().count() == 2
