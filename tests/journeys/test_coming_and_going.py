"""Alice comes back to a conversation that was over; and she leaves one at once, when somebody comes in."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from chat.views.returning import AWAY
from tests.journeys.browser import Watch, axe, sideways
from tests.journeys.conftest import Resident, Staff


def ask(page: Page, text: str, path: str = "/en/chat/") -> str:
    page.goto(path)
    page.locator("#text").fill(text)
    page.locator("form#question button[type=submit]:not([name=look])").click()
    page.wait_for_url(re.compile("/chat/[^/]{22}/"))
    return page.url.partition("#")[0]


def test_a_conversation_goes_on_after_its_end(resident: Resident, staff: Staff, scripts: bool) -> None:
    alice, bob = resident("en", scripts=scripts, width=360), staff("consultant", scripts=scripts)
    question = f"Who cuts wood for the stove, number {int(scripts)}?"
    ask(alice, question)
    bob.goto("/en/desk/")
    bob.get_by_text(question).click()
    bob.get_by_role("button", name="Take it").click()
    bob.locator("#topic").select_option(index=1)
    bob.locator("#outcome").select_option("answered")
    bob.locator("#found").select_option("not_needed")
    bob.get_by_role("button", name=re.compile("^Finish")).click()
    expect(bob.get_by_role("heading", name="Choose a conversation")).to_be_visible()

    alice.reload()
    expect(alice.get_by_role("heading", name="Is something still open?")).to_be_visible()
    assert sideways(alice) == 0
    if scripts:
        axe(alice)
    alice.locator("#more").fill("And who carries it in?")
    alice.get_by_role("button", name="Go on with the conversation").click()

    expect(alice.get_by_text("You opened the conversation again")).to_be_visible()
    expect(alice.get_by_text("And who carries it in?")).to_be_visible()
    bob.goto("/en/desk/")
    bob.get_by_text(question).click()
    expect(bob.get_by_text("The resident opened the conversation again")).to_be_visible()


def test_who_leaves_quickly_leaves_nothing_on_the_screen_or_one_step_back(
    resident: Resident, watches: list[Watch], scripts: bool
) -> None:
    alice = resident("en", scripts=scripts, width=360)
    alice.route(f"{AWAY}/**", lambda route: route.fulfill(body="<h1>News</h1>", content_type="text/html"))
    conversation = ask(alice, "I want to die, and he must not see it.")
    leave = alice.get_by_role("link", name="Leave quickly")
    expect(leave).to_be_in_viewport()
    assert sideways(alice) == 0
    if scripts:
        axe(alice)
        alice.locator("#text").fill("Half a sentence")

    leave.click()

    expect(alice.get_by_role("heading", name="News")).to_be_visible()
    alice.go_back()
    assert "he must not see it" not in alice.content()
    alice.goto(conversation)
    expect(alice.get_by_role("heading", name="This conversation is not open in this browser")).to_be_visible()
    if scripts:
        assert alice.evaluate("() => sessionStorage.length") == 0
    watches[-1].faults[:] = [fault for fault in watches[-1].faults if AWAY not in fault]


def test_words_of_danger_bring_the_way_out_while_they_are_typed(resident: Resident) -> None:
    alice = resident("en")
    alice.goto("/en/chat/")
    expect(alice.get_by_role("link", name="Leave quickly")).to_be_hidden()

    alice.locator("#text").press_sequentially("I want to die", delay=20)

    expect(alice.get_by_role("link", name="Leave quickly")).to_be_visible()
