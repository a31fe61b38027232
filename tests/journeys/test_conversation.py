"""A resident writes to a consultant: with scripts live, without them by pages; when the line breaks nothing is lost."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.browser import Watch, axe, sideways
from tests.journeys.conftest import Resident, Staff

QUESTION = "My heating bill is too high for my pension. Can I get help?"


def ask(page: Page, text: str = QUESTION) -> None:
    page.goto("/en/chat/")
    page.get_by_label("What happened?").fill(text)
    page.get_by_role("button", name=re.compile("^(Begin the conversation|Send the question)$")).click()
    expect(page.get_by_role("heading", name="You are in the queue")).to_be_visible()


def write(page: Page, text: str) -> None:
    page.locator("#text").fill(text)
    page.get_by_role("button", name=re.compile("^Send( |$)")).first.click()


def test_a_resident_asks_and_is_answered(resident: Resident, staff: Staff, scripts: bool) -> None:
    alice, bob = resident("en", scripts=scripts), staff("consultant", scripts=scripts)
    question = "Who pays for a stair lift?" if scripts else "Who pays for a bath lift?"
    ask(alice, question)
    if scripts:
        axe(alice)
    bob.goto("/en/desk/")
    bob.get_by_text(question).click()
    bob.get_by_role("button", name="Take it").click()
    write(bob, "Hello. How many of you live together?")

    if not scripts:
        alice.get_by_role("link", name="Refresh now").click()
    expect(alice.get_by_text("Hello. How many of you live together?")).to_be_visible()
    write(alice, "I live alone.")
    if not scripts:
        bob.reload()
    expect(bob.get_by_text("I live alone.").first).to_be_visible()

    alice.get_by_role("link", name="End the conversation").click()
    alice.get_by_role("button", name="End it").click()
    alice.locator("#score-5").check()
    alice.get_by_role("button", name="Send the rating").click()
    expect(alice.get_by_text("Thank you: your rating is counted.")).to_be_visible()


def test_the_receipt_brings_the_resident_back_from_another_device(resident: Resident, scripts: bool) -> None:
    alice, library = resident("en", scripts=scripts), resident("lt", scripts=scripts, width=360)
    ask(alice)
    number, secret = alice.locator(".receipt__code").all_inner_texts()

    library.goto("/lt/chat/resume/")
    library.locator("#reference").fill(number.replace("-", " ").lower())
    library.locator("#secret").fill(secret.replace(" ", "").lower())
    library.locator("main form [type=submit]").click()

    expect(library.get_by_text(QUESTION)).to_be_visible()
    assert sideways(library) == 0


def test_what_is_written_while_the_line_is_broken_arrives_once(resident: Resident, watches: list[Watch]) -> None:
    alice = resident("en")
    alice.route_web_socket(re.compile("/ws/consultations/"), lambda line: line.close())
    alice.route("**/events*", lambda route: route.fulfill(status=503, json={}))
    watches[-1].expected.add(503)
    ask(alice)
    expect(alice.get_by_role("link", name="Refresh now")).to_be_hidden()  # from here on the script sends

    write(alice, "Is anybody there?")
    expect(alice.locator("#log").get_by_text("Not sent: there is no connection.")).to_be_visible()
    alice.get_by_role("button", name="Send now").click()  # still broken: pressing it loses and doubles nothing
    expect(alice.locator("#log").get_by_text("Not sent: there is no connection.")).to_be_visible()
    alice.unroute("**/events*")  # from here it goes by itself at the next try, which no press can be sure to precede

    expect(alice.locator("#log").get_by_text("Not sent: there is no connection.")).to_have_count(0)
    alice.reload()
    expect(alice.get_by_text("Is anybody there?")).to_have_count(1)


def test_a_personal_code_is_noticed_while_it_is_typed(resident: Resident) -> None:
    alice = resident("en")
    alice.goto("/en/chat/")

    alice.get_by_label("What happened?").fill("My code is 48505051234")

    expect(alice.get_by_text("This looks like a personal code.")).to_be_visible()


def test_papers_go_both_ways_and_a_removed_message_leaves_the_screen(
    resident: Resident, staff: Staff, scripts: bool
) -> None:
    alice, bob = resident("en", scripts=scripts), staff("consultant", scripts=scripts)
    question = "Who signs this paper?" if scripts else "Who stamps this paper?"
    ask(alice, question)
    send_paper(alice, "income.pdf")
    if scripts:
        alice.get_by_text("Send a file", exact=True).click()
        axe(alice)
    bob.goto("/en/desk/")
    bob.get_by_text(question).click()
    bob.get_by_role("button", name="Take it").click()
    expect(bob.get_by_role("link", name="income.pdf")).to_be_visible()
    send_paper(bob, "form.pdf")

    if not scripts:
        alice.get_by_role("link", name="Refresh now").click()
    with alice.expect_download() as fetched:
        alice.get_by_role("link", name="form.pdf").click()
    assert Path(fetched.value.path()).read_bytes().startswith(b"%PDF")

    supervisor = staff("supervisor", scripts=scripts)
    supervisor.goto(bob.url)
    supervisor.get_by_text("Remove a message", exact=True).click()
    supervisor.get_by_label("Which message").select_option("1")
    supervisor.get_by_role("button", name="Remove it for good").click()
    if not scripts:
        alice.get_by_role("link", name="Refresh now").click()
    expect(alice.get_by_text("This message was removed.")).to_be_visible()
    expect(alice.get_by_text(question)).to_have_count(0)


def send_paper(page: Page, name: str) -> None:
    page.get_by_text("Send a file", exact=True).click()
    page.locator("#files").set_input_files({"name": name, "mimeType": "application/pdf", "buffer": b"%PDF-1.7"})
    page.get_by_role("button", name="Send the files").click()
