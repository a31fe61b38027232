"""What could not be delivered lies in front of those who can do something about it."""

from typing import Any

import pytest
from django.test import Client

from charter.models import Institution, Role
from portal.cases import asking
from portal.cases.models import CaseLink, Kind, OutboxItem, Progress
from portal.core.models import User
from tests.factories import charter
from tests.people import staff
from tests.portal.cases.conftest import Register
from tests.portal.cases.moody import MoodyRegistry
from tests.portal.cases.test_my_case import words

pytestmark = pytest.mark.django_db
ADDRESS = "/en/case/undelivered/"


def sign_in(client: Client, *roles: str, institution: Institution | None = None) -> Client:
    client.force_login(staff("Vilma", *roles, institution=institution))
    return client


@pytest.fixture
def dead(link: CaseLink) -> OutboxItem:
    item = link.outbox.get()
    OutboxItem.objects.update(progress=Progress.DEAD, trouble="Refused: closed", payload="")
    return item


def test_a_supervisor_sees_what_was_given_up_and_why(client: Client, dead: OutboxItem, link: CaseLink) -> None:
    html = sign_in(client, Role.SUPERVISOR).get(ADDRESS).content.decode()
    assert link.reference in html
    assert "Refused: closed" in html


def test_sending_it_again_makes_it_wait(client: Client, dead: OutboxItem) -> None:
    sign_in(client, Role.SUPERVISOR).post(f"{ADDRESS}{dead.pk}/send/")
    dead.refresh_from_db()
    assert dead.progress == Progress.WAITING


def test_another_institutions_things_are_not_there(client: Client, dead: OutboxItem) -> None:
    sign_in(client, Role.SUPERVISOR, institution=charter.institution("vaikai"))
    assert "Everything has been delivered." in client.get(ADDRESS).content.decode()
    assert client.post(f"{ADDRESS}{dead.pk}/send/").status_code == 404


def test_a_consultant_has_no_business_there(client: Client, dead: OutboxItem) -> None:
    assert sign_in(client, Role.CONSULTANT).get(ADDRESS).status_code == 403


def test_a_stranger_is_asked_to_sign_in(client: Client, db: Any) -> None:
    assert client.get(ADDRESS).status_code == 302


@pytest.fixture
def at_desk(client: Client, bob: User) -> Client:
    client.force_login(bob)
    return client


def open_it(
    client: Client, reference: str, cause: str = "call_back", reason: str = "She phoned about the date."
) -> Any:
    return client.post("/en/case/open/", {"reference": reference, "cause": cause, "reason": reason})


def test_a_consultant_opens_a_callers_case_with_a_reason(at_desk: Client, link: CaseLink) -> None:
    address = open_it(at_desk, link.reference.lower())["Location"]
    html = at_desk.get(address).content.decode()
    assert "D-0001" in html
    assert "An answer or a call back is being prepared – She phoned about the date." in words(html)


def test_without_a_reason_or_with_a_wrong_number_nothing_opens(at_desk: Client, link: CaseLink) -> None:
    assert 'href="#cause"' in open_it(at_desk, link.reference, "", "").content.decode()
    assert 'href="#reason"' in open_it(at_desk, link.reference, "other", " ").content.decode()
    assert 'href="#reference"' in open_it(at_desk, "B0000-0000").content.decode()
    assert not link.openings.exists()


def test_nothing_is_shown_before_it_was_checked_who_is_on_the_line(at_desk: Client, link: CaseLink) -> None:
    address = open_it(at_desk, link.reference, "question")["Location"]
    html = at_desk.get(address).content.decode()
    assert "Who are you speaking with?" in html
    assert "D-0001" not in html
    few = at_desk.post(f"{address}identity/", {"fitted": ["name"]})
    assert few.status_code == 422
    assert 'href="#fitted"' in few.content.decode()
    at_desk.post(f"{address}identity/", {"fitted": ["name", "address", "birth_date"]})
    assert "D-0001" in at_desk.get(address).content.decode()


def test_the_address_alone_opens_nothing(at_desk: Client, link: CaseLink) -> None:
    assert at_desk.get(f"/en/case/open/{link.public_id}/")["Location"].endswith(f"?reference={link.reference}")
    assert at_desk.post(f"/en/case/open/{link.public_id}/note/", {"text": "x", "key": "1"}).status_code == 403


