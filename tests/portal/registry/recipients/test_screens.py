"""Clara and her colleagues at the records of people – and who may not."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from portal.core.models import AuditEntry
from portal.registry.access import RIGHTS, May
from portal.registry.law import looks
from portal.registry.models import Post, PostRole, Recipient
from tests.portal.registry.conftest import post

pytestmark = pytest.mark.django_db
At = Callable[[Post], Client]
PEOPLE = "/en/registry/recipients/"
ANNA = {"name": "Petrova Anna", "language": "ru", "code": "44001010002", "birth_date": "1940-01-01"}


def test_a_person_is_written_down_and_found_in_another_alphabet(at: At, clara: Post) -> None:
    browser = at(clara)
    assert browser.post(f"{PEOPLE}new/", ANNA).status_code == 302
    anna = Recipient.objects.get()
    for words in ("Анна", "petrova", "44001010002"):
        assert "Petrova Anna" in browser.post(PEOPLE, {"words": words}).content.decode(), words
    assert "Petrova Anna" not in browser.post(PEOPLE, {"words": "Jonas"}).content.decode()
    html = browser.get(f"{PEOPLE}{anna.pk}/").content.decode()
    assert "••• 0002" in html
    assert "44001010002" not in html


def test_who_may_be_the_same_is_shown_before_a_second_record_is_made(at: At, clara: Post) -> None:
    browser = at(clara)
    browser.post(f"{PEOPLE}new/", ANNA)
    again = {"name": "Анна Петрова", "language": "ru"}
    assert "This may be somebody we know already" in browser.post(f"{PEOPLE}alike/", again).content.decode()
    assert "This may be somebody we know already" in browser.post(f"{PEOPLE}new/", again).content.decode()
    assert Recipient.objects.count() == 1
    assert browser.post(f"{PEOPLE}new/", again | {"all_the_same": "on"}).status_code == 302
    assert Recipient.objects.count() == 2


@pytest.fixture
def said_why(clara: Post, alice: Recipient) -> None:
    """Clara has said why she opens Alice's record."""
    looks.say(alice, reason="asks", words="", by=clara)


@pytest.mark.usefixtures("said_why")
def test_an_identifier_is_shown_for_a_reason_only(at: At, clara: Post, alice: Recipient) -> None:
    address = f"{PEOPLE}{alice.pk}/reveal/"
    assert "44001010001" not in at(clara).post(address, {}).content.decode()
    answer = at(clara).post(address, {"reveal-reason": "compare with the passport"})
    assert "44001010001" in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.usefixtures("said_why")
@pytest.mark.parametrize(
    ("what", "fields"),
    [
        ("income", {"valid_from": "2026-01-01", "cents": "420,50"}),
        ("household", {"name": "Petras", "relation": "spouse", "income": ""}),
        ("papers", {"kind": "disability", "number": "NP-77001", "expires_on": "2027-01-01"}),
        ("representatives", {"name": "Petras", "relation": "child"}),
    ],
)
def test_what_is_around_a_person_is_added(at: At, clara: Post, alice: Recipient, what: str, fields: Any) -> None:
    address = f"{PEOPLE}{alice.pk}/add/{what}/"
    assert "Error:" in at(clara).post(address, {}).content.decode()
    sent = {f"{what}-{name}": value for name, value in fields.items()}
    assert at(clara).post(address, sent).status_code == 302
    assert getattr(alice, {"income": "incomes"}.get(what, what)).count() == 1


@pytest.mark.usefixtures("said_why")
def test_opening_a_record_is_on_record_once(at: At, clara: Post, alice: Recipient) -> None:
    for _ in range(2):
        at(clara).get(f"{PEOPLE}{alice.pk}/")
    assert AuditEntry.objects.filter(action="registry.recipient_opened").count() == 1


def test_another_departments_person_is_not_there(at: At, alice: Recipient) -> None:
    stranger = post("Dan", PostRole.HEAD, "Vaiko gerovės centras")
    for address in ("", "change/", "merge/99/"):
        assert at(stranger).get(f"{PEOPLE}{alice.pk}/{address}").status_code == 404
    for address in ("reveal/", "add/income/"):
        assert at(stranger).post(f"{PEOPLE}{alice.pk}/{address}").status_code == 404


# What each role may do with a person's record: (deed, method, address after the person's).
DEEDS = [
    (May.READ, "get", ""),
    (May.WRITE, "get", "change/"),
    (May.WRITE, "post", "add/income/"),
    (May.REVEAL, "post", "reveal/"),
    (May.MERGE, "get", "merge/{other}/"),
]


@pytest.mark.parametrize("role", list(PostRole))
def test_each_role_may_what_its_row_says(at: At, alice: Recipient, role: PostRole) -> None:
    other = Recipient.objects.create(name="Petras", department=alice.department)
    browser = at(post("Somebody", role))
    for what, method, rest in DEEDS:
        answer = getattr(browser, method)(f"{PEOPLE}{alice.pk}/{rest.format(other=other.pk)}")
        assert (answer.status_code == 200) == (what in RIGHTS[role]), (what, answer.status_code)


def test_a_role_nobody_knows_may_nothing(at: At, alice: Recipient) -> None:
    assert at(post("Somebody", "gardener")).get(PEOPLE).status_code == 403


def test_the_officer_reads_cases_and_changes_none(at: At, otto: Post, alice: Recipient) -> None:
    number = alice.cases.get().number
    assert "What you can do" not in at(otto).get(f"/en/registry/{number}/").content.decode()
    assert at(otto).post(f"/en/registry/{number}/note/", {"note": "x"}).status_code == 403


@pytest.mark.usefixtures("said_why")
def test_a_record_costs_the_same_with_much_and_little(
    at: At, clara: Post, alice: Recipient, django_assert_max_num_queries: Any
) -> None:
    browser = at(clara)
    for n in range(9):
        alice.household.create(name=f"N{n}", relation="child")
        alice.papers.create(kind="other")
    browser.get(f"{PEOPLE}{alice.pk}/")
    with django_assert_max_num_queries(21):
        browser.get(f"{PEOPLE}{alice.pk}/")


def test_the_list_costs_the_same_for_one_and_for_many(
    at: At, clara: Post, alice: Recipient, django_assert_max_num_queries: Any
) -> None:
    browser = at(clara)
    for n in range(20):
        Recipient.objects.create(name=f"N{n}", department=alice.department, worker=clara)
    with django_assert_max_num_queries(7):
        browser.get(PEOPLE)
