"""People press faces on a tablet at an office: without a network, without a script, and walking away."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.journeys.browser import axe, sideways
from tests.journeys.conftest import Resident, Staff

READY = """async () => {
  const workers = await navigator.serviceWorker.getRegistrations();
  const kept = await (await caches.open("kiosk")).keys();
  return workers.length === 4 && workers.every((one) => one.active) && kept.length > 10;
}"""
WAITING = """() => new Promise((resolve) => {
  const asked = indexedDB.open("kiosk", 1);
  asked.onsuccess = () => {
    const count = asked.result.transaction("answers").objectStore("answers").count();
    count.onsuccess = () => { asked.result.close(); resolve(count.result); };
  };
})"""


def until(page: Page, said: str) -> None:
    """Until the page answers yes; Playwright's own waiting takes a promise for an answer."""
    for _time in range(100):
        if page.evaluate(said):
            return
        page.wait_for_timeout(150)
    raise AssertionError(f"never: {said}")


def made(manager: Page, name: str) -> str:
    """The code of a new tablet that begins in Lithuanian."""
    manager.goto("/en/feedback/staff/")
    manager.get_by_role("link", name="Tablets, posters and paper forms").click()
    manager.get_by_label("Where it stands").fill(name)
    manager.get_by_label("Institution").select_option(label="Klaipėda City Social Support Centre")
    manager.get_by_label("Language it begins in").select_option("lt")
    manager.get_by_role("button", name="Make its code").click()
    return manager.locator("p.code").inner_text()


def opened(page: Page, code: str) -> Page:
    page.goto("/lt/kiosk/")
    page.locator("#code").fill(code)
    page.locator("#code").press("Enter")
    expect(page.locator("#score-4")).to_be_visible()
    return page


def press(page: Page, score: int) -> None:
    page.locator(f"#score-{score}").check()
    page.locator("form button[type=submit]").click()


def answers_of(manager: Page, name: str) -> str:
    manager.goto("/en/feedback/staff/tablets/")
    return manager.get_by_role("row", name=re.compile(name)).locator("td.n").inner_text()


def test_three_people_answer_without_a_network_and_are_counted_once_each(resident: Resident, staff: Staff) -> None:
    manager = staff("manager")
    page = opened(resident("lt"), made(manager, "By the stairs"))
    until(page, READY)

    page.context.set_offline(True)
    press(page, 5)
    page.locator("[data-next]").click()
    press(page, 2)
    page.reload()
    page.get_by_role("link", name="Русский").click()
    page.wait_for_url("**/ru/kiosk/")
    page.locator("details.more summary").click()
    page.locator("#communication-5").check()
    page.get_by_role("textbox").fill("Спасибо")
    press(page, 4)
    expect(page.locator("[data-thanks] h1")).to_be_focused()
    assert page.evaluate(WAITING) == 3
    assert answers_of(manager, "By the stairs") == "0"

    page.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    until(page, f"async () => (await ({WAITING})()) === 0")
    page.reload()
    expect(page.locator("#score-4")).to_be_visible()
    assert answers_of(manager, "By the stairs") == "3"


def test_who_walks_away_is_asked_and_leaves_a_clean_screen(resident: Resident, staff: Staff) -> None:
    page = resident("lt")
    page.clock.install()
    opened(page, made(staff("manager"), "By the window"))
    page.get_by_role("link", name="English").click()
    page.wait_for_url("**/en/kiosk/")
    page.locator("details.more summary").click()
    page.get_by_role("textbox").fill("My neighbour")

    page.clock.fast_forward(31_000)
    stay = page.get_by_role("button", name="Yes, I need more time")
    expect(stay).to_be_focused()
    axe(page)
    stay.press("Enter")
    page.clock.fast_forward(29_000)
    expect(page.get_by_role("textbox")).to_have_value("My neighbour")

    page.clock.fast_forward(2_000)
    page.clock.fast_forward(26_000)
    page.wait_for_url("**/lt/kiosk/")
    expect(page.locator("textarea")).to_have_value("")
    assert "My neighbour" not in page.content()


def test_with_the_keyboard_in_a_narrow_window_and_without_a_script(
    resident: Resident, staff: Staff, scripts: bool
) -> None:
    manager = staff("manager", scripts=scripts)
    name = f"Second floor, scripts {scripts}"
    page = opened(resident("lt", scripts=scripts, width=360), made(manager, name))
    page.get_by_role("link", name="English").press("Enter")
    page.wait_for_url("**/en/kiosk/")
    assert sideways(page) == 0
    if scripts:
        axe(page)
    page.locator("#score-5").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Send").press("Enter")

    expect(page.get_by_role("heading", level=1, name="Thank you")).to_be_visible()
    if scripts:
        until(page, f"async () => (await ({WAITING})()) === 0")
    assert answers_of(manager, name) == "1"


def test_a_withdrawn_tablet_asks_for_a_code_again(resident: Resident, staff: Staff) -> None:
    manager = staff("manager")
    page = opened(resident("lt"), made(manager, "In the yard"))
    until(page, READY)
    manager.goto("/en/feedback/staff/tablets/")
    manager.get_by_role("button", name=re.compile("Withdraw.*In the yard")).click()

    page.reload()
    expect(page.locator("#code")).to_be_visible()
