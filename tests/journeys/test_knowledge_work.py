"""From a search in vain to an answer that is found; a translation side by side; a remark that is answered."""

from __future__ import annotations

import re
import time

from playwright.sync_api import Page, expect

from tests.journeys.browser import AXE
from tests.journeys.conftest import Resident, Staff

SOUGHT = {True: "ledo ritulio pamokos", False: "plaukimo baseino abonementas"}


def axe_of_our_part(page: Page) -> None:
    """No violation in what is ours on a screen of the CMS."""
    page.evaluate(AXE.read_text())
    found = page.evaluate("() => axe.run('.kw', {resultTypes: ['violations']})")
    assert [(fault["id"], fault["nodes"][0]["html"][:120]) for fault in found["violations"]] == []


def find_in_vain(page: Page, words: str) -> None:
    page.goto("/lt/search/")
    page.locator("#q").fill(words)
    page.locator("#q").press("Enter")
    page.locator("[name=note]").first.fill("Norėčiau žinoti kainą")
    page.locator("form[action*='/search/missing/'] button[type=submit]").first.click()
    page.wait_for_url("**/search/missing/")


def begin_an_answer(cms: Page, words: str) -> None:
    """The board (it takes a search in half an hour later), then the question: search before you write."""
    cms.goto("/cms/knowledge/gaps/")
    axe_of_our_part(cms)
    cms.goto("/cms/knowledge/new/?" + f"q={words}&language=lt")
    axe_of_our_part(cms)
    cms.locator("a.button", has_text=re.compile("None of these")).click()


def publish(cms: Page, *, slug: str, answer: str) -> None:
    cms.locator("[name=slug_lt]").fill(slug)
    cms.locator("[name=short_answer_lt]").fill(answer)
    cms.locator("[role=tab]").last.click()
    cms.locator("[name=code]").fill(slug)
    cms.locator("footer [data-w-dropdown-target=toggle], footer .w-dropdown button").first.click()
    cms.locator("footer button[name=action-publish]").click()
    cms.wait_for_url(lambda url: "/add/" not in url)


def test_what_was_sought_in_vain_is_written_and_found(resident: Resident, staff: Staff, scripts: bool) -> None:
    words = SOUGHT[scripts]
    page = resident("lt", scripts=scripts)
    find_in_vain(page, words)

    cms = staff("editor")
    begin_an_answer(cms, words)
    expect(cms.locator("[name=title_lt]")).to_have_value(words)
    slug = f"atsakymas-{int(scripts)}"
    publish(cms, slug=slug, answer="Kreipkitės į sporto skyrių.")

    for _try in range(180):  # the index follows in the background; a new site has everything to index first
        page.goto(f"/lt/search/?q={words}")
        if page.locator(f"a[href*='/answers/{slug}/']").count():
            break
        time.sleep(0.5)
    page.locator(f"a[href*='/answers/{slug}/']").first.click()
    expect(page.locator("h1")).to_have_text(words)
    expect(page.locator("main")).to_contain_text("Kreipkitės į sporto skyrių.")


def test_a_translator_sees_what_has_changed_and_completes_it(staff: Staff) -> None:
    cms = staff("editor")
    cms.goto("/cms/snippets/kb/article/")
    link = cms.locator("a[href*='/article/edit/']").first.get_attribute("href") or ""
    number = re.findall(r"edit/(\d+)/", link)[0]
    cms.goto(f"/cms/snippets/kb/article/edit/{number}/")
    answer = cms.locator("[name=short_answer_lt]")
    before = answer.input_value()
    answer.fill(f"{before} Papildyta."[:400])
    cms.locator("footer [data-w-dropdown-target=toggle], footer .w-dropdown button").first.click()
    cms.locator("footer button[name=action-publish]").click()
    cms.wait_for_url("**/snippets/kb/article/")

    translator = staff("translator")
    translator.goto("/cms/knowledge/translations/?language=ru&kind=kb.article")
    axe_of_our_part(translator)
    translator.locator(f"a[href*='/kb.article/{number}/ru/']").click()
    expect(translator.locator("ins").first).to_contain_text("Papildyta")
    text = translator.locator("[name=short_answer]")
    text.fill(text.input_value()[:380] + " Дополнено.")
    translator.locator("button[name=complete]").click()
    translator.wait_for_url("**/translations/?language=ru")

    translator.goto(f"/cms/knowledge/articles/{number}/preview/ru/resident/")
    expect(translator.locator("main")).to_contain_text("Дополнено.")


def test_a_reader_says_what_is_wrong_and_an_editor_answers(resident: Resident, staff: Staff, scripts: bool) -> None:
    page = resident("lt", scripts=scripts, width=360)
    page.goto("/lt/answers/")
    page.locator("main a[href*='/answers/']:not([href$='.xml'])").first.click()
    page.locator("a[href$='/remark/']").click()
    page.locator("#passage").select_option(index=1)
    page.locator("main form button[type=submit]").click()
    expect(page.locator(".error-summary")).to_be_visible()
    words = f"Telefonas nebeveikia ({scripts})"
    page.locator("#text").fill(words)
    page.locator("main form button[type=submit]").click()
    expect(page.locator(".notice--good")).to_be_visible()

    cms = staff("editor")
    cms.goto("/cms/knowledge/remarks/")
    axe_of_our_part(cms)
    cms.get_by_role("link", name=words).click()
    expect(cms.locator("blockquote")).not_to_be_empty()
    cms.locator("input[name=state][value=changed]").check()
    cms.locator("#answer").fill("Ačiū, pataisėme.")
    cms.locator("form.kw__box button[type=submit]").last.click()
    expect(cms.locator(".kw")).to_contain_text("Ačiū, pataisėme.")
