"""What managers keep for themselves: saved views, figures by e-mail, figures on paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client

from charter.models import Membership, Role
from portal.core import pdf
from portal.core.models import User
from portal.dashboard import letters, saved
from portal.dashboard.models import ReportWish, SavedView
from tests import people
from tests.portal.dashboard import records

OCTOBER = dt.date(2026, 10, 10)
NOW = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)
PAGE = "/en/dashboard/sheets/satisfaction/"
pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def mona(client: Client, clock: time_machine.Traveller) -> Client:
    client.force_login(people.mona())
    return client


def save(client: Client, name: str, **more: str) -> Any:
    said = {"name": name, "sheet": "satisfaction", "period": "2026-10", "by": "language", "draw": "content"}
    return client.post("/en/dashboard/views/", said | more)


def names(client: Client) -> list[str]:
    return [view.name for view in client.get(PAGE).context["views"]]


def with_mail(user: User, language: str = "en") -> User:
    User.objects.filter(pk=user.pk).update(email=f"{user.username}@example.org", interface_language=language)
    return User.objects.get(pk=user.pk)


def test_a_view_is_an_address_that_goes_with_the_time(mona: Client) -> None:
    save(mona, " By  language ")
    view = SavedView.objects.get()
    assert (view.name, view.filters) == ("By language", {"by": "language", "draw": "content"})
    found = mona.get(PAGE).context["views"][0]
    assert mona.get(found.url).context["scope"].dimension == "language"
    save(mona, "July", period="2026-07")
    assert SavedView.objects.get(name="July").filters["period"] == "2026-07"


def test_a_view_under_a_known_name_takes_its_place_and_one_without_a_name_is_none(mona: Client) -> None:
    for by in ("language", "channel"):
        save(mona, "Mine", by=by)
    save(mona, "   ")
    assert [view.filters["by"] for view in SavedView.objects.all()] == ["channel"]


def test_nobody_keeps_more_views_than_can_be_read(mona: Client) -> None:
    for number in range(saved.MOST + 1):
        save(mona, f"View {number}")
    assert SavedView.objects.count() == saved.MOST


def test_colleagues_of_the_same_institution_see_a_shared_view_and_others_do_not(client: Client) -> None:
    kspc, dane = records.institution("kspc"), records.institution("dane")
    one = people.staff("Ona", Role.MANAGER, institution=kspc)
    client.force_login(one)
    save(client, "Ours", shared="1")
    save(client, "Only mine")
    client.force_login(people.staff("Petra", Role.SUPERVISOR, institution=kspc))
    assert names(client) == ["Ours"]
    assert client.post(f"/en/dashboard/views/{SavedView.objects.get(name='Ours').pk}/drop/").status_code == 404
    client.force_login(people.staff("Rasa", Role.MANAGER, institution=dane))
    assert names(client) == []
    client.force_login(one)
    client.post(f"/en/dashboard/views/{SavedView.objects.get(name='Ours').pk}/drop/")
    assert names(client) == ["Only mine"]


def test_a_shared_view_shows_each_reader_only_their_own_figures(client: Client) -> None:
    kspc = records.institution("kspc")
    records.ratings(OCTOBER, 60, 20, institution=kspc)
    records.ratings(OCTOBER, 0, 200, institution=records.institution("dane"))
    client.force_login(people.staff("Ona", Role.MANAGER, institution=kspc))
    save(client, "Ours", shared="1")
    client.force_login(people.staff("Petra", Role.SUPERVISOR, institution=kspc))
    heads = client.get(client.get(PAGE).context["views"][0].url).context["heads"]
    assert heads[0].value == "75\N{NO-BREAK SPACE}%"


def test_an_address_elsewhere_is_not_gone_back_to(mona: Client) -> None:
    assert save(mona, "Mine", back="https://elsewhere.example/")["Location"] == "/en/dashboard/"
    assert save(mona, "Mine", back=PAGE)["Location"] == PAGE


def test_figures_come_once_a_month_though_the_round_runs_twice(
    mona: Client, clock: time_machine.Traveller, mailoutbox: list[Any]
) -> None:
    user = with_mail(people.mona())
    records.ratings(OCTOBER, 60, 20)
    mona.post("/en/dashboard/report/", {"rhythm": "monthly"})
    assert [letters.send_what_is_due(), letters.send_what_is_due()] == [1, 0]
    clock.move_to(NOW + dt.timedelta(days=4))
    assert letters.send_what_is_due() == 0
    clock.move_to(dt.datetime(2026, 12, 1, 1, tzinfo=dt.UTC))
    assert letters.send_what_is_due() == 1
    assert [letter.to for letter in mailoutbox] == [[user.email]] * 2
    assert "Content with our help: 75\N{NO-BREAK SPACE}%" in mailoutbox[0].body


def test_weekly_means_once_a_calendar_week_also_around_new_year(
    mona: Client, clock: time_machine.Traveller, mailoutbox: list[Any]
) -> None:
    with_mail(people.mona())
    mona.post("/en/dashboard/report/", {"rhythm": "weekly"})
    for day in (28, 29, 31):
        clock.move_to(dt.datetime(2026, 12, day, 9, tzinfo=dt.UTC))
        letters.send_what_is_due()
    for day in (1, 3, 4):
        clock.move_to(dt.datetime(2027, 1, day, 9, tzinfo=dt.UTC))
        letters.send_what_is_due()
    assert len(mailoutbox) == 2  # the week of 28 December and that of 4 January


def test_a_letter_is_in_the_language_of_its_reader_and_keeps_small_groups_back(
    mona: Client, mailoutbox: list[Any]
) -> None:
    with_mail(people.mona(), "lt")
    records.ratings(OCTOBER, 3, 1)
    mona.post("/en/dashboard/report/", {"rhythm": "monthly"})
    letters.send_what_is_due()
    assert "2026 m. spalis".upper() in mailoutbox[0].body
    assert "75" not in mailoutbox[0].body


def test_letters_stop_by_one_press_and_looking_at_the_link_stops_nothing(mona: Client) -> None:
    with_mail(people.mona())
    mona.post("/en/dashboard/report/", {"rhythm": "monthly"})
    link = f"/en/dashboard/report/stop/{ReportWish.objects.get().token}/"
    stranger = Client(enforce_csrf_checks=True)
    assert stranger.get(link).status_code == 200
    assert ReportWish.objects.count() == 1
    for _press in range(2):
        assert stranger.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert ReportWish.objects.count() == 0


def test_nobody_gets_letters_without_asking_or_after_they_stopped_answering_for_anything(
    mona: Client, mailoutbox: list[Any]
) -> None:
    with_mail(people.mona())
    assert letters.send_what_is_due() == 0
    mona.post("/en/dashboard/report/", {"rhythm": "monthly"})
    Membership.objects.all().delete()
    assert letters.send_what_is_due() == 0
    assert (mailoutbox, ReportWish.objects.count()) == ([], 0)


def test_a_letter_that_could_not_be_sent_is_sent_in_the_next_round(
    mona: Client, mailoutbox: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    with_mail(people.mona())
    mona.post("/en/dashboard/report/", {"rhythm": "monthly"})

    def broken(*_args: Any) -> int:
        raise ConnectionRefusedError

    with monkeypatch.context() as patch:
        patch.setattr(EmailBackend, "send_messages", broken)
        assert letters.send_what_is_due() == 0
    assert letters.send_what_is_due() == 1
    assert len(mailoutbox) == 1


def test_without_an_address_nothing_can_come(mona: Client) -> None:
    mona.post("/en/dashboard/report/", {"rhythm": "monthly"})
    assert ReportWish.objects.count() == 0


@pytest.mark.skipif(not pdf.is_possible(), reason="no Pango here")
def test_a_page_and_all_six_can_be_had_on_paper(mona: Client) -> None:
    records.ratings(OCTOBER, 60, 20, language="lt")
    for path in (f"{PAGE}report.pdf", "/en/dashboard/report.pdf?period=2026-10"):
        paper = mona.get(path)
        assert (paper["Content-Type"], paper.content[:5]) == ("application/pdf", b"%PDF-")
    assert mona.get("/en/dashboard/report.pdf?institution=nowhere").status_code == 404
