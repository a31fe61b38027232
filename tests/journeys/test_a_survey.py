"""A manager asks the town: from a pattern to an open survey, answered in a language half translated, to paper."""

from __future__ import annotations

import datetime as dt

import pytest
from playwright.sync_api import Page, expect

from portal.core import clock
from tests.journeys.browser import axe, sideways
from tests.journeys.conftest import Resident, Staff


def build(mona: Page) -> str:
    """Open a survey made from a pattern whose Russian has gone out of it; returns its address for residents."""
    mona.goto("/en/surveys/staff/")
    mona.get_by_label("After a service: five faces").check()
    mona.get_by_role("button", name="Begin").click()
    mona.get_by_role("button", name="Add a question").click()
    mona.get_by_label("How it is answered").select_option(label="Own words")
    mona.get_by_role("group", name="Question", exact=True).get_by_label("Lietuvių").fill("Ko pasigedote?")
    mona.get_by_role("button", name="Keep", exact=True).click()
    expect(mona.get_by_text("Русский: the original has changed since it was translated.")).to_be_visible()

    mona.get_by_role("link", name="Title, days and who is asked").click()
    mona.get_by_label("First day").fill(clock.today().isoformat())
    mona.get_by_label("Last day").fill((clock.today() + dt.timedelta(days=30)).isoformat())
    mona.get_by_label("Answers wanted").fill("50")
    mona.get_by_role("button", name="Keep").click()
    mona.get_by_role("button", name="Open the survey").click()
    expect(mona.get_by_text("Opened. Residents can answer it from its first day on.")).to_be_visible()
    return mona.locator("a.url").inner_text()


@pytest.mark.parametrize("width", [360, 1280])
def test_from_a_pattern_to_the_councils_paper(resident: Resident, staff: Staff, scripts: bool, width: int) -> None:
    mona = staff("manager", scripts=scripts)
    address = build(mona)

    olga = resident("ru", scripts=scripts, width=width)
    olga.goto(address.replace("/en/", "/ru/"))
    expect(olga.get_by_text("Ko pasigedote?")).to_be_visible()
    assert olga.locator('[lang="lt"]', has_text="Ko pasigedote?").count()
    assert sideways(olga) == 0
    olga.locator("#q-overall-2").check()
    if not scripts:
        expect(olga.locator("#q-wrong-wait")).to_be_hidden()
        olga.locator("button[value=next]").click()
    olga.locator("#q-wrong-wait").check()
    if scripts:
        axe(olga)
    olga.locator("button[value=next]").click()
    # Its own question must be answered; what was chosen is still there.
    expect(olga.locator(".error-summary")).to_be_visible()
    expect(olga.locator("#q-wrong-wait")).to_be_checked()
    olga.get_by_label("Ko pasigedote?").fill("Больше времени")
    olga.locator("button[value=next]").click()
    olga.wait_for_url("**/thanks/")

    mona.reload()
    expect(mona.locator(".head", has_text="Answers").locator(".head__value")).to_have_text("1")
    mona.get_by_role("link", name="Results").click()
    expect(mona.get_by_text("There are too few answers yet.").first).to_be_visible()
    with mona.expect_download() as download:
        mona.get_by_role("link", name="PDF").click()
    assert download.value.path().read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("width", [360, 1280])
def test_results_can_be_read_by_everybody(staff: Staff, width: int) -> None:
    mona = staff("manager", width=width)
    mona.goto("/en/surveys/staff/")
    mona.get_by_role("row", name="closed").first.get_by_role("link", name="Results").click()
    mona.get_by_label("Break down by").select_option(label="Language")
    mona.get_by_role("button", name="Show").click()
    expect(
        mona.get_by_role("cell", name="kept back").or_(mona.get_by_role("rowheader", name="Lithuanian")).first
    ).to_be_visible()
    assert sideways(mona) == 0
    axe(mona)
