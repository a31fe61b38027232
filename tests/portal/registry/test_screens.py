"""Daiva works in the registry: finds a case, asks, decides – and nobody without a post sees anything."""

from typing import Any

import pytest
from django.test import Client

from portal.core.models import AuditEntry, User
from portal.registry import actions
from portal.registry.models import Case, Post, Status
from tests.people import staff
from tests.portal.registry.conftest import open_case

pytestmark = pytest.mark.django_db
LIST = "/en/registry/"


def text(client: Client, address: str = LIST) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def do(client: Client, case: Case, deed: str, **fields: str) -> Any:
    return client.post(f"{LIST}{case.number}/{deed}/", fields)


def test_a_stranger_is_asked_to_sign_in(client: Client, case: Case) -> None:
    for address in (LIST, f"{LIST}{case.number}/"):
        assert client.get(address).status_code == 302


def test_a_colleague_without_a_post_sees_nothing(client: Client, case: Case) -> None:
    client.force_login(staff("Bob", "consultant"))
    for address in (LIST, f"{LIST}{case.number}/", f"{LIST}{case.number}/documents/1/"):
        assert client.get(address).status_code == 403
    assert do(client, case, "note", note="x").status_code == 403


def test_what_is_no_number_answers_nothing(at_work: Client, case: Case) -> None:
    assert do(at_work, case, "answered", enquiry="²", answer="x").status_code == 200


def test_another_department_has_its_own_cases(at_work: Client) -> None:
    other = open_case(department="Vaiko gerovės centras")
    assert (other.number or "?") not in text(at_work)
    assert at_work.get(f"{LIST}{other.number}/").status_code == 404
    assert do(at_work, other, "note", note="x").status_code == 404


def test_cases_are_found_by_number_person_and_status(at_work: Client, case: Case, daiva: Post) -> None:
    number = case.number or "?"
    for query in ("", f"?words={number}", "?words=alice", "?group=all", "?group=new", "?group=nonsense"):
        assert number in text(at_work, LIST + query), query
    for query in ("?words=zzz", "?group=late", "?group=mine", "?group=granted"):
        assert number not in text(at_work, LIST + query), query
    actions.change_status(case, Status.WORKING, by=daiva)
    assert number in text(at_work, LIST + "?group=mine")


def test_opening_a_file_is_on_record_once(at_work: Client, case: Case) -> None:
    for _ in range(2):
        text(at_work, f"{LIST}{case.number}/")
    assert AuditEntry.objects.filter(action="registry.file_opened").count() == 1


def test_the_file_shows_only_the_end_of_the_personal_code(at_work: Client, case: Case) -> None:
    html = text(at_work, f"{LIST}{case.number}/")
    assert "0001" in html
    assert "44001010001" not in html


def test_a_case_goes_its_way_through_the_screen(at_work: Client, case: Case) -> None:
    do(at_work, case, "status", status=Status.WORKING, status_note="Daiva leads it.")
    do(at_work, case, "ask", needed="SP-2", until="2026-12-04")
    asked = case.enquiries.get()
    assert asked.until is not None
    do(at_work, case, "answered", enquiry=str(asked.pk), answer="a paper")
    do(at_work, case, "note", note="All is here.", for_person="on")
    do(at_work, case, "contact", summary="Told her by phone.", channel="phone")
    do(at_work, case, "decide", outcome=Status.GRANTED, why="Twice a week.")
    case.refresh_from_db()
    assert case.status == Status.GRANTED
    assert [change.status for change in case.status_changes.all()] == [
        Status.NEW,
        Status.WORKING,
        Status.WAITING_PERSON,
        Status.WORKING,
        Status.GRANTED,
    ]
    html = text(at_work, f"{LIST}{case.number}/")
    for words in ("Daiva leads it.", "All is here.", "Told her by phone.", "Twice a week."):
        assert words in html


@pytest.mark.parametrize(
    ("deed", "fields", "field"),
    [
        ("status", {"status": "granted"}, "status"),
        ("ask", {"needed": " "}, "needed"),
        ("ask", {"needed": "SP-2", "until": "tomorrow"}, "until"),
        ("decide", {"outcome": "granted", "why": ""}, "why"),
        ("decide", {"outcome": "", "why": "Because."}, "outcome"),
        ("note", {"note": ""}, "note"),
        ("contact", {"summary": "", "channel": "phone"}, "summary"),
        ("answered", {"enquiry": "99"}, "status"),
    ],
)
def test_a_mistake_is_named_and_nothing_happens(
    at_work: Client, case: Case, deed: str, fields: dict[str, str], field: str
) -> None:
    html = do(at_work, case, deed, **fields).content.decode()
    assert f'href="#{field}"' in html
    assert "<title>Error:" in " ".join(html.split())
    case.refresh_from_db()
    assert case.status == Status.NEW


def test_two_who_decide_at_the_same_moment_are_told(at_work: Client, case: Case, daiva: Post) -> None:
    actions.decide(case, Status.REFUSED, by=daiva, note="No.")
    html = do(at_work, case, "decide", outcome="granted", why="Yes.").content.decode()
    assert "has moved on meanwhile" in html


def test_who_lost_the_post_is_out_at_once(at_work: Client, daiva: Post) -> None:
    User.objects.filter(pk=daiva.user_id).update(is_active=False)
    assert at_work.get(LIST).status_code == 302


def test_the_list_costs_the_same_for_one_case_and_for_many(
    at_work: Client, case: Case, django_assert_max_num_queries: Any
) -> None:
    for _ in range(10):
        open_case()
    with django_assert_max_num_queries(12):
        at_work.get(LIST)


def test_a_heads_sixteen_rooms_do_not_fill_a_phone(hanna: Post, at: Any) -> None:
    page = text(at(hanna), f"{LIST}tariffs/")
    nav = page.partition('aria-label="Rooms of the registry"')[2].partition("</nav>")[0]
    row, _fold, folded = nav.partition("<details>")
    assert row.count("<a ") == 6  # what is entered every day, and the room one is in
    assert "<strong>Tariffs</strong>" in row
    assert "Tariffs" not in folded
    for room in ("Months and acts", "Posts", "Exchange"):
        assert room in folded
