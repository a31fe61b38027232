"""What staff do with an opened case: the reason first, then who asks, then what is passed on."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from charter.models import Role
from portal.cases import access, actions, handling, mandates, outbox
from portal.cases.handling import Why
from portal.cases.mandates import Behalf
from portal.cases.models import CaseLink, Kind, Mandate
from portal.cases.registries.facts import PersonLink, Status
from portal.core.models import AuditEntry, User
from tests.factories import charter
from tests.people import dan, staff
from tests.portal.cases.conftest import Register
from tests.portal.cases.moody import MoodyRegistry

pytestmark = pytest.mark.django_db
ASKS = Why("question", "She phoned about the date.")
CHECKED = Why("question", is_identified=True, conversation="K2222-2222")
THREE = ["name", "address", "birth_date"]


def test_a_consultant_opens_a_case_with_a_reason(link: CaseLink, bob: User) -> None:
    opening = handling.open_case(link, by=bob, why=ASKS)
    assert handling.open_case(link, by=bob, why=ASKS) == opening
    assert (opening.role, opening.institution_id) == (Role.CONSULTANT, link.institution_id)
    entry = AuditEntry.objects.get(action="case.opened")
    assert (entry.reason, entry.facts["cause"]) == ("She phoned about the date.", "question")


@pytest.mark.parametrize("why", [Why(""), Why("curious", "x"), Why("other", "  ")])
def test_without_a_reason_a_case_stays_closed(link: CaseLink, bob: User, why: Why) -> None:
    with pytest.raises(handling.ReasonNeeded):
        handling.open_case(link, by=bob, why=why)
    assert not link.openings.exists()


def test_a_consultant_of_another_institution_opens_nothing(link: CaseLink) -> None:
    other = staff("Eve", Role.CONSULTANT, institution=charter.institution("vaikai"))
    for stranger in (other, dan(), staff("Mona", Role.MANAGER)):
        with pytest.raises(PermissionDenied):
            handling.open_case(link, by=stranger, why=ASKS)
    assert not link.openings.exists()


def test_who_took_a_request_down_may_open_it_though_another_institution_provides(
    registry: MoodyRegistry, register: Register, bob: User
) -> None:
    charter.service("maitinimas", provider=charter.institution("vaikai"))
    link = access.everything().get(reference=register(service="maitinimas").reference)
    assert handling.open_case(link, by=bob, why=ASKS)


def test_with_somebody_on_the_line_it_is_readable_after_the_check_only(link: CaseLink, bob: User) -> None:
    opening = handling.open_case(link, by=bob, why=ASKS)
    assert not handling.is_readable(opening)
    with pytest.raises(handling.TooLittleAsked):
        handling.note_identity(opening, ["name", "address", "shoe_size"], by=bob)
    handling.note_identity(opening, THREE, by=bob)
    assert handling.is_readable(opening)
    assert AuditEntry.objects.get(action="case.identity_checked").facts == {}


def test_nobody_notes_the_check_for_a_colleague(link: CaseLink, bob: User, centre: Any) -> None:
    opening = handling.open_case(link, by=bob, why=ASKS)
    with pytest.raises(PermissionDenied):
        handling.note_identity(opening, THREE, by=staff("Eve", Role.CONSULTANT, institution=centre))


def test_without_anybody_on_the_line_there_is_nobody_to_check(link: CaseLink, bob: User) -> None:
    assert handling.is_readable(handling.open_case(link, by=bob, why=Why("call_back")))


def test_before_the_check_nothing_is_written_into_the_case(link: CaseLink, bob: User) -> None:
    handling.open_case(link, by=bob, why=ASKS)
    with pytest.raises(PermissionDenied):
        handling.add_note(link, "She moved house.", by=bob, key="1")


def test_what_is_asked_reaches_the_resident_once(
    link: CaseLink, bob: User, registry: MoodyRegistry, django_capture_on_commit_callbacks: Any
) -> None:
    handling.open_case(link, by=bob, why=CHECKED)
    until = dt.date(2030, 1, 15)
    for _ in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            handling.ask_resident(link, "Income certificate SP-2", until=until, by=bob, key="1")
    state = registry.get_case("D-0001", person=PersonLink(link.person_link))
    assert state.status == Status.WAITING
    assert [(asked.text, asked.until) for asked in state.enquiries] == [("Income certificate SP-2", until)]


def test_nothing_is_asked_without_words_or_for_yesterday(link: CaseLink, bob: User, time: Any) -> None:
    handling.open_case(link, by=bob, why=CHECKED)
    with pytest.raises(actions.NothingSent):
        handling.ask_resident(link, " ", until=None, by=bob, key="1")
    with pytest.raises(handling.DayBehind):
        handling.ask_resident(link, "SP-2", until=dt.date(2026, 11, 3), by=bob, key="1")


def test_while_the_registry_is_down_everything_waits_and_arrives_after(
    time: Any, link: CaseLink, bob: User, registry: MoodyRegistry
) -> None:
    handling.open_case(link, by=bob, why=CHECKED)
    registry.mood = "down"
    handling.add_note(link, "She moved house.", by=bob, key="1")
    paper = SimpleUploadedFile("sp2.pdf", b"%PDF-1.7")
    handling.add_papers(link, [paper], by=bob, key="2")
    handling.ask_resident(link, "Lease", until=None, by=bob, key="3")
    outbox.deliver_due()
    assert link.outbox.waiting().count() == 3
    registry.mood = ""
    time.shift(60)
    outbox.deliver_due()
    person = PersonLink(link.person_link)
    assert [note.text for note in registry.notes("D-0001")] == ["She moved house."]
    assert [paper.name for paper in registry.documents("D-0001", person=person)] == ["sp2.pdf"]
    assert [asked.text for asked in registry.get_case("D-0001", person=person).enquiries] == ["Lease"]


def test_papers_sent_twice_are_sent_once_and_none_is_an_error(link: CaseLink, bob: User) -> None:
    handling.open_case(link, by=bob, why=CHECKED)
    with pytest.raises(actions.NothingSent):
        handling.add_papers(link, [], by=bob, key="1")
    for _ in range(2):
        handling.add_papers(link, [SimpleUploadedFile("a.pdf", b"%PDF-1.7")], by=bob, key="1")
    assert link.outbox.filter(kind=Kind.DOCUMENT).count() == 1


@pytest.fixture
def son(link: CaseLink) -> Mandate:
    """Alice's son, with a written permission that nobody at the office has seen."""
    link.key = "form-1"
    link.save(update_fields=["key"])
    return mandates.of_request(link, Behalf("Dan", "child", "written", dt.date(2026, 11, 10)))


