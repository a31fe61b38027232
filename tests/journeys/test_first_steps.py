"""A resident arrives: the home page, the languages, the display panel, a wrong address."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import axe, sideways
from tests.journeys.conftest import Resident

LANGUAGES = ("lt", "ru", "en", "uk")


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_types_only_the_host_arrives_in_the_language_of_their_browser(
    resident: Resident, language: str
) -> None:
    page = resident(language)

    page.goto("/")

    assert page.url.endswith(f"/{language}/")
    expect(page.locator("html")).to_have_attribute("lang", language)


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_home_page_can_be_read_by_everybody(resident: Resident, language: str, width: int) -> None:
    page = resident(language, width=width)

    page.goto(f"/{language}/")

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert sideways(page) == 0
    axe(page)


def test_a_resident_finds_the_same_page_in_their_own_language(resident: Resident, scripts: bool) -> None:
    page = resident("lt", scripts=scripts)
    page.goto("/lt/")

    page.get_by_role("link", name="Українська").click()

    assert page.url.endswith("/uk/")
    expect(page.locator("html")).to_have_attribute("lang", "uk")
    expect(page.get_by_role("link", name="Українська")).to_have_attribute("aria-current", "true")


def test_a_resident_makes_the_letters_large_and_they_stay_large(resident: Resident, scripts: bool) -> None:
    page = resident("en", scripts=scripts, width=360)
    page.goto("/en/")

    page.locator("details.display summary").click()
    page.locator("label[for=size-200]").click()
    page.locator("label[for=colour-wb]").click()
    page.locator("details.display button[type=submit]").click()

    expect(page.locator("html")).to_have_class(re.compile("size-200"))
    page.get_by_role("link", name="Русский").click()
    expect(page.locator("html")).to_have_class(re.compile("size-200.*white-on-black|white-on-black.*size-200"))
    assert sideways(page) == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_address_leads_on_in_the_readers_language(resident: Resident, language: str) -> None:
    page = resident(language)

    answer = page.goto(f"/{language}/no-such-page/")

    assert answer is not None
    assert answer.status == 404
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    axe(page)
    page.locator("a.brand").click()
    assert page.url.endswith(f"/{language}/")


def test_the_search_on_the_first_page_suggests_while_one_types(resident: Resident) -> None:
    page = resident("lt")
    page.goto("/lt/")

    page.locator("main input[name=q]").press_sequentially("šildym")
    page.get_by_role("option").first.click()

    page.wait_for_url(lambda url: not url.endswith("/lt/"))
    expect(page.locator("h1")).to_be_visible()
