"""A shift without a network: written down behind a passphrase, brought home once, and nothing of it on the tablet."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from tests.journeys.browser import axe, sideways
from tests.journeys.conftest import Staff
from tests.journeys.test_a_kiosk import until

WORDS = "three small grey stones"
READY = """async () => {
  const worker = await navigator.serviceWorker.getRegistration();
  return Boolean(worker && worker.active) && (await (await caches.open("field")).keys()).length > 10;
}"""
HELD = """() => new Promise((resolve) => {
  const asked = indexedDB.open("field", 1);
  asked.onsuccess = () => {
    const rows = asked.result.transaction("records").objectStore("records").getAll();
    rows.onsuccess = () => { asked.result.close(); resolve(rows.result); };
  };
})"""
TODAY = "/en/registry/today/"
TOWN = ZoneInfo("Europe/Vilnius")
PEOPLE = 5  # of the list, for those who are not at home; the last one is for a visit that lasts


def part(page: Page, name: str) -> Locator:
    return page.locator(f"[data-part={name}]")


def taken_along(page: Page, language: str = "en") -> Page:
    page.goto(f"/{language}/registry/field/")
    page.locator("#new").fill(WORDS)
    page.locator("#again").fill(WORDS)
    page.locator("[data-begin] button").click()
    expect(part(page, "day")).to_be_visible()
    until(page, READY)
    return page


def unlocked(page: Page, words: str = WORDS) -> None:
    page.locator("#pass").fill(words)
    page.locator("#pass").press("Enter")


def in_vain(page: Page, place: int, *, minutes_ago: int) -> None:
    """Nobody opened at the door of the `place`-th person."""
    page.locator("[data-write]").nth(place).click()
    begun = dt.datetime.now(TOWN) - dt.timedelta(minutes=minutes_ago)
    page.locator("#o-nobody_opened").check()
    page.locator("#at").fill(f"{begun:%H:%M}")
    page.locator("#minutes").fill("1")
    page.locator("[data-visit] [type=submit]").click()
    expect(part(page, "day")).to_be_visible()


def written_today(page: Page) -> int:
    """How many visits the ordinary page shows, which knows only what the server has."""
    page.goto(TODAY)
    return page.locator("summary", has_text="strike it out").count()


@pytest.fixture
def tablet(staff: Staff) -> Page:
    return taken_along(staff("case_worker", width=360))


def test_ten_visits_without_a_network_are_there_once_each(tablet: Page, staff: Staff) -> None:
    office = staff("case_worker")
    before = written_today(office)
    tablet.context.set_offline(True)
    for n in range(5):
        in_vain(tablet, n % PEOPLE, minutes_ago=3 * n + 2)
    tablet.reload()
    unlocked(tablet)
    for n in range(5, 10):
        in_vain(tablet, n % PEOPLE, minutes_ago=3 * n + 2)
    tablet.locator("[data-lock]").click()
    expect(part(tablet, "locked")).to_be_visible()
    held = tablet.evaluate(HELD)
    assert len(held) == 10
    assert not any("nobody" in str(row) for row in held)
    assert tablet.locator("[data-stops] li").count() == 0
    unlocked(tablet, "another three words")
    expect(tablet.locator("#pass-wrong")).to_have_text("This is not the passphrase.")
    unlocked(tablet)
    expect(tablet.locator(".field-done > li.is-late")).to_have_count(10)

    lost: list[str] = []

    def lose(route: Route) -> None:
        """The server keeps them, and its answer never comes back."""
        route.fetch()
        lost.append(route.request.url)
        route.abort("aborted")

    tablet.route("**/records/", lose, times=1)
    tablet.context.set_offline(False)
    until(tablet, f"async () => (await ({HELD})()).length === 10")
    for _time in range(20):
        tablet.evaluate("window.dispatchEvent(new Event('online'))")
        if lost and not tablet.evaluate(HELD):
            break
        tablet.wait_for_timeout(500)
    assert lost
    assert tablet.evaluate(HELD) == []
    expect(tablet.locator("[data-line]")).to_have_text("Everything is sent")
    assert written_today(office) == before + 10


def test_a_visit_is_ticked_signed_and_locked_in_the_middle(tablet: Page) -> None:
    tablet.locator("[data-write]").last.click()
    tablet.locator("[data-visit] [type=submit]").click()
    expect(tablet.locator("[data-part=visit] .error-summary")).to_be_focused()
    axe(tablet)
    tablet.locator("[data-lines] [data-service]").first.check()
    expect(tablet.locator("#minutes")).not_to_have_value("")
    tablet.locator("#note").fill("Her daughter comes on Friday.")
    tablet.locator("[data-lock]").click()
    expect(part(tablet, "locked")).to_be_visible()
    assert "daughter" not in tablet.locator("#note").input_value()
    axe(tablet)
    unlocked(tablet)
    expect(tablet.locator("#note")).to_have_value("Her daughter comes on Friday.")
    tablet.locator("#c-aloud").check()
    tablet.locator("#reason").fill("Her hand trembles")
    tablet.locator("[data-visit] [type=submit]").click()
    expect(tablet.locator(".field-done > li").first).to_be_visible()
    expect(tablet.locator("[data-line]")).to_have_text("Everything is sent")


@pytest.mark.parametrize("language", ["lt", "ru", "en", "uk"])
def test_on_a_phone_and_a_tablet_in_every_language_with_the_keyboard(staff: Staff, language: str) -> None:
    page = taken_along(staff("case_worker", width=360), language)
    for name in ("day", "visit", "about"):
        if name == "visit":
            page.locator("[data-write]").first.press("Enter")
        if name == "about":
            page.locator("[data-part=visit] [data-back]").press("Enter")
            expect(part(page, "day")).to_be_visible()
            page.locator("button[data-about]").press("Enter")
        expect(part(page, name).locator("h1")).to_be_focused()
        for width in (360, 800):
            page.set_viewport_size({"width": width, "height": 800})
            assert sideways(page) == 0
        axe(page)
        small = page.locator("button:visible, summary:visible, input:visible, textarea:visible")
        sizes = [box["height"] for one in small.all() if (box := one.bounding_box())]
        assert all(height >= 24 for height in sizes)
    page.locator("[data-leave-button]").press("Enter")
    expect(page.locator("[data-leaving]")).to_be_visible()
    page.locator("[data-leave-button]").press("Enter")
    expect(part(page, "need")).to_be_visible()
    page.goto(f"/{language}/registry/today/")
    assert "/account/login/" in page.url


def test_a_wipe_acts_at_the_next_contact_and_what_is_sealed_is_still_sent(staff: Staff) -> None:
    page = taken_along(staff("case_worker"))
    page.context.set_offline(True)
    in_vain(page, 0, minutes_ago=45)
    head = staff("registry: head")
    head.goto("/en/registry/tablets/")
    axe(head)
    head.get_by_role("button", name=re.compile("Wipe")).first.click()
    expect(head.get_by_text("as soon as it is in contact")).to_be_visible()
    page.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.get_by_text("had this list removed")).to_be_visible()
    assert page.evaluate(HELD) == []
    page.reload()
    expect(part(page, "begin")).to_be_visible()
    head.reload()
    expect(head.get_by_text("wiped", exact=True).first).to_be_visible()


def test_without_scripts_the_ordinary_page_goes_on_working(staff: Staff) -> None:
    page = staff("case_worker", scripts=False, width=360)
    page.goto("/en/registry/field/")
    expect(page.get_by_text("This page needs scripts")).to_be_visible()
    page.get_by_role("link", name="Write visits down on the ordinary page").click()
    expect(page.get_by_role("heading", level=1, name="Visits of the day")).to_be_visible()