def test_a_helper_without_a_right_on_record_is_told_nothing(link: CaseLink, bob: User, son: Mandate, time: Any) -> None:
    opening = handling.open_case(link, by=bob, why=Why("helper", is_identified=True))
    assert not handling.is_readable(opening)
    for wrong in ("", "somebody"):
        with pytest.raises(handling.NoMandate):
            handling.note_identity(opening, THREE, by=bob, mandate=wrong)
    handling.note_identity(opening, THREE, by=bob, mandate=son.public_id)
    assert handling.is_readable(opening)


def test_a_right_that_ended_during_the_call_closes_the_case_again(
    link: CaseLink, bob: User, son: Mandate, time: Any
) -> None:
    opening = handling.open_case(link, by=bob, why=Why("helper"))
    handling.note_identity(opening, THREE, by=bob, mandate=son.public_id)
    mandates.end(son, by="resident")
    again = handling.opening_of(link, by=bob)
    assert again is not None
    assert not handling.is_readable(again)
    with pytest.raises(PermissionDenied):
        handling.add_note(link, "x", by=bob, key="1")


def test_a_helper_who_may_only_look_hands_nothing_in(link: CaseLink, bob: User, son: Mandate, time: Any) -> None:
    Mandate.objects.update(may_act=False)
    opening = handling.open_case(link, by=bob, why=Why("helper"))
    handling.note_identity(opening, THREE, by=bob, mandate=son.public_id)
    with pytest.raises(PermissionDenied):
        handling.add_papers(link, [SimpleUploadedFile("a.pdf", b"%PDF-1.7")], by=bob, key="1")


def test_what_is_not_open_to_the_helper_is_not_before_the_consultant(
    client: Client, link: CaseLink, bob: User, son: Mandate, registry: MoodyRegistry, time: Any
) -> None:
    registry.tell("D-0001", "We rang her.", channel="phone")
    client.force_login(bob)
    address = client.post("/en/case/open/", {"reference": link.reference, "cause": "helper"})["Location"]
    form = client.get(address).content.decode()
    assert "Which helper asks" in form
    assert "D-0001" not in form
    assert client.post(f"{address}identity/", {"fitted": THREE}).status_code == 422
    client.post(f"{address}identity/", {"fitted": THREE, "mandate": son.public_id})
    html = client.get(address).content.decode()
    assert "D-0001" in html
    assert "We rang her." not in html
    client.post(f"{address}confirm/", {"mandate": son.public_id})
    assert "We rang her." in client.get(address).content.decode()
