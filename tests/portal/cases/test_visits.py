"""Alice sees who comes to her and when, and says of each visit how it was; what was not done is a complaint."""

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client

from charter.feedback.models import Appeal
from charter.models import Service
from portal.cases import outbox
from portal.cases.models import CaseLink, VisitWord
from portal.cases.registries.care import Act, CareLine, NewWord, Per, Programme, Visit, VisitState
from portal.cases.registries.facts import PersonLink, Status
from portal.core.receipts import Receipt
from tests.factories import charter
from tests.portal.cases.moody import MoodyRegistry
from tests.portal.cases.test_my_case import CASE, ORIGIN, look_up, page, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("time")]
SHOPPING, COOKING = {"en": "Shopping", "lt": "Apsipirkimas"}, {"en": "Cooking", "lt": "Maisto gaminimas"}
MONDAY = dt.date(2026, 11, 2)


@pytest.fixture
def helped(registry: MoodyRegistry, link: CaseLink) -> PersonLink:
    """Alice is helped on Mondays and Wednesdays; on Monday Daiva came, the Wednesday before nobody did."""
    person, case = PersonLink(link.person_link), link.external_id
    registry.move(case, Status.GRANTED)
    lines = (CareLine(SHOPPING, 2, Per.WEEK, 40), CareLine(COOKING, 1, Per.DAY, 30))
    until = dt.date(2027, 3, 31)
    registry.plan(Programme("1", case, person, "IP-7", dt.date(2026, 10, 1), until, lines, (0, 2), dt.time(9), "Daiva"))
    done = Visit("v1", case, person, MONDAY, VisitState.DONE, dt.time(9), 60, (SHOPPING, COOKING))
    registry.visit(done)
    registry.visit(Visit("d2", case, person, dt.date(2026, 10, 28), VisitState.MISSED, dt.time(9)))
    registry.visit(Visit("d3", case, person, dt.date(2026, 11, 9), VisitState.PLANNED, dt.time(9)))
    registry.close_month(Act("a1", case, person, dt.date(2026, 10, 1), "A-10", 8, 480, 4250))
    return person


@pytest.fixture
def alice(client: Client, receipt: Receipt, helped: PersonLink) -> Client:
    look_up(client, receipt.reference, receipt.secret)
    return client


def confirm(client: Client, visit: str) -> Any:
    return client.post(f"{CASE}visits/{visit}/done/", **ORIGIN)


def complain(client: Client, visit: str, **said: Any) -> Any:
    return client.post(f"{CASE}visits/{visit}/not-done/", {"key": "k1"} | said, **ORIGIN)


def test_she_sees_the_programme_the_next_visit_and_what_she_pays(alice: Client) -> None:
    told = words(page(alice))
    for said in (
        "IP-7",
        "Daiva comes to you",
        "2 times a week",
        "Monday, Wednesday",
        "Next visit: 9 November",
        "€42.50",
    ):
        assert said in told
    assert "nobody has written down a visit" in told


def test_nothing_of_it_is_asked_or_shown_before_it_was_granted(
    client: Client, receipt: Receipt, registry: MoodyRegistry
) -> None:
    look_up(client, receipt.reference, receipt.secret)
    assert "The help you get" not in page(client)


def test_she_sees_it_as_it_stood_while_the_registry_is_away(alice: Client, registry: MoodyRegistry) -> None:
    page(alice)
    registry.mood = "down"
    told = words(page(alice))
    assert "does not answer just now" in told
    assert "Next visit: 9 November" in told


