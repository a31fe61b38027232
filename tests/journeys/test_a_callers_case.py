"""A consultant opens a caller's case: why, who asks, what is passed on. A supervisor sees what was odd."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import axe, sideways
from tests.journeys.conftest import Staff
from tests.journeys.registering import register
from tests.site import Site


def fine(page: Page, *, scripts: bool) -> None:
    if scripts:
        axe(page)
    assert sideways(page) == 0


def press(page: Page, target: str, key: str) -> None:
    """With the keyboard alone: the focus comes there by Tab, and is seen there."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", target):
            page.keyboard.press(key)
            return
    raise AssertionError(f"no Tab leads to {target}")


@pytest.mark.parametrize("width", [360, 1280])
def test_a_callers_case_is_opened_by_keyboard_alone(site: Site, staff: Staff, scripts: bool, width: int) -> None:
    receipt = register(site)
    bob = staff("consultant", scripts=scripts, width=width)
    bob.goto("/en/case/open/")
    fine(bob, scripts=scripts)
    press(bob, "#reference", "End")
    bob.keyboard.type(receipt.reference)
    press(bob, "[name=cause]", "Space")
    press(bob, "form.form button", "Enter")

    expect(bob.get_by_role("heading", name="Who are you speaking with?")).to_be_visible()
    fine(bob, scripts=scripts)
    for proof in ("name", "birth_date", "address"):
        press(bob, f"[name=fitted][value={proof}]", "Space")
    press(bob, "form.form button", "Enter")

    expect(bob.get_by_role("heading", name="Hand something over")).to_be_visible()
    fine(bob, scripts=scripts)
    press(bob, "#text", "End")
    bob.keyboard.type("She moved house.")
    press(bob, "form:has(#text) button", "Enter")
    expect(bob.get_by_text("It is sent to the office by itself")).to_be_visible()


def test_a_supervisor_finds_the_odd_looks(site: Site, staff: Staff, scripts: bool) -> None:
    vilma = staff("supervisor", scripts=scripts, width=360)
    vilma.goto("/en/case/looks/")
    expect(vilma.get_by_role("heading", name="Odd looks")).to_be_visible()
    fine(vilma, scripts=scripts)
