"""The journeys' own ground: what must not happen on a page is seen when it happens."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.journeys.browser import Watch, axe
from tests.journeys.conftest import Resident


@pytest.fixture
def page(resident: Resident) -> Page:
    page = resident("en")
    page.goto("/en/")
    return page


def _happens(page: Page, script: str) -> None:
    page.evaluate(f"async () => {{ try {{ {script} }} catch (error) {{ return }} }}")
    page.wait_for_timeout(200)


@pytest.mark.parametrize(
    ("script", "fault"),
    [
        ("setTimeout(() => { location = 'http://elsewhere.example/' })", "left the site"),
        ("await fetch('http://elsewhere.example/')", "Content Security Policy"),
        ("console.error('broken')", "console: broken"),
        (
            "document.body.append(Object.assign(document.createElement('script'), {text: '1'}))",
            "Content Security Policy",
        ),
        ("await fetch('/static/no-such-file.css')", "404: GET"),
        ("setTimeout(() => { throw new Error('thrown') })", "a script failed: thrown"),
    ],
)
def test_a_fault_on_a_page_is_seen(page: Page, watches: list[Watch], script: str, fault: str) -> None:
    _happens(page, script)

    assert any(fault in one for one in watches[0].faults), watches[0].faults
    watches[0].faults.clear()


def test_a_quiet_page_has_no_faults(page: Page, watches: list[Watch]) -> None:
    assert watches[0].faults == []


def test_a_picture_without_words_is_a_violation(page: Page) -> None:
    page.evaluate("() => document.querySelector('main').append(document.createElement('img'))")

    with pytest.raises(AssertionError, match="image-alt"):
        axe(page)
