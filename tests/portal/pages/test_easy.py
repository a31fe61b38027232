"""Easy-to-read pages: short lines, a drawing a part, and honesty about who has read them."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client

from charter.models import Service
from portal.core.languages import LANGUAGES
from portal.pages import easy_rules
from portal.pages.models import EasyPage, HomePage
from portal.pages.models.easy import PARTS
from tests.people import carol
from tests.portal.pages.test_editing import edit, form_of

pytestmark = pytest.mark.usefixtures("town")


def read(path: str) -> str:
    answer = Client().get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_ten_most_needed_services_are_listed_and_reached_from_every_page(language: str) -> None:
    listed = read(f"/{language}/easy-to-read/")

    assert len(re.findall(rf'href="/{language}/easy-to-read/[\w-]+/"', listed)) == 10
    assert f'<p><a href="/{language}/easy-to-read/">' in read(f"/{language}/contacts/")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_service_and_its_easy_page_lead_to_each_other(language: str) -> None:
    easy = EasyPage.objects.get(service__code="sildymas")
    service = Service.objects.get(code="sildymas")
    url = f"/{language}/services/{getattr(service, f'slug_{language}')}/"

    assert f'href="{easy.address(language)}"' in read(url)
    assert f'href="{url}"' in read(easy.address(language))


def test_a_line_is_a_paragraph_of_its_own_with_this_years_sum_and_a_phone_to_ring() -> None:
    html = read(EasyPage.objects.get(service__code="pasalpa").address("en"))

    assert '<p>Each person has less than <span class="nowrap">€256.30</span> a month.</p>' in html
    assert '<a class="nowrap" href="tel:+37046300706">(0 46) 300' in html


def test_nobody_has_read_it_yet_and_the_page_says_so() -> None:
    page = EasyPage.objects.get(service__code="pasalpa")
    assert "No test reader has read it yet." in read(page.address("en"))

    EasyPage.objects.update(read_on=dt.date(2027, 3, 1))

    html = read(page.address("en"))
    assert "No test reader" not in html
    assert "1 March 2027" in html


def test_a_page_about_danger_can_be_left_quickly() -> None:
    service = Service.objects.get(code="krizes")
    assert service.is_sensitive

    assert "data-leave" in read(EasyPage.objects.get(service=service).address("uk"))


def test_a_service_that_is_not_public_is_not_linked() -> None:
    page = EasyPage.objects.get(service__code="sildymas")
    Service.objects.filter(code="sildymas").update(live=False)

    assert "Everything about this service" not in read(page.address("en"))


@pytest.mark.parametrize(
    "line",
    [
        "You go to the office and there you get a form and then you write it and wait.",
        "Bring a paper (from a doctor).",
        "You get 50 % more.",
        "Go there. Ask for help.",
        "Ask for help at SPIS.",
    ],
)
def test_a_line_that_breaks_a_rule_is_named(line: str) -> None:
    assert [found for found, _rule in easy_rules.broken(f"Short line.\n{line}")] == [line]


def test_an_address_a_sum_and_a_phone_break_no_rule() -> None:
    assert easy_rules.broken("The address is Vytauto g. 13, Klaipėda.\n{{1.1 VRP}} {{phone:kspc}}") == []


def test_every_line_of_klaipeda_keeps_the_rules() -> None:
    for page in EasyPage.objects.all():
        for language in LANGUAGES:
            for part in PARTS:
                assert easy_rules.broken(getattr(page, f"{part}_{language}")) == []


def test_an_editor_changes_one_and_is_told_which_line_is_too_long(client: Client) -> None:
    client.force_login(carol())
    page = EasyPage.objects.get(service__code="pasalpa")
    long = "You go to the office and there you get a form and then you write it and wait."

    refused = edit(client, page, who_en=long)
    assert "the sentence is too long" in str(refused.context["form"].errors["who_en"])

    assert edit(client, page, who_en="You live alone.").status_code == 302
    assert "<p>You live alone.</p>" in read(page.address("en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_previewed_in_every_language(client: Client, language: str) -> None:
    client.force_login(carol())
    page = EasyPage.objects.get(service__code="pasalpa")
    url = f"/cms/pages/{page.pk}/edit/preview/"
    assert client.post(url, form_of(page)).json()["is_valid"]

    assert f'<html lang="{language}"' in client.get(url, {"mode": language}).content.decode()


def test_an_editor_adds_one(client: Client) -> None:
    client.force_login(carol())
    new = EasyPage(source_language="lt")
    service = Service.objects.exclude(easy_page__isnull=False).first()
    data = form_of(
        new, heading_lt="Pagalba", word_lt="pagalba-jums", who_lt="Visiems.", service=str(service and service.pk)
    )
    answer = client.post(f"/cms/pages/add/pages/easypage/{HomePage.objects.get().pk}/", data)

    assert answer.status_code == 302, answer.context["form"].errors
    assert "<p>Visiems.</p>" in read("/lt/easy-to-read/pagalba-jums/")


def test_another_languages_word_leads_to_the_right_address(client: Client) -> None:
    page: Any = EasyPage.objects.get(service__code="pasalpa")

    assert client.get(page.address("lt").replace("/lt/", "/en/"))["Location"] == page.address("en")
    assert client.get("/lt/easy-to-read/nera/").status_code == 404


@pytest.mark.parametrize(("name", "most"), [("list", 4), ("page", 4)])
def test_they_ask_the_database_a_few_times(name: str, most: int, django_assert_max_num_queries: Any) -> None:
    path = "/uk/easy-to-read/" if name == "list" else EasyPage.objects.get(service__code="sildymas").address("uk")
    with django_assert_max_num_queries(most):
        Client().get(path)
