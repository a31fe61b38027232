"""The urgent notice: an editor writes it with its hours, and everybody sees it at the top of every page meanwhile."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client

from charter.models import Municipality
from portal.core import clock
from tests.people import carol

pytestmark = pytest.mark.usefixtures("town")
NOTICE = {
    "alert_lt": "Šiandien telefonas neveikia.",
    "alert_ru": "Сегодня телефон не работает.",
    "alert_en": "The phone does not work today.",
    "alert_uk": "Сьогодні телефон не працює.",
}
EVERYWHERE = ("", "services/", "contacts/", "search/", "charter/", "chat/", "my-case/", "nowhere/")


def warn(**changes: Any) -> None:
    Municipality.objects.update(**{**NOTICE, **changes})


def page(path: str = "/en/contacts/") -> str:
    return Client().get(path).content.decode()


@pytest.mark.parametrize("path", EVERYWHERE)
def test_it_stands_on_every_page(path: str) -> None:
    warn()

    html = page(f"/uk/{path}")

    assert "Сьогодні телефон не працює." in html
    assert html.index('class="alert"') < html.index('<main id="main"')


def test_it_is_shown_from_its_hour_to_its_hour() -> None:
    began = clock.now() + dt.timedelta(hours=1)
    warn(alert_from=began, alert_until=began + dt.timedelta(hours=2))
    seen = []
    for minutes in (-1, 0, 119, 120):
        with time_machine.travel(began + dt.timedelta(minutes=minutes), tick=False):
            seen.append("The phone does not work today." in page())

    assert seen == [False, True, True, False]


def test_a_kept_page_forgets_a_notice_that_was_taken_down(
    settings: Any, django_capture_on_commit_callbacks: Any
) -> None:
    settings.PAGE_CACHE = True
    warn()
    assert "The phone does not work today." in page()

    with django_capture_on_commit_callbacks(execute=True):
        city: Any = Municipality.objects.get()
        city.alert_en = city.alert_lt = ""
        city.save()

    assert "The phone does not work today." not in page()


def form(client: Client, url: str, **changes: str) -> Any:
    shown = client.get(url).context["form"]
    data = {name: shown[name].value() for name in shown.fields}
    return {**{name: value for name, value in data.items() if value not in (None, False)}, **changes}


def test_an_editor_writes_it_with_its_hours(client: Client) -> None:
    client.force_login(carol())
    url = f"/cms/snippets/charter/municipality/edit/{Municipality.objects.get().pk}/"

    answer = client.post(url, form(client, url, **NOTICE, alert_until="2100-01-01 08:00"))

    assert answer.status_code == 302, answer.context["form"].errors
    assert "The phone does not work today." in page()
    assert Municipality.objects.get().alert_until == dt.datetime(2100, 1, 1, 6, tzinfo=dt.UTC)


def test_a_notice_that_ends_before_it_begins_is_refused(client: Client) -> None:
    client.force_login(carol())
    url = f"/cms/snippets/charter/municipality/edit/{Municipality.objects.get().pk}/"
    hours = {"alert_from": "2026-12-02 08:00", "alert_until": "2026-12-01 08:00"}

    answer = client.post(url, form(client, url, **NOTICE, **hours))

    assert "The notice must begin before it ends." in answer.content.decode()


def test_loading_the_demonstration_again_leaves_what_an_editor_wrote(client: Client) -> None:
    client.force_login(carol())
    url = f"/cms/snippets/charter/municipality/edit/{Municipality.objects.get().pk}/"
    client.post(url, form(client, url, **NOTICE))

    call_command("load_content_pack", "klaipeda", without_history=True, verbosity=0)

    assert "The phone does not work today." in page()
