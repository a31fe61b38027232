"""A promise was not kept: Alice says so, the office answers, it is put right, and everybody can read it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import axe, sideways
from tests.journeys.conftest import Resident, Staff

CODE = re.compile(r"(?:[0-9A-Z]{4} ){3}[0-9A-Z]{4}")


def receipt(page: Page) -> tuple[str, str]:
    """(number, secret) as they stand on the page."""
    number, secret = page.locator(".receipt__code").all_inner_texts()
    return number, secret


def complain(alice: Page, text: str) -> tuple[str, str]:
    alice.goto("/en/promises/results/")
    alice.get_by_role("link", name="Did we break this promise to you? Tell us").first.click()
    expect(alice.get_by_text("You tell us that this promise was not kept:")).to_be_visible()
    alice.get_by_label("What happened?").fill(text)
    alice.get_by_label("You may tell others").check()
    alice.get_by_role("button", name="Go on").click()
    alice.get_by_role("button", name="Send").click()
    expect(alice.get_by_role("heading", name="We have it")).to_be_visible()
    return receipt(alice)


@pytest.mark.parametrize("width", [360, 1280])
def test_from_a_broken_promise_to_what_was_changed(resident: Resident, staff: Staff, scripts: bool, width: int) -> None:
    alice = resident("en", scripts=scripts, width=width)
    number, secret = complain(alice, f"Nobody decided on my request in {width} days, and nobody called.")
    assert CODE.fullmatch(secret)
    if scripts:
        axe(alice)
    assert sideways(alice) == 0

    manager = staff("manager", scripts=scripts)
    manager.goto("/en/appeals/staff/")
    manager.get_by_role("link", name=number).click()
    manager.get_by_role("button", name="I answer it").click()
    manager.get_by_label("You are right, we put it right").check()
    manager.get_by_label("The answer").fill("We are sorry. Your request was decided today.")
    manager.get_by_role("button", name="Send the answer").click()
    expect(manager.get_by_text("Answered.").first).to_be_visible()
    if scripts:
        axe(manager)

    later = resident("en", scripts=scripts, width=width)
    later.goto("/en/appeals/open/")
    later.get_by_label("Number").fill(number.lower())
    later.get_by_label("Secret code").fill(secret)
    later.get_by_role("button", name="Show it").click()
    expect(later.get_by_text("Your request was decided today.")).to_be_visible()
    if scripts:
        axe(later)
    later.get_by_label("Badly", exact=True).check()
    later.get_by_role("button", name="Send the rating").click()
    expect(later.get_by_text("Somebody else who leads the office looks at it now.")).to_be_visible()

    manager.goto("/en/appeals/staff/")
    expect(manager.get_by_role("row", name=number).get_by_text("reopened")).to_be_visible()


def test_what_was_typed_survives_a_mistake(resident: Resident, scripts: bool) -> None:
    alice = resident("lt", scripts=scripts, width=360)
    alice.goto("/lt/appeals/")
    alice.locator("#id_text").fill("Niekas neatėjo")
    alice.locator("button[name=check]").click()
    expect(alice.locator(".error-summary")).to_be_visible()
    expect(alice.locator("#id_text")).to_have_value("Niekas neatėjo")
    if scripts:
        axe(alice)
    alice.locator(".error-summary a").first.click()
    expect(alice.locator("#id_kind_0")).to_be_focused()


def test_an_idea_becomes_an_improvement_that_residents_read(staff: Staff, resident: Resident) -> None:
    consultant = staff("consultant")
    consultant.goto("/en/changes/staff/idea/")
    consultant.get_by_label("What goes to waste?").fill("We type every address twice")
    consultant.get_by_label("What would help?").fill("One form for both registers")
    consultant.get_by_role("button", name="Send the idea").click()
    expect(consultant.get_by_text("You get an answer here.")).to_be_visible()

    manager = staff("manager")
    manager.goto("/en/changes/staff/")
    idea = manager.locator(".figure", has_text="One form for both registers")
    idea.get_by_label("Answer to whoever had it").fill("Yes, this winter")
    idea.get_by_role("button", name="Take it up").click()
    card = manager.locator(".board__card", has_text="One form for both registers")
    expect(card).to_be_visible()
    axe(manager)
    card.locator("select").select_option("finished")
    card.get_by_role("button", name="Move").click()
    card.get_by_role("link").click()
    expect(manager).to_have_url(re.compile("/cms/snippets/feedback/improvement/edit/"))
    manager.locator("input[name=slug_lt]").fill("viena-forma")
    with manager.expect_navigation():
        manager.locator("[name=action-publish]").first.evaluate("button => button.click()")
    expect(manager.locator(".messages .success")).to_be_visible()

    alice = resident("lt")
    alice.goto("/lt/changes/")
    expect(alice.get_by_role("link", name="One form for both registers")).to_be_visible()
    axe(alice)
