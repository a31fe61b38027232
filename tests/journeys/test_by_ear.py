"""A resident who hears the page: landmarks, headings in order, names on everything, focus where the next thing is."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Resident


def focused(page: Page) -> str:
    """What a screen reader says of the element that has the focus: its tag and its name."""
    return str(
        page.evaluate(
            """() => {
                const at = document.activeElement;
                const label = at.labels && at.labels[0] ? at.labels[0].innerText : '';
                const name = at.getAttribute('aria-label') || label || at.innerText || at.title || '';
                return `${at.tagName.toLowerCase()} ${name.trim().replace(/\\s+/g, ' ')}`;
            }"""
        )
    )


def levels(page: Page) -> list[int]:
    return [int(level) for level in page.locator("h1,h2,h3,h4").evaluate_all("all => all.map(one => one.tagName[1])")]


@pytest.mark.parametrize("path", ["/ru/", "/ru/services/", "/ru/promises/", "/ru/search/?q=отопление", "/ru/chat/"])
def test_headings_lead_down_without_a_missing_step(resident: Resident, path: str) -> None:
    page = resident("ru")
    page.goto(path)

    found = levels(page)

    assert found.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(found)), found


def test_the_landmarks_of_a_page_are_there_and_each_has_its_own_name(resident: Resident, scripts: bool) -> None:
    page = resident("ru", scripts=scripts)
    page.goto("/ru/")

    for role in ("banner", "main", "contentinfo"):
        expect(page.get_by_role(role)).to_have_count(1)
    names = page.locator("nav").evaluate_all("all => all.map(one => one.getAttribute('aria-label'))")
    assert all(names)
    assert len(set(names)) == len(names)


def test_the_first_press_of_tab_leads_past_the_furniture(resident: Resident, scripts: bool) -> None:
    page = resident("ru", scripts=scripts)
    page.goto("/ru/")

    page.keyboard.press("Tab")
    assert focused(page).startswith("a ")
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")
    page.keyboard.press("Tab")

    expect(page.locator("main input[name=q]")).to_be_focused()


def test_every_stop_on_the_way_to_a_consultant_has_a_name(resident: Resident, scripts: bool) -> None:
    page = resident("ru", scripts=scripts)
    page.goto("/ru/chat/")
    stops: list[str] = []

    for _ in range(60):
        page.keyboard.press("Tab")
        stops.append(focused(page))
        if page.locator("form#question button[type=submit]:not([name=look])").evaluate(
            "one => one === document.activeElement"
        ):
            break
    else:
        pytest.fail(f"the button was not reached: {stops}")

    nameless = [stop for stop in stops if not re.search(r"\s\S", stop)]
    assert not nameless, stops


def test_a_form_with_mistakes_begins_with_a_summary_that_leads_to_the_field(resident: Resident, scripts: bool) -> None:
    page = resident("ru", scripts=scripts)
    page.goto("/ru/chat/")
    page.locator("form#question").evaluate("form => { form.noValidate = true }")

    page.locator("form#question button[type=submit]:not([name=look])").click()

    summary = page.get_by_role("alert").first
    expect(summary).to_be_visible()
    summary.get_by_role("link").first.click()
    expect(page.locator("#text")).to_be_focused()
