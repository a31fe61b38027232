"""Information pages, news, the site map, the sign-in: everybody can read and use them."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.journeys.browser import axe, sideways
from tests.journeys.conftest import Resident, Staff

PAGES = (
    "about/",
    "accessibility/",
    "complaints/",
    "contacts/",
    "easy-to-read/",
    "news/",
    "news/baziniai-dydziai-2026/",
    "open-data/",
    "open-data/api/",
    "privacy/",
    "reference/",
    "site-map/",
)


@pytest.mark.parametrize(("language", "width"), [("lt", 1280), ("lt", 320), ("ru", 320), ("en", 1280), ("uk", 320)])
def test_every_page_can_be_read_by_everybody(resident: Resident, language: str, width: int) -> None:
    page = resident(language, width=width)

    for path in PAGES:
        page.goto(f"/{language}/{path}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert sideways(page) == 0, path
        axe(page)


@pytest.mark.parametrize("language", ["lt", "ru", "en", "uk"])
def test_an_easy_to_read_page_can_be_read_in_letters_four_times_as_large(resident: Resident, language: str) -> None:
    page = resident(language, width=320)  # 1280 px at 400 %
    page.goto(f"/{language}/easy-to-read/")
    page.locator("main").get_by_role("listitem").get_by_role("link").first.click()

    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert "/easy-to-read/" in page.url
    assert sideways(page) == 0
    axe(page)


def test_a_resident_reaches_every_information_page_from_the_foot_of_the_page(resident: Resident, scripts: bool) -> None:
    page = resident("en", scripts=scripts)
    for name in ("About this portal", "Accessibility statement", "Privacy and cookies", "Open data", "Site map"):
        page.goto("/en/")
        page.locator("footer").get_by_role("link", name=name).click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert page.title().endswith("– Parama")


def test_the_sign_in_can_be_used_with_the_keyboard_alone(resident: Resident, scripts: bool) -> None:
    page = resident("lt", scripts=scripts, width=360)
    page.goto("/account/login/")
    if scripts:
        axe(page)

    page.locator("input[name=login]").focus()
    page.keyboard.type("nobody")
    page.keyboard.press("Tab")
    page.keyboard.type("wrong")
    page.keyboard.press("Enter")

    expect(page.locator(".error-summary")).to_be_visible()
    expect(page.locator("input[name=login]")).to_have_value("nobody")
    assert page.title().startswith("Klaida:")
    if scripts:
        axe(page)


def test_the_pages_of_ones_own_account_can_be_read_by_everybody(staff: Staff) -> None:
    page = staff("editor", width=360)

    for path in ("password/change/", "2fa/", "logout/"):
        page.goto(f"/account/{path}")
        assert sideways(page) == 0, path
        axe(page)
