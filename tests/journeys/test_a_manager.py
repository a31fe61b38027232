"""A manager sees whether people were helped: on any screen, with scripts and without, and today's question is in it."""

from __future__ import annotations

import csv

import pytest
from playwright.sync_api import Page, expect

from portal.dashboard.periods import MONTHS_OFFERED
from tests.journeys.browser import axe, sideways
from tests.journeys.conftest import Resident, Staff
from tests.journeys.test_conversation import ask


def asked(page: Page) -> int:
    """How many asked in the period that is shown."""
    head = page.locator(".head", has_text="Asked us").locator(".head__value")
    return int(head.inner_text().replace(",", ""))


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("language", ["lt", "ru", "en", "uk"])
def test_the_page_can_be_read_by_everybody(staff: Staff, language: str, width: int) -> None:
    page = staff("manager", width=width)
    page.goto(f"/{language}/dashboard/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert sideways(page) == 0
    axe(page)


def test_todays_conversation_is_counted(staff: Staff, resident: Resident, scripts: bool) -> None:
    mona = staff("manager", scripts=scripts)
    mona.goto("/en/dashboard/")
    mona.get_by_label("Period", exact=True).select_option(index=0)
    mona.get_by_role("button", name="Show").click()
    before = asked(mona)

    ask(resident("en", scripts=scripts), "Who counts me?")

    mona.reload()
    assert asked(mona) > before


def test_satisfaction_by_language_with_its_table_and_file(staff: Staff, scripts: bool) -> None:
    mona = staff("manager", scripts=scripts)
    mona.goto("/en/dashboard/")
    mona.get_by_label("Period", exact=True).select_option(index=MONTHS_OFFERED + 1)  # the last whole quarter
    mona.get_by_label("Break down by").select_option(label="Language")
    mona.get_by_role("button", name="Show").click()
    expect(mona.get_by_role("heading", name="Content with our help, by: Language")).to_be_visible()

    figure = mona.locator("section.figure", has_text="Content with our help, by: Language")
    figure.get_by_text("Show the table").click()
    expect(figure.get_by_role("rowheader", name="Ukrainian")).to_be_visible()
    with mona.expect_download() as download:
        mona.get_by_role("link", name="CSV").click()
    rows = list(csv.DictReader(download.value.path().read_text("utf-8-sig").splitlines()))
    assert {row["group"] for row in rows if row["figure"] == "content_by_language"} >= {"Lithuanian", "Russian"}
