"""Looks at cases that stand out are found while they happen, and a supervisor closes each with a note."""

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from charter.models import Holiday, Institution, Role
from portal.cases import access, handling, looks, retention
from portal.cases.handling import Why
from portal.cases.models import CaseLink, LookKind, OddLook
from portal.cases.registries.facts import Applicant
from portal.core.models import AuditEntry, User
from tests.factories import charter
from tests.people import staff
from tests.portal.cases.conftest import Register

pytestmark = pytest.mark.django_db
IN_TALK = Why("question", conversation="K2222-2222")


@pytest.fixture(autouse=True)
def at_eleven(time: Any) -> Any:
    """A Wednesday before noon."""
    return time


def kinds() -> list[str]:
    return list(OddLook.objects.order_by("pk").values_list("kind", flat=True))


def a_link(register: Register, name: str = "Ona Petraitė", **changes: Any) -> CaseLink:
    reference = register(person=Applicant(name), **changes).reference
    return access.everything().get(reference=reference)


def test_a_look_out_of_a_conversation_at_noon_is_not_odd(link: CaseLink, bob: User) -> None:
    handling.open_case(link, by=bob, why=IN_TALK)
    assert kinds() == []


def test_many_within_an_hour_are_one_odd_look_that_grows(link: CaseLink, bob: User, settings: Any) -> None:
    settings.LOOKS_AN_HOUR = 3
    for number in range(5):
        handling.open_case(link, by=bob, why=Why("question", str(number), conversation="K2222-2222"))
    look = OddLook.objects.get()
    assert (look.kind, look.count, look.user) == (LookKind.MANY, 5, bob)
    assert len(looks.openings_of(look)) == 5


@pytest.mark.parametrize("hours", [10, 4 * 24])  # at nine in the evening; on Sunday
def test_outside_the_hours_of_work_it_is_odd_but_for_a_conversation(
    link: CaseLink, bob: User, time: Any, hours: int
) -> None:
    time.shift(hours * 60 * 60)
    handling.open_case(link, by=bob, why=IN_TALK)
    assert kinds() == []
    handling.open_case(link, by=bob, why=Why("call_back"))
    assert kinds() == [LookKind.NIGHT]


def test_on_a_holiday_nobody_is_expected(link: CaseLink) -> None:
    Holiday.objects.create(date=dt.date(2026, 11, 4), name_lt="Šventė")
    assert looks.is_outside_hours(dt.datetime(2026, 11, 4, 9, 42, tzinfo=dt.UTC))


def test_a_caller_without_a_conversation_is_odd_when_it_goes_on(link: CaseLink, bob: User, settings: Any) -> None:
    settings.LOOKS_ALONE_A_DAY = 2
    handling.open_case(link, by=bob, why=Why("question"))
    assert kinds() == []
    handling.open_case(link, by=bob, why=Why("papers"))
    assert kinds() == [LookKind.ALONE]


def test_a_case_workers_callers_ring_them(link: CaseLink, centre: Institution, settings: Any) -> None:
    settings.LOOKS_ALONE_A_DAY = 1
    worker = staff("Daiva", Role.CASE_WORKER, institution=centre)
    handling.open_case(link, by=worker, why=Why("question"))
    assert kinds() == []


@pytest.mark.parametrize("name", ["Jonas Petraitis", "PETRAITIS Jonas", "Ona Petraitienė", "Рута Петрайтите"])
def test_their_own_name_or_their_familys_is_odd(
    registry: Any, register: Register, centre: Institution, name: str
) -> None:
    jonas = staff("Jonas Petraitis", Role.CONSULTANT, institution=centre)
    handling.open_case(a_link(register, name), by=jonas, why=IN_TALK)
    assert kinds() == [LookKind.OWN]


