"""What is due is taken, done and put into calendars; holidays are respected."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from charter.models import Holiday
from portal.registry.models import CalendarFeed, DueTask, Post, Programme, Recipient
from portal.registry.refusals import Refused
from portal.registry.reports import tasks
from portal.registry.reports.due import act_by, due
from tests.portal.registry.conftest import CENTRE, post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
At = Callable[[Post], Client]
ROOT = "/en/registry/due/"
TODAY = dt.date(2026, 11, 25)
DAY = dt.timedelta(days=1)


@pytest.fixture
def paper(alice: Recipient, daiva: Post) -> Any:
    """Alice's certificate expires on Sunday, 6 December; Daiva visits her."""
    Recipient.objects.filter(pk=alice.pk).update(worker=daiva)
    return alice.papers.create(kind="disability", expires_on=dt.date(2026, 12, 6))


def page(browser: Client, address: str = ROOT) -> str:
    return " ".join(browser.get(address).content.decode().split())


def test_nothing_falls_due_on_a_holiday_or_a_weekend(hanna: Post, paper: Any) -> None:
    assert [one.act_by for one in due(hanna)] == [dt.date(2026, 12, 4)]
    Holiday.objects.create(date=dt.date(2026, 12, 4), name="Town day")
    assert [one.act_by for one in due(hanna)] == [dt.date(2026, 12, 3)]


def test_a_stretch_of_holidays_is_gone_around() -> None:
    for day in (24, 25):
        Holiday.objects.create(date=dt.date(2026, 12, day), name="Christmas")
    assert act_by(dt.date(2026, 12, 27)) == dt.date(2026, 12, 23)


def test_what_had_to_be_done_before_the_weekend_is_overdue_on_it(hanna: Post, paper: Any, frozen: Any) -> None:
    frozen.move_to("2026-12-05 10:00Z")
    assert [one.group(dt.date(2026, 12, 5)) for one in due(hanna)] == ["overdue"]


def test_a_worker_takes_a_task_and_says_what_came_of_it(at: At, daiva: Post, hanna: Post, paper: Any) -> None:
    sent = {"kind": "paper", "of": paper.pk}
    assert "Take it" in page(at(daiva))
    at(daiva).post(f"{ROOT}take/", sent)
    assert "Daiva has taken it" in page(at(hanna))
    at(daiva).post(f"{ROOT}done/", sent | {"note": " "})
    assert DueTask.objects.get().done_at is None  # not without a word
    at(daiva).post(f"{ROOT}done/", sent | {"note": "New certificate on Monday."})
    assert "New certificate on Monday." in page(at(hanna))


def test_a_colleagues_task_is_not_taken_over_until_it_is_given_back(
    at: At, daiva: Post, hanna: Post, paper: Any
) -> None:
    [one] = due(hanna)
    tasks.take(one, by=daiva)
    with pytest.raises(Refused, match="task_is_taken"):
        tasks.take(one, by=hanna)
    at(daiva).post(f"{ROOT}back/", {"kind": "paper", "of": paper.pk})
    assert tasks.take(one, by=hanna).taken_by == hanna.user


def test_a_new_term_is_a_new_task(hanna: Post, paper: Any) -> None:
    tasks.done(due(hanna)[0], note="ok", by=hanna)
    type(paper).objects.filter(pk=paper.pk).update(expires_on=dt.date(2026, 12, 9))
    assert [one.task for one in due(hanna)] == [None]


def test_what_is_not_due_or_not_theirs_is_no_task(at: At, hanna: Post, paper: Any) -> None:
    stranger = post("Dan", "head", "Kitas")
    for browser, of in ((at(hanna), 999_999), (at(stranger), paper.pk)):
        answer = browser.post(f"{ROOT}take/", {"kind": "paper", "of": of}, follow=True)
        assert "This is no longer due." in answer.content.decode()
    assert not DueTask.objects.exists()


def test_the_list_is_narrowed_to_a_department(at: At, paper: Any, programme: Programme) -> None:
    chief = post("Vera", "head", "")
    other = Recipient.objects.create(name="Petras", department="Kitas")
    other.papers.create(kind="health", expires_on=TODAY)
    assert "Petras" in page(at(chief))
    assert "Petras" not in page(at(chief), f"{ROOT}?department={CENTRE}")


def address_in(html: str) -> str:
    return html.split('readonly value="')[1].split('"')[0].partition("//")[2].partition("/")[2]


def test_a_calendar_shows_numbers_and_no_names(at: At, client: Client, daiva: Post, paper: Any) -> None:
    html = at(daiva).post(f"{ROOT}calendar/").content.decode()
    address = f"/{address_in(html)}"
    feed = client.get(address)
    text = feed.content.decode()
    assert feed["Content-Type"].startswith("text/calendar")
    assert "DTSTART;VALUE=DATE:20261204" in text
    assert f"No. {paper.recipient_id}" in text
    assert "Alice" not in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert address.split("/")[-1].removesuffix(".ics") not in str(CalendarFeed.objects.values())


def test_an_old_or_a_guessed_address_opens_nothing(at: At, client: Client, daiva: Post, paper: Any) -> None:
    old = address_in(at(daiva).post(f"{ROOT}calendar/").content.decode())
    at(daiva).post(f"{ROOT}calendar/")
    assert client.get(f"/{old}").status_code == 404
    assert client.get("/en/registry/calendar/guess.ics").status_code == 404


def test_who_works_here_no_longer_has_no_calendar(at: At, client: Client, daiva: Post, paper: Any) -> None:
    address = address_in(at(daiva).post(f"{ROOT}calendar/").content.decode())
    daiva.user.is_active = False
    daiva.user.save()
    assert client.get(f"/{address}").status_code == 404
