"""A resident finds out what may be theirs – on an old phone, by keyboard, with scripts and without."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import axe, sideways
from tests.journeys.conftest import Resident

CHECK, SITUATION = "/lt/check/kasdiene-pagalba/", "/lt/what-may-i-get/neteko-pajamu/"
GO_ON = "main form button >> nth=0"


def looked_at(page: Page, scripts: bool) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    if scripts:
        assert sideways(page) == 0
        axe(page)


def test_one_question_a_page_on_a_narrow_phone(resident: Resident, scripts: bool) -> None:
    page = resident("lt", scripts=scripts, width=360)
    page.goto(CHECK)
    looked_at(page, scripts)
    page.locator(GO_ON).click()
    looked_at(page, scripts)
    page.locator(GO_ON).click()
    expect(page).to_have_title(re.compile("^Klaida"))
    looked_at(page, scripts)
    for _number in range(12):
        page.locator("main input[type=radio]").nth(1).check()
        page.locator(GO_ON).click()
    expect(page.locator("main")).to_contain_text("Reikia dalinės pagalbos")
    expect(page.get_by_role("link", name="Pagalba į namus")).to_be_visible()
    looked_at(page, scripts)
    page.locator("main button[value='change:safety']").click()
    page.locator("main input[type=radio]").nth(3).check()
    page.locator(GO_ON).click()
    page.locator("main input[type=radio]").first.check()
    page.locator(GO_ON).click()
    expect(page.locator("main")).to_contain_text("Reikia daug pagalbos")
    page.locator("main button.as-link[lang=ru]").click()
    expect(page.locator("html")).to_have_attribute("lang", "ru")
    expect(page.locator("main")).to_contain_text("Нужно много помощи")
    assert not page.context.cookies()


def test_all_at_once_with_sums_worked_out(resident: Resident, scripts: bool) -> None:
    page = resident("lt", scripts=scripts, width=360)
    page.goto("/lt/what-may-i-get/")
    looked_at(page, scripts)
    page.locator(f"main a[href='{SITUATION}']").click()
    page.locator("main form button[value=all]").click()
    looked_at(page, scripts)
    for code, value in (("income", "200,50"), ("people", "3"), ("children", "2")):
        page.locator(f"#q-{code}").fill(value)
    page.locator("[name=q-pupil][value=yes]").check()
    page.locator("[name=q-bills][value=no]").check()
    page.locator(GO_ON).click()
    expect(page.locator("main")).to_contain_text("2 × 1,75 × BSI")
    expect(page.locator("main")).to_contain_text("Socialinė pašalpa")
    looked_at(page, scripts)


def test_by_keyboard_alone(resident: Resident) -> None:
    page = resident("lt")
    page.goto(CHECK)
    page.locator(GO_ON).focus()
    page.keyboard.press("Enter")
    for _number in range(12):
        page.locator("main input[type=radio]").first.focus()
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("Pagalbos kol kas beveik nereikia")


@pytest.mark.parametrize("language", ["ru", "en", "uk"])
def test_nothing_of_it_is_in_another_language(resident: Resident, language: str) -> None:
    page = resident(language)
    page.goto(CHECK.replace("/lt/", f"/{language}/"))
    page.locator(GO_ON).click()
    expect(page.locator("main form [lang='lt']:not(button)")).to_have_count(0)