def test_a_quarter_of_an_hour_later_a_new_reason_is_needed(at_desk: Client, link: CaseLink, time: Any) -> None:
    address = open_it(at_desk, link.reference)["Location"]
    time.shift(15 * 60 + 1)
    assert at_desk.get(address).status_code == 302


def test_a_note_that_took_long_to_write_still_arrives(at_desk: Client, link: CaseLink, time: Any) -> None:
    address = open_it(at_desk, link.reference)["Location"]
    time.shift(20 * 60)
    assert at_desk.post(f"{address}note/", {"text": "She moved house.", "key": "1"}).status_code == 302
    assert link.outbox.filter(kind=Kind.NOTE).exists()


def test_another_institutions_consultant_finds_nothing(client: Client, link: CaseLink) -> None:
    sign_in(client, Role.CONSULTANT, institution=charter.institution("vaikai"))
    assert 'href="#reference"' in open_it(client, link.reference).content.decode()
    assert client.get(f"/en/case/open/{link.public_id}/").status_code == 404
    assert client.post(f"/en/case/open/{link.public_id}/ask/", {"question": "x"}).status_code == 404


def test_what_was_said_is_handed_over_once(
    at_desk: Client, link: CaseLink, registry: MoodyRegistry, django_capture_on_commit_callbacks: Any
) -> None:
    address = open_it(at_desk, link.reference)["Location"]
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            at_desk.post(f"{address}note/", {"text": "She moved house.", "key": "1"})
    assert [(note.text, note.author) for note in registry.notes("D-0001")] == [
        ("She moved house.", "konsultantas, Paramos centras")
    ]


def test_what_does_not_fit_comes_back_with_what_was_typed(at_desk: Client, link: CaseLink) -> None:
    address = open_it(at_desk, link.reference)["Location"]
    wrong = {"note": {"text": " "}, "papers": {}, "ask": {"question": "SP-2 please", "until": "2020-01-01"}}
    pages = {deed: at_desk.post(f"{address}{deed}/", {"key": "1"} | typed) for deed, typed in wrong.items()}
    assert {page.status_code for page in pages.values()} == {422}
    assert 'href="#text"' in pages["note"].content.decode()
    assert 'href="#files"' in pages["papers"].content.decode()
    asked = pages["ask"].content.decode()
    assert 'href="#until"' in asked
    assert "SP-2 please" in asked
    assert at_desk.post(f"{address}else/").status_code == 404


def test_other_requests_of_the_same_person_are_named_but_not_open(
    at_desk: Client, register: Register, link: CaseLink
) -> None:
    other = register()
    html = at_desk.get(open_it(at_desk, link.reference)["Location"]).content.decode()
    assert f"/en/case/open/?reference={other.reference}" in html


def test_while_the_registry_is_away_staff_read_what_is_kept_and_write_on(
    at_desk: Client, link: CaseLink, registry: MoodyRegistry, django_capture_on_commit_callbacks: Any
) -> None:
    address = open_it(at_desk, link.reference)["Location"]
    registry.mood = "down"
    with django_capture_on_commit_callbacks(execute=True):
        at_desk.post(f"{address}note/", {"text": "She moved house.", "key": "1"})
    html = at_desk.get(address).content.decode()
    assert "does not answer just now" in html
    assert "A note" in html


@pytest.mark.parametrize("mood", ["down", "slow", "html", "foreign"])
def test_no_staff_screen_breaks_whatever_the_registry_does(
    monkeypatch: pytest.MonkeyPatch, at_desk: Client, link: CaseLink, registry: MoodyRegistry, mood: str
) -> None:
    monkeypatch.setattr(asking, "PAGE", 0.2)
    registry.mood = mood
    address = open_it(at_desk, link.reference)["Location"]
    pages = [at_desk.get(address), at_desk.get("/en/case/open/"), at_desk.post(f"{address}note/", {"text": "x"})]
    assert "does not answer just now" in pages[0].content.decode()
    assert registry.asked
    assert not registry.told  # nothing waited for it
    assert {page.status_code for page in pages} <= {200, 302}
    assert "Dan’s secret" not in pages[0].content.decode()
