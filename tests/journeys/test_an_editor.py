"""An editor changes a promise; whoever reads it next, wherever it stands, reads the new words."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Resident, Staff

NEW = "Sprendimą dėl šildymo priimame per dešimt darbo dienų (pakeista {})."


def open_the_heating_service(page: Page) -> None:
    page.goto("/lt/")
    page.locator("main a[href*='/services/'][href*='sildym']").first.click()


def commitment_on(page: Page) -> str:
    """The code of the first promise on a service's page."""
    href = page.locator(".promise a[href*='promise=']").first.get_attribute("href") or ""
    found = re.search(r"promise=([\w-]+)", href)
    assert found, href
    return found[1]


def rewrite(cms: Page, code: str, words: str) -> None:
    cms.goto("/cms/snippets/charter/commitment/")
    cms.get_by_role("link", name=code, exact=True).click()
    cms.locator("textarea[name=text_lt]").fill(words)
    cms.locator("footer button[type=submit]").first.click()
    cms.wait_for_url("**/commitment/")


def articles_of(page: Page) -> list[str]:
    links = page.locator("main a[href*='/answers/'], main a[href*='/articles/']")
    return [link.get_attribute("href") or "" for link in links.all()]


def test_a_promise_that_an_editor_changes_is_new_wherever_it_stands(
    resident: Resident, staff: Staff, scripts: bool
) -> None:
    page = resident("lt", scripts=scripts)
    open_the_heating_service(page)
    service, code = page.url, commitment_on(page)
    words = NEW.format("su scenarijais" if scripts else "be scenarijų")
    expect(page.locator("main")).not_to_contain_text(words)

    rewrite(staff("editor"), code, words)

    page = resident("lt", scripts=scripts)  # a reader's own browser keeps a public page for a minute
    page.goto(service)
    expect(page.locator(".promise__words").first).to_have_text(words)
    articles = articles_of(page)
    page.goto("/lt/promises/")
    expect(page.locator("main")).to_contain_text(words)
    said = []
    for article in articles:
        page.goto(article)
        said.append(words in page.locator("main").inner_text())
    assert any(said), articles
