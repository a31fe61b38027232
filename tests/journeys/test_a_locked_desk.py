"""Bob leaves his desk: nobody reads it, and nothing of what he had begun is lost."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import axe
from tests.journeys.conftest import Resident, Staff
from tests.site import Site

SECRET = "My sister must not know that I wrote."


@pytest.fixture
def desk(resident: Resident, staff: Staff, scripts: bool) -> Page:
    """Bob in a conversation, with words begun."""
    alice, bob = resident("en", scripts=scripts), staff("consultant", scripts=scripts)
    question = f"{SECRET} Number {int(scripts)}."
    alice.goto("/en/chat/")
    alice.get_by_label("What happened?").fill(question)
    alice.get_by_role("button", name=re.compile("^(Begin the conversation|Send the question)$")).click()
    bob.goto("/en/desk/")
    bob.get_by_text(question).last.click()
    bob.get_by_role("button", name="Take it").click()
    expect(bob.locator(".log").get_by_text(SECRET)).to_be_visible()
    return bob


def test_a_locked_desk_shows_nothing_and_opens_where_it_was(desk: Page, site: Site, scripts: bool) -> None:
    conversation = desk.url
    if scripts:
        desk.locator("#text").fill("I will tell nob")
        expect(desk.get_by_text("Draft kept", exact=True)).to_be_visible()
    desk.locator(".desk__me summary").click()
    desk.get_by_role("button", name="Lock the desk").click()

    expect(desk.get_by_role("heading", name="The desk is locked")).to_be_visible()
    if scripts:
        axe(desk)
    for path in (conversation, "/en/desk/", "/en/desk/tasks/", f"{conversation}log/"):
        desk.goto(path)
        assert SECRET not in desk.content(), path
    desk.go_back()
    assert SECRET not in desk.content()

    desk.goto(conversation)
    desk.locator("#password").fill("not this one")
    desk.get_by_role("button", name="Open the desk").click()
    assert SECRET not in desk.content()
    password = next(row["password"] for row in site.accounts() if row["role"] == "consultant")
    desk.locator("#password").fill(password)
    desk.get_by_role("button", name="Open the desk").click()

    expect(desk.locator(".log").get_by_text(SECRET)).to_be_visible()
    if scripts:
        expect(desk.locator("#text")).to_have_value("I will tell nob")