def test_a_registry_that_cannot_tell_has_no_such_part(
    alice: Client, registry: MoodyRegistry, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(MoodyRegistry, "capabilities", lambda _self: frozenset())
    assert "The help you get" not in page(alice)
    assert confirm(alice, "v1").status_code == 404


def test_a_visit_of_somebody_else_is_never_shown(alice: Client, registry: MoodyRegistry, link: CaseLink) -> None:
    other = Visit("v9", link.external_id, PersonLink("dan"), MONDAY, VisitState.DONE, services=({"en": "Dan’s bath"},))
    registry.visit(other)
    assert "Dan’s bath" not in page(alice)
    assert complain(alice, "v9", text="x").status_code == 404


def test_she_confirms_a_visit_once(alice: Client, registry: MoodyRegistry, link: CaseLink, helped: PersonLink) -> None:
    for _ in range(2):
        assert confirm(alice, "v1")["Location"] == f"{CASE}?confirmed#care"
    assert "You confirmed it." in page(alice)
    outbox.deliver_due()
    (visit,) = [one for one in registry.visits(link.external_id, person=helped) if one.id == "v1"]
    assert visit.word is not None
    assert visit.word.is_confirmed
    assert VisitWord.objects.count() == 1


def test_what_was_not_done_becomes_a_complaint_that_knows_the_visit(
    alice: Client, registry: MoodyRegistry, link: CaseLink, helped: PersonLink
) -> None:
    promise = charter.standard("S20", metric="visits_as_agreed", commitment=charter.commitment("C20"))
    service = Service.objects.get()
    service.commitments.add(promise.commitment)
    service.save()
    form = words(page(alice, f"{CASE}visits/v1/not-done/"))
    assert "at 09:00. Written down: 60 minutes." in form
    assert "Tick what was not doneShopping" in form
    told = complain(alice, "v1", missing=["0"], text="She left after ten minutes.")
    assert "We have your complaint" in told.content.decode()
    appeal = Appeal.objects.get()
    assert "Not done: Shopping.\nShe left after ten minutes." in appeal.text
    assert (appeal.happened_on, appeal.subject, appeal.standard) == (MONDAY, link.reference, promise)
    outbox.deliver_due()
    (visit,) = [one for one in registry.visits(link.external_id, person=helped) if one.id == "v1"]
    assert visit.word is not None
    assert (visit.word.is_confirmed, visit.word.appeal) == (False, appeal.reference)
    assert "Not done: Shopping." in visit.word.text


def test_a_decision_in_time_is_not_blamed_for_a_visit(alice: Client) -> None:
    complain(alice, "v1", text="x")
    assert Appeal.objects.get().standard is None


def test_the_same_form_twice_is_one_complaint_and_another_is_refused(alice: Client) -> None:
    first, again = complain(alice, "v1", text="x").content.decode(), complain(alice, "v1", text="x").content.decode()
    assert secret_in(first) == secret_in(again)
    other = complain(alice, "v1", key="k2", text="y")
    assert other.status_code == 409
    assert "You have said something of this visit already" in other.content.decode()
    assert confirm(alice, "v1").status_code == 409
    assert Appeal.objects.count() == 1


def secret_in(html: str) -> list[str]:
    return re.findall(r"[0-9A-Z]{4}(?: [0-9A-Z]{4}){3}", words(html))


def test_nobody_came_needs_no_more_words(alice: Client) -> None:
    assert confirm(alice, "d2").status_code == 409
    assert complain(alice, "d2").status_code == 200
    assert "Nobody came." in Appeal.objects.get().text
    assert "You told us what was not done" in page(alice)


def test_an_empty_complaint_comes_back(alice: Client) -> None:
    back = complain(alice, "v1", text="  ")
    assert back.status_code == 422
    assert "Tick what was not done" in back.content.decode()
    assert not Appeal.objects.exists()


@pytest.mark.parametrize("visit", ["d3", "v77"])
def test_of_a_visit_to_come_or_unknown_nothing_is_said(alice: Client, visit: str) -> None:
    assert complain(alice, visit, text="x").status_code == 404
    assert confirm(alice, visit).status_code == 404


def test_a_word_said_elsewhere_stands(
    alice: Client, registry: MoodyRegistry, link: CaseLink, helped: PersonLink
) -> None:
    """At the counter she said it was fine: the registry knows, and nothing is asked here."""

    registry.confirm_visit(link.external_id, NewWord("other", helped, "v1", is_confirmed=True))
    assert "You confirmed it." in page(alice)
    assert complain(alice, "v1", text="x").status_code == 409
