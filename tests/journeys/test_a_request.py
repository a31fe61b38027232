"""A resident asks for a service alone, by phone: from the first question to their own case, without scripts too."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.journeys.browser import axe, sideways
from tests.journeys.conftest import Resident


def _fine(page: Page, scripts: bool) -> None:
    assert sideways(page) == 0
    if scripts:
        axe(page)


def test_a_resident_asks_for_a_service_and_sees_where_it_stands(resident: Resident, scripts: bool) -> None:
    page = resident("en", scripts=scripts, width=360)
    page.goto("/en/case/ask/?service=pagalba_i_namus")
    _fine(page, scripts)

    page.get_by_role("button", name="Go on").click()
    expect(page.locator(".error-summary")).to_be_visible()
    _fine(page, scripts)

    page.get_by_label("For myself").check()
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("#id_name")).to_be_visible()
    _fine(page, scripts)
    page.locator("#id_name").fill("Valentina")
    page.locator("#id_phone").fill("+37060000001")
    page.get_by_role("radio", name="Alone").check()
    page.locator("#id_f-pagalba").fill("Washing and the shop.")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("button", name="Send", exact=True)).to_be_visible()
    _fine(page, scripts)

    page.get_by_role("button", name="Save and come back later").click()
    expect(page.get_by_role("heading", name="We have saved what you wrote")).to_be_visible()
    _fine(page, scripts)
    page.get_by_role("button", name="Go on now").click()

    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_role("link", name="See where it stands")).to_be_visible()
    _fine(page, scripts)

    page.get_by_role("link", name="See where it stands").click()
    page.wait_for_url("**/case/mine/**")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    _fine(page, scripts)


def test_a_daughter_asks_for_her_mother(resident: Resident, scripts: bool) -> None:
    page = resident("lt", scripts=scripts, width=360)
    page.goto("/lt/case/ask/?service=pagalba_i_namus")
    page.locator("#id_whom_1").check()
    page.locator("button[name=go]").click()
    page.locator("#id_helper").fill("Rūta")
    page.locator("#id_role_1").check()
    page.locator("#id_right_2").check()
    _fine(page, scripts)
    page.locator("button[name=go]").click()
    page.locator("#id_name").fill("Valentina")
    page.locator("#id_email").fill("ruta@example.org")
    page.locator("#id_news").check()
    page.locator("#id_f-gyvena_0").check()
    page.locator("#id_f-pagalba").fill("Praustis ir apsipirkti.")
    page.locator("button[name=go]").click()
    expect(page.get_by_text("Rūta")).to_be_visible()
    _fine(page, scripts)
    page.locator("button[name=send]").click()
    expect(page.locator(".receipt__code")).to_have_count(2)
    _fine(page, scripts)