def test_a_colleagues_name_is_odd_a_namesake_of_nobody_is_not(
    registry: Any, register: Register, bob: User, centre: Institution
) -> None:
    staff("Daiva Kazlauskienė", Role.EDITOR, institution=centre)
    handling.open_case(a_link(register, "Ona Petraitė"), by=bob, why=IN_TALK)
    assert kinds() == []
    handling.open_case(a_link(register, "Daiva  Kazlauskiene"), by=bob, why=IN_TALK)
    assert kinds() == [LookKind.COLLEAGUE]


def test_no_name_can_be_read_out_of_what_is_kept(registry: Any, register: Register) -> None:
    kept = a_link(register, "Ona Petraitė").name_marks
    assert kept
    assert "petr" not in kept.lower()


@pytest.fixture
def odd(link: CaseLink, bob: User) -> OddLook:
    handling.open_case(link, by=bob, why=Why("call_back"))
    return OddLook.objects.create(
        user=bob,
        institution=link.institution,
        kind=LookKind.NIGHT,
        first_at=link.submitted_at,
        last_at=link.submitted_at,
    )


@pytest.fixture
def vilma(centre: Institution) -> User:
    return staff("Vilma", Role.SUPERVISOR, institution=centre)


def test_it_is_closed_once_with_what_came_of_it_and_a_note(odd: OddLook, vilma: User) -> None:
    for outcome, note in (("", "x"), ("fine", " "), ("else", "x")):
        with pytest.raises(looks.NoteNeeded):
            looks.review(odd, by=vilma, outcome=outcome, note=note)
    looks.review(odd, by=vilma, outcome="fine", note="A shift was moved.")
    again = looks.review(odd, by=vilma, outcome="reported", note="Something else.")
    assert (again.outcome, again.note, again.reviewed_by) == ("fine", "A shift was moved.", vilma)
    assert AuditEntry.objects.filter(action="odd_look.reviewed").count() == 1


def test_nobody_reviews_themselves_nor_another_institution(odd: OddLook, bob: User) -> None:
    staff("Bob", Role.SUPERVISOR)
    eve = staff("Eve", Role.SUPERVISOR, institution=charter.institution("vaikai"))
    for stranger in (bob, eve, staff("Mona", Role.MANAGER)):
        with pytest.raises(PermissionDenied):
            looks.review(odd, by=stranger, outcome="fine", note="x")


def test_the_supervisor_sees_what_was_opened_and_that_is_on_record(
    client: Client, odd: OddLook, vilma: User, link: CaseLink
) -> None:
    client.force_login(vilma)
    assert "Outside the hours of work" in client.get("/en/case/looks/").content.decode()
    html = client.get(f"/en/case/looks/{odd.pk}/").content.decode()
    assert link.reference in html
    assert "An answer or a call back is being prepared" in html
    assert AuditEntry.objects.filter(action="odd_look.opened", actor=vilma).count() == 1


def test_closing_it_without_a_word_is_asked_for_one(client: Client, odd: OddLook, vilma: User) -> None:
    client.force_login(vilma)
    address = f"/en/case/looks/{odd.pk}/"
    html = client.post(address, {"outcome": "fine", "note": ""}).content.decode()
    assert 'href="#note"' in html
    assert client.post(address, {"outcome": "fine", "note": "A shift was moved."}).status_code == 302
    assert "A shift was moved." in client.get(address).content.decode()
    assert "There was a good reason" in client.get("/en/case/looks/?closed").content.decode()


def test_another_institutions_are_not_there(client: Client, odd: OddLook) -> None:
    client.force_login(staff("Eve", Role.SUPERVISOR, institution=charter.institution("vaikai")))
    assert "Nothing stands out." in client.get("/en/case/looks/").content.decode()
    assert client.get(f"/en/case/looks/{odd.pk}/").status_code == 404


def test_what_was_closed_long_ago_is_forgotten(odd: OddLook, vilma: User, time: Any) -> None:
    looks.review(odd, by=vilma, outcome="fine", note="A shift was moved.")
    later = odd.last_at + dt.timedelta(days=400)
    assert retention.forget_reviewed(later) == 1
