"""The telephone exchange and the desk: the card opens by itself, what nobody took is rung back and written down."""

from __future__ import annotations

import datetime as dt
import http.client
import json
import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from chat import cti
from tests.journeys.browser import axe
from tests.journeys.conftest import CTI_SECRET, Staff
from tests.site import Site

Exchange = Callable[..., None]


@pytest.fixture
def exchange(site: Site) -> Exchange:
    """Posts what happens to a call, signed, as docs/cti.md says."""

    def tells(call: str, kind: str, **more: str) -> None:
        at = dt.datetime.now(dt.UTC)
        said = {"id": uuid4().hex, "call": call, "kind": kind, "at": at.isoformat(), "language": "en", **more}
        body = json.dumps(said).encode()
        signed = cti.signature(body, at=int(at.timestamp()), secret=CTI_SECRET)
        line = http.client.HTTPConnection("127.0.0.1", site.port, timeout=15)
        headers = {"Content-Type": "application/json", "Parama-Signature": signed}
        line.request("POST", "/cti/calls", body, headers)
        answer = line.getresponse()
        assert (answer.status, json.load(answer)) == (202, {"duplicate": False})
        line.close()

    return tells


def has_phone(desk: Page, extension: str) -> None:
    desk.goto("/en/desk/me/")
    desk.locator("#extension").fill(extension)
    desk.get_by_role("button", name="Save").click()
    desk.wait_for_url(re.compile("/en/desk/$"))


def finish(desk: Page) -> None:
    desk.locator("#topic").select_option(index=1)
    desk.locator("#outcome").select_option("answered")
    desk.locator("#found").select_option("not_needed")
    desk.get_by_role("button", name=re.compile("^Finish")).click()
    expect(desk.get_by_role("heading", name="Choose a conversation")).to_be_visible()


def test_a_call_that_is_picked_up_opens_its_card_and_nothing_of_the_caller_stays(
    staff: Staff, exchange: Exchange, scripts: bool
) -> None:
    bob, call = staff("consultant", scripts=scripts), uuid4().hex
    has_phone(bob, "204")
    number = "+370612345" + ("11" if scripts else "22")

    exchange(call, "ringing", number=number)
    exchange(call, "answered", number=number, extension="204")
    if not scripts:
        bob.reload()
        bob.get_by_role("link", name=re.compile("Open the call|Phone:")).first.click()
    expect(bob.get_by_role("heading", name="Call", exact=True)).to_be_visible()
    expect(bob.locator("#caller-phone")).to_have_value(number)
    if scripts:
        axe(bob)

    exchange(call, "ended")
    bob.reload()
    finish(bob)
    assert number not in bob.content()


def test_a_call_that_nobody_took_is_promised_rung_back_and_settled(
    staff: Staff, exchange: Exchange, scripts: bool
) -> None:
    bob, call = staff("consultant", scripts=scripts), uuid4().hex
    number = "+370612399" + ("11" if scripts else "22")
    exchange(call, "ringing", number=number)
    exchange(call, "missed")

    bob.goto("/en/desk/tasks/")
    row = bob.get_by_role("row").filter(has_text="A call nobody took").first
    reference = row.get_by_role("link").inner_text()
    row.get_by_role("link").click()
    expect(bob.get_by_text("They did not ask to be rung: find out who is speaking")).to_be_visible()
    expect(bob.get_by_role("link", name=number)).to_have_attribute("href", f"tel:{number}")

    bob.get_by_role("button", name="The line was busy").click()
    bob.goto("/en/desk/tasks/")
    bob.get_by_role("link", name=reference).click()
    bob.get_by_role("button", name="I am speaking with them").click()
    bob.locator("#caller-name").fill("Alice")
    bob.get_by_role("button", name="Note the caller").click()
    expect(bob.get_by_role("heading", name=re.compile("^Alice"))).to_be_visible()
    finish(bob)

    bob.goto("/en/desk/tasks/")
    expect(bob.get_by_role("link", name=reference)).to_have_count(0)
