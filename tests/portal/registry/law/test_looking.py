"""Who looked at Alice's record: asked why once a shift, told to her and to the officer."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client

from portal.registry.law import looks, reasons, wording
from portal.registry.models import Look, OpeningReason, Post, PostRole, Recipient
from tests.portal.registry.conftest import CENTRE, post

pytestmark = pytest.mark.django_db
At = Callable[[Post], Client]
WHY = "Say why you open this record."


def page(person: Recipient, rest: str = "") -> str:
    return f"/en/registry/recipients/{person.pk}/{rest}"


def text(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


@pytest.mark.usefixtures("frozen")
def test_a_colleague_says_why_once_a_shift(at: At, clara: Post, alice: Recipient) -> None:
    browser = at(clara)
    assert WHY in text(browser, page(alice))
    assert "+370" not in text(browser, page(alice))
    assert "Error:" in browser.post(page(alice, "open/"), {}).content.decode()
    assert "Error:" in browser.post(page(alice, "open/"), {"reason": "other", "words": " "}).content.decode()
    assert browser.post(page(alice, "open/"), {"reason": "asks"}).status_code == 302
    assert WHY not in text(browser, page(alice))
    assert Look.objects.get().reason.code == "asks"
    with time_machine.travel("2026-11-25 21:00Z", tick=False):
        assert WHY in text(browser, page(alice))


@pytest.mark.usefixtures("frozen")
def test_her_own_worker_is_not_asked_and_is_on_record(at: At, daiva: Post, alice: Recipient) -> None:
    Recipient.objects.filter(pk=alice.pk).update(worker=daiva)
    for _ in range(2):
        assert WHY not in text(at(daiva), page(alice))
    look = Look.objects.get()
    assert (look.is_implied, look.reason.code, look.role, look.department) == (True, "care", "social_worker", CENTRE)


def test_nothing_is_shown_or_changed_before_it_is_said(at: At, clara: Post, alice: Recipient) -> None:
    assert WHY in text(at(clara), page(alice, "change/"))
    answer = at(clara).post(page(alice, "reveal/"), {"reveal-reason": "compare"})
    assert "44001010001" not in answer.content.decode()


def test_what_is_odd_is_marked(settings: Any, daiva: Post) -> None:
    settings.LOOKS_AN_HOUR = 2
    daiva.user.display_name = "Daiva Kazlauskienė"
    people = [Recipient.objects.create(name=name, department=CENTRE) for name in ("Kazlauskas Petras", "Ona", "Ada")]
    with time_machine.travel("2026-11-25 10:00Z", tick=False):
        marks = [looks.say(one, reason="asks", words="", by=daiva) for one in people]
    assert [look.is_own for look in marks] == [True, False, False]
    assert [look.is_many for look in marks] == [False, False, True]
    assert not any(look.is_night for look in marks)
    for moment in ("2026-11-25 22:00Z", "2026-11-28 10:00Z"):
        with time_machine.travel(moment, tick=False):
            assert looks.say(people[1], reason="asks", words="", by=daiva).is_night


def test_the_officer_finds_looks_by_colleague_person_and_what_is_odd(
    at: At, otto: Post, clara: Post, alice: Recipient
) -> None:
    with time_machine.travel("2026-11-25 23:00Z", tick=False):
        looks.say(alice, reason="asks", words="", by=clara)
    log, browser = "/en/registry/looks/", at(otto)
    for query in ("", "?odd=odd", "?odd=night", f"?user={clara.user_id}", "?odd=nonsense&user=²&page=9"):
        assert "The person got in touch" in text(browser, log + query), query
        assert page(alice, "data/") in text(browser, log + query), query
    for query in ("?odd=many", "?odd=own", f"?user={otto.user_id}"):
        assert page(alice, "data/") not in text(browser, log + query), query
    assert page(alice, "data/") in browser.post(log, {"person": "ALICE"}).content.decode().replace("&amp;", "&")
    assert page(alice, "data/") not in browser.post(log, {"person": "Petras"}).content.decode()
    assert "1 odd opening" in text(browser, log)


def test_only_the_officer_reads_the_log(at: At, hanna: Post, clara: Post, daiva: Post) -> None:
    for one in (hanna, clara, daiva):
        assert at(one).get("/en/registry/looks/").status_code == 403
        assert at(one).get("/en/registry/processing/").status_code == 403


def test_an_officer_of_another_department_sees_none_of_it(at: At, clara: Post, alice: Recipient) -> None:
    looks.say(alice, reason="asks", words="", by=clara)
    stranger = post("Dan", PostRole.OFFICER, "Vaiko gerovės centras")
    assert page(alice, "data/") not in text(at(stranger), "/en/registry/looks/")
    for rest in ("data/", "data/record.json", "data/record.zip", "data/seen.pdf"):
        assert at(stranger).get(page(alice, rest)).status_code == 404
    for rest in ("open/", "data/restrict/", "data/lift/", "data/prepare/", "data/consent/"):
        assert at(stranger).post(page(alice, rest)).status_code == 404


def test_reasons_are_data(at: At, otto: Post, clara: Post, alice: Recipient) -> None:
    browser = at(otto)
    names = {"lt": "Auditas", "ru": "Аудит", "en": "An audit", "uk": "Аудит"}
    assert "Error:" in browser.post("/en/registry/looks/reasons/", {"lt": "Auditas"}).content.decode()
    assert browser.post("/en/registry/looks/reasons/", names).status_code == 302
    assert "already" in browser.post("/en/registry/looks/reasons/", names).content.decode()
    assert "An audit" in text(at(clara), page(alice))
    made = OpeningReason.objects.get(code="an-audit")
    browser.post(f"/en/registry/looks/reasons/{made.pk}/")
    assert "An audit" not in text(at(clara), page(alice))
    assert reasons.of("an-audit").is_live is False


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("Zuikytė asked", "… asked"),
        ("Алиса Зуйките звонила", "… … звонила"),
        ("code 44001010001, phone +370 612 34567", "code [personal code], phone [phone]"),
        ("lives at Kiškių 7", "lives at … 7"),
        ("compare with the passport", "compare with the passport"),
    ],
)
def test_a_reason_carries_nothing_of_the_person(said: str, kept: str) -> None:
    alice = Recipient(name="Zuikytė Alisa", address="Kiškių g. 7", email="a.zuik@pastas.lt")
    assert wording.plain(said, alice) == kept


def test_the_log_costs_the_same_for_few_and_many(
    at: At, otto: Post, clara: Post, django_assert_max_num_queries: Any
) -> None:
    for n in range(30):
        looks.say(Recipient.objects.create(name=f"N{n}", department=CENTRE), reason="asks", words="", by=clara)
    browser = at(otto)
    browser.get("/en/registry/looks/")
    with django_assert_max_num_queries(13):
        browser.get("/en/registry/looks/")


def test_a_days_work_asks_once_for_each_person(at: At, clara: Post) -> None:
    people = [Recipient.objects.create(name=f"N{n}", department=CENTRE) for n in range(3)]
    browser, start = at(clara), dt.datetime(2026, 11, 25, 7, tzinfo=dt.UTC)
    asked = 0
    for hour in range(9):
        with time_machine.travel(start + dt.timedelta(hours=hour), tick=False):
            for one in people:
                if WHY in text(browser, page(one)):
                    asked += 1
                    browser.post(page(one, "open/"), {"reason": "money"})
    assert asked == 3
