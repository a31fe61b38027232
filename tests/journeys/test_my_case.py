"""A resident follows their request from the receipt to the decision – also when the registry falls silent."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from portal.core.receipts import Receipt
from tests.journeys.browser import Watch, axe, sideways
from tests.journeys.conftest import Resident, Staff
from tests.journeys.registering import register
from tests.journeys.silent import FILE
from tests.site import Site, prepared

SILENT = {"CASE_REGISTRY": "tests.journeys.silent.SilentRegistry"}


def look_up(page: Page, receipt: Receipt, language: str = "en") -> None:
    page.goto(f"/{language}/case/")
    page.locator("#reference").fill(receipt.reference)
    page.locator("#secret").fill(receipt.spaced_secret.lower())
    page.locator("form.form button[type=submit]").click()


def fine(page: Page, *, scripts: bool = True) -> None:
    """axe waits for the page's own timers, which stand still where scripts are off."""
    if scripts:
        axe(page)
    assert sideways(page) == 0


def number_of(page: Page) -> str:
    """The case's number, once the registry has given it."""
    for _ in range(40):
        text = page.locator(".matter__no").inner_text()
        if "SP-" in text:
            return text[text.index("SP-") :]
        time.sleep(1)
        page.reload()
    raise AssertionError("the request never arrived")


def test_from_the_receipt_to_the_decision(site: Site, resident: Resident, staff: Staff, scripts: bool) -> None:
    receipt = register(site)
    valentina = resident("en", scripts=scripts, width=360)
    look_up(valentina, receipt)
    number = number_of(valentina)
    expect(valentina.get_by_text("Day 0 of 20")).to_be_visible()
    fine(valentina, scripts=scripts)

    aiste = staff("case_worker", scripts=scripts)
    aiste.goto(f"/en/registry/{number}/")
    aiste.get_by_text("Ask the person for something").click()
    aiste.locator("#needed").fill("Pajamų pažyma SP-2")
    aiste.get_by_role("button", name="Ask", exact=True).click()
    fine(aiste, scripts=scripts)

    valentina.reload()
    expect(valentina.get_by_role("heading", name="We need this from you")).to_be_visible()
    fine(valentina, scripts=scripts)
    valentina.locator(".todo input[type=file]").set_input_files(
        {"name": "sp2.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7"}
    )
    valentina.get_by_role("button", name="Send it to the office").click()
    expect(valentina.get_by_text("We are passing it on to the office.")).to_be_visible()
    valentina.goto("/en/case/mine/")
    for _ in range(20):
        if valentina.get_by_role("link", name="sp2.pdf").count():
            break
        time.sleep(1)
        valentina.reload()
    expect(valentina.get_by_role("link", name="sp2.pdf")).to_be_visible()

    aiste.goto(f"/en/registry/{number}/")
    expect(aiste.get_by_role("link", name="sp2.pdf")).to_be_visible()
    aiste.get_by_text("Decide", exact=True).click()
    aiste.get_by_label("Decided: granted").check()
    aiste.locator("#why").fill("Pagalba du kartus per savaitę.")
    aiste.get_by_role("button", name="Record the decision").click()
    expect(aiste.get_by_text("Decided: granted")).not_to_have_count(0)

    valentina.reload()
    expect(valentina.get_by_text("Decided: you get it").first).to_be_visible()
    expect(valentina.get_by_text("Pagalba du kartus per savaitę.")).to_be_visible()
    valentina.get_by_role("button", name="Finish").click()
    expect(valentina.get_by_text("You have left your case.")).to_be_visible()
    valentina.goto("/en/case/mine/")
    expect(valentina.locator("#secret")).to_be_visible()


def test_another_residents_receipt_opens_another_case(site: Site, resident: Resident) -> None:
    one, other = register(site), register(site, service="pasalpa")
    valentina, dan = resident("en"), resident("en")
    look_up(valentina, one)
    look_up(dan, other)
    assert number_of(valentina) != number_of(dan)
    dan.goto("/en/case/")
    expect(dan.locator("#secret")).to_have_count(0)


@pytest.mark.parametrize("language", ["lt", "ru", "uk"])
def test_the_pages_are_fine_in_every_language(site: Site, resident: Resident, language: str) -> None:
    receipt = register(site, language=language)
    page = resident(language, width=360)
    page.goto(f"/{language}/case/")
    fine(page)
    look_up(page, receipt, language)
    number_of(page)
    fine(page)


@pytest.fixture
def silent_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site of its own, with a registry that can fall silent."""
    with Site(prepared(tmp_path_factory.mktemp("silent") / "var"), **SILENT) as running:
        yield running


def test_the_registry_falls_silent_in_the_middle(silent_site: Site, browser: Browser, scripts: bool) -> None:
    context = browser.new_context(base_url=silent_site.url, locale="en-GB", java_script_enabled=scripts)
    watch = Watch(context, silent_site.url)
    page = context.new_page()
    known = register(silent_site, **SILENT)
    look_up(page, known)
    number = number_of(page)
    (silent_site.data_dir / FILE).touch()
    page.reload()
    expect(page.get_by_text("does not answer just now")).to_be_visible()
    expect(page.get_by_text(number).first).to_be_visible()
    fine(page, scripts=scripts)

    page.get_by_role("button", name="Finish").click()
    look_up(page, register(silent_site, **SILENT))
    expect(page.get_by_text("Received – being passed on").first).to_be_visible()
    fine(page, scripts=scripts)
    (silent_site.data_dir / FILE).unlink()
    assert number_of(page) != number
    assert not watch.faults, watch.faults
    context.close()
