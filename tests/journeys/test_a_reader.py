"""A resident reads: a service and its promise, an answer, and says whether it helped."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.journeys.browser import sideways
from tests.journeys.conftest import Resident


def test_a_reader_goes_from_a_service_to_its_promise_and_to_an_answer(resident: Resident, scripts: bool) -> None:
    page = resident("en", scripts=scripts)
    page.goto("/en/services/")
    page.get_by_role("link", name="Help at home", exact=True).first.click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Help at home")
    expect(page.get_by_text("What we promise, and how it is kept")).to_be_visible()
    expect(page.get_by_role("img", name="Out of 100: promised 95")).to_be_visible()

    page.get_by_role("complementary").get_by_role("link", name="What does help at home cost?").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What does help at home cost?")
    page.get_by_role("link", name="Русский").click()
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    assert "/ru/answers/" in page.url


BROKEN = "() => [...document.querySelectorAll('main .nowrap')].filter(e => e.getClientRects().length > 1).length"


def test_on_a_narrow_phone_no_number_is_cut_in_two(resident: Resident) -> None:
    page = resident("lt", scripts=False, width=360)
    page.goto("/lt/answers/")
    links = page.locator("main a[href^='/lt/answers/']").evaluate_all("all => all.map(one => one.pathname)")

    for path in list(dict.fromkeys(links))[:12]:
        page.goto(path)
        assert (page.evaluate(BROKEN), sideways(page)) == (0, 0), path


def test_a_reader_says_that_a_page_did_not_help_and_why(resident: Resident, scripts: bool) -> None:
    page = resident("en", scripts=scripts, width=360)
    page.goto("/en/institutions/")
    page.get_by_role("link", name="Klaipėda City Social Support Centre").first.click()
    page.get_by_role("button", name="No", exact=True).click()

    page.get_by_label("You need not write anything").fill("When are you open?")
    page.get_by_role("button", name="Send", exact=True).click()

    expect(page.get_by_text("Your answer helps us do better.")).to_be_visible()


def test_a_reader_rates_a_place_with_the_keyboard_alone(resident: Resident, scripts: bool) -> None:
    page = resident("en", scripts=scripts)
    page.goto("/en/institutions/")
    page.get_by_role("link", name="Klaipėda City Social Support Centre").first.press("Enter")
    page.get_by_role("link", name="Tell us how we helped").press("Enter")

    page.get_by_role("button", name="Send the rating").press("Enter")
    page.locator("#score-1").press("ArrowDown")
    page.get_by_role("button", name="Send the rating").press("Enter")

    expect(page.get_by_text("Your answer helps us do better.")).to_be_visible()


def test_the_results_can_be_read_quarter_by_quarter(resident: Resident, scripts: bool) -> None:
    page = resident("en", scripts=scripts)
    page.goto("/en/promises/")
    page.get_by_role("link", name="All results and data").click()
    page.get_by_role("navigation", name="Period").get_by_role("link").last.click()

    expect(page.get_by_role("table", name="All promises")).to_be_visible()
    assert "period=" in page.url
