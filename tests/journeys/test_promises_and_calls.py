"""A call is promised, made and written down; a colleague's floor is watched – with scripts and without."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.journeys.browser import axe, sideways
from tests.journeys.conftest import Resident, Staff


def ask_to_be_phoned(page: Page, *, name: str) -> str:
    page.goto("/en/chat/callback/")
    page.get_by_label("Number we shall ring").fill("8 612 34567")
    page.locator("input[name=window]").first.check()
    page.get_by_label(re.compile("^How shall we address you")).fill(name)
    page.get_by_role("button", name="Ask for the call").click()
    expect(page.get_by_role("heading", name="A call is promised")).to_be_visible()
    return page.locator(".receipt__code").first.inner_text()


def test_a_resident_asks_for_a_call_changes_it_and_cancels(resident: Resident, scripts: bool) -> None:
    alice = resident("en", scripts=scripts, width=360)
    ask_to_be_phoned(alice, name="Alice")
    assert sideways(alice) == 0
    if scripts:
        axe(alice)
    before = alice.locator(".queue .lead").inner_text()

    alice.get_by_role("link", name="Change or cancel the call").click()
    if scripts:
        axe(alice)
    alice.locator("input[name=window]").nth(2).check()
    alice.get_by_role("button", name="Change the call").click()
    assert alice.locator(".queue .lead").inner_text() != before

    alice.get_by_role("link", name="Change or cancel the call").click()
    alice.get_by_role("button", name="Cancel the call").click()
    expect(alice.get_by_role("heading", name="The conversation has ended")).to_be_visible()


def test_a_consultant_rings_notes_the_answer_and_finishes(resident: Resident, staff: Staff, scripts: bool) -> None:
    alice, bob = resident("en", scripts=scripts), staff("consultant", scripts=scripts)
    number = ask_to_be_phoned(alice, name=f"Alice {scripts}")

    bob.goto("/en/desk/tasks/")
    if scripts:
        axe(bob)
    bob.get_by_role("link", name=f"Call {number}").click()
    expect(bob.get_by_role("link", name="+37061234567")).to_be_visible()
    bob.get_by_role("button", name="I am speaking with them").click()
    expect(bob.get_by_text("Steps of the call")).to_be_visible()
    if scripts:
        axe(bob)
        expect(bob.get_by_role("timer")).to_have_text(re.compile(r"^\d+:\d\d$"))

    bob.locator("#k").fill("heating")
    bob.locator("form[role=search] [type=submit]").click()
    bob.get_by_role("button", name=re.compile("^Note as the answer")).first.click()
    bob.locator("#topic").select_option(index=1)
    bob.locator("#outcome").select_option("answered")
    bob.locator("#found").select_option("yes")
    bob.get_by_role("button", name=re.compile("^Finish")).click()
    expect(bob.get_by_role("heading", name="Choose a conversation")).to_be_visible()


def test_a_draft_survives_a_tab_that_is_closed(resident: Resident, staff: Staff) -> None:
    alice, bob = resident("en"), staff("consultant")
    alice.goto("/en/chat/")
    alice.get_by_label("What happened?").fill("Who helps to clear snow for somebody who cannot walk?")
    alice.get_by_role("button", name=re.compile("^(Begin the conversation|Send the question)$")).click()
    bob.goto("/en/desk/")
    bob.get_by_text("Who helps to clear snow").click()
    bob.get_by_role("button", name="Take it").click()
    bob.locator("#text").fill("The yard keeper of")
    expect(bob.get_by_text("Draft kept", exact=True)).to_be_visible()

    again = bob.context.new_page()
    address = bob.url
    bob.close()
    again.goto(address)

    expect(again.locator("#text")).to_have_value("The yard keeper of")
    again.locator("#text").fill("The yard keeper of your house does.")
    again.get_by_role("button", name=re.compile("^Send ")).first.click()
    expect(again.get_by_text("The yard keeper of your house does.").first).to_be_visible()
    expect(again.locator("#text")).to_have_value("")


def test_a_supervisor_watches_the_floor_and_takes_over(resident: Resident, staff: Staff, scripts: bool) -> None:
    alice, sofija = resident("en", scripts=scripts), staff("supervisor", scripts=scripts)
    question = f"I want to die, number {int(scripts)}"
    alice.goto("/en/chat/")
    alice.get_by_label("What happened?").fill(question)
    alice.get_by_role("button", name=re.compile("^(Begin the conversation|Send the question)$")).click()

    sofija.goto("/en/desk/wallboard/")
    if scripts:
        axe(sofija)
    expect(sofija.get_by_text("Somebody may be in danger").first).to_be_visible()
    sofija.locator(".alerts a").first.click()
    expect(sofija.get_by_text("Somebody may be in danger: what to do")).to_be_visible()
    sofija.get_by_role("button", name="Take over").click()
    expect(sofija.get_by_role("button", name="Send Ctrl Enter")).to_be_visible()
    if scripts:
        axe(sofija)
