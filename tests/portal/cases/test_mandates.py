"""A helper sees what their mandate opens, until it ends – and nothing of the neighbour's case."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory

from charter.models import Role
from portal.cases import access, mandates
from portal.cases.mandates import Behalf
from portal.cases.models import CaseLink, Mandate
from portal.cases.registries.facts import Status
from portal.core.models import User
from portal.core.receipts import Receipt
from tests.factories import charter
from tests.people import staff
from tests.portal.cases.conftest import TODAY, Register
from tests.portal.cases.moody import MoodyRegistry

pytestmark = pytest.mark.django_db
ORIGIN: dict[str, Any] = {"HTTP_SEC_FETCH_SITE": "same-origin"}
CASE = "/en/case/mine/"
UNTIL = TODAY.date() + dt.timedelta(days=10)


def opened(receipt: Receipt) -> Client:
    client = Client()
    client.post("/en/case/", {"reference": receipt.reference, "secret": receipt.secret}, **ORIGIN)
    return client


def asked_for_another(link: CaseLink) -> tuple[Mandate, Receipt]:
    link.key = "form-1"
    link.save(update_fields=["key"])
    made = mandates.of_request(link, Behalf("Dan", "child", "notary", UNTIL))
    return made, Receipt(link.reference, mandates.secret_for("form-1"))


def test_until_the_right_is_confirmed_the_offices_words_stay_hidden(
    time: Any, link: CaseLink, registry: MoodyRegistry, bob: User
) -> None:
    made, receipt = asked_for_another(link)
    registry.tell("D-0001", "We rang her.", channel="phone")
    registry.move("D-0001", Status.WORKING, "Visited on Monday.")
    dan = opened(receipt)
    html = dan.get(CASE).content.decode()
    assert "D-0001" in html
    assert "We rang her." not in html
    assert "Visited on Monday." not in html
    mandates.confirm(made, by=bob)
    html = dan.get(CASE).content.decode()
    assert "We rang her." in html
    assert "Visited on Monday." in html


def test_a_mandate_that_has_ended_opens_nothing(time: Any, link: CaseLink) -> None:
    _made, receipt = asked_for_another(link)
    dan = opened(receipt)
    assert dan.get(CASE).status_code == 200
    time.shift(dt.timedelta(hours=1))
    mandates.end(link.mandates.get(), by="resident")
    assert dan.get(CASE).status_code == 404
    assert dan.post(f"{CASE}answer/", {"text": "x"}, **ORIGIN).status_code == 404
    again = Client().post("/en/case/", {"reference": receipt.reference, "secret": receipt.secret}, **ORIGIN)
    assert "ended on" in again.content.decode()


def test_the_last_day_of_a_mandate_still_counts(time: Any, link: CaseLink) -> None:
    _made, receipt = asked_for_another(link)
    time.shift(dt.timedelta(days=10))
    assert opened(receipt).get(CASE).status_code == 200
    time.shift(dt.timedelta(days=1))
    assert opened(receipt).get(CASE)["Location"] == "/en/case/"


def test_a_helper_of_one_neighbour_sees_nothing_of_the_next(time: Any, link: CaseLink, register: Register) -> None:
    _made, receipt = asked_for_another(link)
    neighbour = register()
    assert opened(Receipt(neighbour.reference, receipt.secret)).get(CASE)["Location"] == "/en/case/"
    html = opened(receipt).get(CASE).content.decode()
    assert "D-0001" in html
    assert "D-0002" not in html


def test_who_may_only_look_sends_nothing(link: CaseLink) -> None:
    receipt = mandates.invite(link, "Dan", role="child", until=None, may_act=False, key="1")
    assert mandates.invite(link, "Dan", role="child", until=None, may_act=False, key="1") == receipt
    dan = opened(receipt)
    assert dan.get(CASE).status_code == 200
    assert dan.post(f"{CASE}answer/", {"text": "x"}, **ORIGIN).status_code == 404


def test_only_who_may_open_the_case_confirms_a_right(link: CaseLink) -> None:
    made, _receipt = asked_for_another(link)
    stranger = staff("Dora", Role.CONSULTANT, institution=charter.institution("other"))
    with pytest.raises(PermissionDenied):
        mandates.confirm(made, by=stranger)


def test_staff_register_for_a_helper_who_then_holds_a_code_of_their_own(register: Register, bob: User) -> None:
    receipt = register(key="form-1", behalf=Behalf("Dan", "child", "notary", UNTIL, is_seen=True))
    again = register(key="form-1", behalf=Behalf("Dan", "child", "notary", UNTIL, is_seen=True))
    assert again == receipt
    made = Mandate.objects.get()
    assert (mandates.name_of(made), made.confirmed_by) == ("Dan", bob)
    held = access.by_receipt(RequestFactory().post("/"), reference=receipt.reference, secret=receipt.secret)
    assert held is not None
    assert held.mandate == made
    assert held.sees_all


def test_a_paper_nobody_saw_opens_no_words_of_the_office(register: Register) -> None:
    receipt = register(behalf=Behalf("Dan", "child", "written", UNTIL))
    held = access.by_receipt(RequestFactory().post("/"), reference=receipt.reference, secret=receipt.secret)
    assert held is not None
    assert not held.sees_all


def test_two_helpers_without_a_form_have_two_codes(register: Register) -> None:
    first, second = (register(behalf=Behalf(name, "child", "notary", None)) for name in ("Dan", "Eva"))
    assert first.secret != second.secret


def test_what_staff_end_shows_the_helper_nothing_from_that_moment(
    registry: MoodyRegistry, register: Register, client: Client, bob: User, time: Any
) -> None:
    receipt = register(behalf=Behalf("Dan", "child", "notary", UNTIL, is_seen=True))
    link, dan = Mandate.objects.get().link, Client()
    dan.post("/en/case/", {"reference": receipt.reference, "secret": receipt.secret}, HTTP_SEC_FETCH_SITE="same-origin")
    assert dan.get("/en/case/mine/").status_code == 200
    client.force_login(bob)
    address = client.post("/en/case/open/", {"reference": link.reference, "cause": "call_back"})["Location"]
    assert "End the help of Dan" in client.get(address).content.decode()
    client.post(f"{address}end-help/", {"mandate": Mandate.objects.get().public_id})
    assert dan.get("/en/case/mine/").status_code == 404
    again = dan.post(
        "/en/case/", {"reference": receipt.reference, "secret": receipt.secret}, HTTP_SEC_FETCH_SITE="same-origin"
    )
    assert again.status_code == 200  # told that it has ended, and shown nothing
    assert link.number not in again.content.decode()
    assert client.post(f"{address}end-help/", {"mandate": Mandate.objects.get().public_id}).status_code == 404
