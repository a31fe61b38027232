"""Information pages: what anybody reads without saying who they are."""

from __future__ import annotations

import re
from typing import Any

import pytest
import time_machine
from django.test import Client

from charter.models import BaseAmount
from portal.core.languages import LANGUAGES
from portal.pages.models import InformationPage, NewsItem
from portal.pages.roles import ROLES

pytestmark = pytest.mark.usefixtures("town")
PAGES = (
    "about",
    "accessibility",
    "complaints",
    "contacts",
    "easy-to-read",
    "news",
    "open-data",
    "privacy",
    "reference",
    "site-map",
)


def body(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_resident_reads_every_page_in_every_language(client: Client, language: str, name: str) -> None:
    html = body(client, f"/{language}/{name}/")

    assert f'<html lang="{language}"' in html
    assert "{{" not in html
    assert 'href="page:' not in html


@pytest.mark.parametrize("name", PAGES)
def test_reading_sets_no_cookie(client: Client, name: str) -> None:
    assert not client.get(f"/ru/{name}/").cookies


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("about", 5),
        ("accessibility", 5),
        ("complaints", 5),
        ("contacts", 9),
        ("news", 5),
        ("open-data", 4),
        ("privacy", 5),
        ("reference", 6),
    ],
)
def test_a_page_asks_the_database_a_few_times(name: str, most: int, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(most):
        Client().get(f"/uk/{name}/")


@pytest.mark.parametrize("name", PAGES)
def test_pages_may_be_kept_by_anybody(settings: Any, name: str) -> None:
    settings.PAGE_CACHE = True

    assert Client().get(f"/lt/{name}/")["Cache-Control"] == "public, max-age=60"


def test_the_privacy_page_names_everything_kept_in_a_browser(client: Client) -> None:
    html = body(client, "/en/privacy/")

    for name in ("sessionid", "csrftoken", "display", "language"):
        assert f"<code>{name}</code>" in html


def test_contacts_say_since_when_a_phone_is_known_and_what_is_not(client: Client) -> None:
    html = body(client, "/en/contacts/")

    assert 'href="tel:+37046300706"' in html
    assert "checked on" in html
    assert "not confirmed – ask us" in html


def test_contacts_show_the_hours_of_the_calendar_and_that_they_are_for_demonstration(client: Client) -> None:
    html = body(client, "/en/contacts/")

    assert "08:00&#8288;–&#8288;12:00" in html
    assert "These hours are for demonstration" in html


def test_contacts_name_the_week_as_the_rest_of_the_page_is_written(client: Client) -> None:
    html = body(client, "/uk/contacts/")

    assert "П’ятниця" in html
    assert '<th scope="row">Неділя</th><td>вихідний</td>' in html


def test_contacts_name_the_next_holidays(client: Client) -> None:
    with time_machine.travel("2026-11-25", tick=False):
        html = body(client, "/en/contacts/")

    assert "24 December 2026" in html
    assert "16 February 2026" not in html


def test_news_show_this_years_sums(client: Client) -> None:
    assert "€1,036" in body(client, "/en/news/")


def test_a_piece_of_news_names_its_sources(client: Client) -> None:
    html = body(client, "/ru/news/gimimo-ismoka-2026/")

    assert "diena.lt" in html
    assert '<li lang="lt"><a href="https://' in html


def test_another_languages_word_leads_to_the_right_address(client: Client) -> None:
    NewsItem.objects.filter(word_lt="gimimo-ismoka-2026").update(word_ru="vyplata-na-rebyonka-2026")
    answer = client.get("/ru/news/gimimo-ismoka-2026/")

    assert answer.status_code == 301
    assert answer["Location"] == "/ru/news/vyplata-na-rebyonka-2026/"
    assert 'hreflang="lt" href="/lt/news/gimimo-ismoka-2026/"' in body(client, answer["Location"])


def test_the_pages_of_a_new_site_say_that_they_are_being_written(client: Client) -> None:
    InformationPage.objects.all().delete()

    for role in ROLES:
        assert "This text is being written" in body(client, f"/en/{role}/")


def test_news_that_are_not_there_are_not_found(client: Client) -> None:
    assert client.get("/lt/news/nera/").status_code == 404
    assert client.get("/lt/info/nera/").status_code == 404


def test_the_base_amounts_stand_with_their_years(client: Client) -> None:
    html = body(client, "/lt/reference/")

    assert re.findall(r'<th scope="col" class="num">(\d+)</th>', html) == ["2026", "2025", "2024"]
    assert '<td class="num" data-label="2026">74\N{NO-BREAK SPACE}€</td>' in html
    assert "nerasta" in html or "not found" in html


def test_next_years_amount_waits_for_january(client: Client) -> None:
    BaseAmount.objects.create(code="BSI", name_lt="Bazinė socialinė išmoka", year=2027, amount=77)
    with time_machine.travel("2026-12-31T12:00", tick=False):
        assert "2027" not in body(client, "/en/reference/")
    with time_machine.travel("2027-01-01T12:00", tick=False):
        assert "€77" in body(client, "/en/reference/")


def test_there_are_news_each_with_its_day_and_its_source() -> None:
    items = list(NewsItem.objects.all())

    assert len(items) >= 6
    assert all(item.day and item.sources and item.sources[0]["url"].startswith("https://") for item in items)
