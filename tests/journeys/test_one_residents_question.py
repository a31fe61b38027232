"""One resident's question, from the page to the answer, the rating and the case – with scripts and without."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from tests.journeys.browser import axe
from tests.journeys.conftest import Resident, Staff

ABOUT_HEATING = "нечем платить за отопление"


def write_to_a_consultant(page: Page, words: str, *, name: str = "") -> str:
    """From wherever the resident is: follow the link on the page, ask, and return the conversation's address."""
    page.locator("main a[href*='/chat/'], header a[href*='/chat/']").first.click()
    page.locator("#text").fill(words)
    page.locator("#name").fill(name)
    page.locator("form#question button[type=submit]:not([name=look])").click()
    page.wait_for_url(re.compile(r"/chat/[\w-]{22}/"))
    return page.url


def open_from_the_queue(desk: Page, name: str) -> None:
    desk.goto("/en/desk/")
    desk.locator("a[data-row]", has_text=name).click()


def take(desk: Page, name: str) -> None:
    open_from_the_queue(desk, name)
    desk.get_by_role("button", name="Take it").click()
    expect(desk.locator("#text")).to_be_visible()


def answer(desk: Page, words: str) -> None:
    desk.locator("#text").fill(words)
    desk.locator("button[name=send]").click()
    expect(desk.locator("ol.log")).to_contain_text(words)


def sees(page: Page, words: str, *, scripts: bool) -> None:
    """With scripts it comes by itself; without, the resident looks again."""
    if not scripts:
        page.reload()
    expect(page.locator("ol.log")).to_contain_text(words)


def wrap_up(desk: Page, *, found: str = "yes") -> None:
    desk.locator("#topic").select_option(index=1)
    desk.locator("#outcome").select_option("answered")
    desk.locator("#found").select_option(found)
    desk.locator("button[name=end]").click()
    desk.wait_for_url("**/desk/")


def test_a_question_in_russian_travels_the_whole_circle(resident: Resident, staff: Staff, scripts: bool) -> None:
    page, desk = resident("ru", scripts=scripts), staff("consultant")
    name = f"Валентина {'со скриптами' if scripts else 'без скриптов'}"

    # A service, what it promises and how that is kept.
    page.goto("/ru/")
    page.locator("main a[href*='/kompensatsiya-za-otoplenie']").first.click()
    expect(page.locator(".promise").first).to_be_visible()

    # A question typed as people type it finds an answer, also one that is in Lithuanian only.
    page.goto("/ru/")
    page.locator("main input[name=q]").fill(ABOUT_HEATING)
    page.locator("main input[name=q]").press("Enter")
    expect(page.locator("main")).to_contain_text("отопление")
    page.goto("/ru/search/?q=Kada+teikti+prašymą+dėl+šildymo")
    page.locator("main a[lang=lt]", has_text="Kada teikti").first.click()
    expect(page.locator("h1 [lang=lt], h1[lang=lt]").first).to_contain_text("Kada teikti prašymą")
    page.locator("form.useful button[value=no]").click()

    # The article comes along to the consultant, who answers and sends another one in the resident's language.
    page.goto("/ru/search/?q=Kada+teikti+prašymą+dėl+šildymo")
    page.locator("main a[lang=lt]", has_text="Kada teikti").first.click()
    conversation = write_to_a_consultant(page, "Когда подавать? Мама одна.", name=name)
    secret = page.locator(".receipt__code").all_inner_texts()
    take(desk, name)
    answer(desk, "Здравствуйте! Можно уже сейчас.")
    sees(page, "Можно уже сейчас", scripts=scripts)
    desk.locator("#k").fill("как получить компенсацию за отопление")
    desk.locator("#k").press("Enter")
    desk.locator("[data-send-article]").first.click()
    expect(desk.locator("ol.log .message--card")).to_have_count(1)
    if not scripts:
        page.reload()
    expect(page.locator("ol.log .message--card a").first).to_be_visible()

    # A request is registered; its receipt opens "my case" with the promised date.
    desk.get_by_role("link", name="Register a request").click()
    desk.locator("#service").select_option("sildymas")
    desk.locator("#name").fill("Валентина Петрова")
    desk.get_by_role("button", name="Register").click()
    desk.get_by_role("link", name="Back to the conversation").click()
    if not scripts:
        page.reload()
    page.locator("a[href$='/request/']").first.click()
    page.locator(".receipt form button").click()
    page.wait_for_url("**/case/**")
    expect(page.locator("h1")).to_be_visible()
    if scripts:  # axe itself is a script
        axe(page)

    # The end: wrapped up by three answers, rated by the resident.
    wrap_up(desk)
    page.goto(conversation)
    page.locator("#score-5").check()
    page.locator("form[action$='/rate/'] button").click()
    expect(page.locator("form[action$='/rate/']")).to_have_count(0)

    # Another day, another device: the receipt opens the conversation again.
    later = resident("ru", scripts=scripts)
    later.goto("/ru/chat/resume/")
    later.locator("main input[name=reference]").fill(secret[0].lower())
    later.locator("main input[name=secret]").fill(secret[1].replace(" ", "").lower())
    later.locator("main form button[type=submit]").first.click()
    expect(later.locator("ol.log")).to_contain_text("Можно уже сейчас")


def test_the_same_question_by_phone(staff: Staff, scripts: bool) -> None:
    desk = staff("consultant", scripts=scripts)

    desk.goto("/en/desk/contact/")
    desk.locator("#language-ru").check()
    desk.locator("#waited").fill("0:15")
    desk.locator("#k").fill("компенсация за отопление")
    desk.locator("button[name=find]").click()
    expect(desk.locator(".found li").first).to_be_visible()
    expect(desk.locator("#waited")).to_have_value("0:15")
    desk.locator("#topic").select_option("bustas")
    desk.locator("#outcome").select_option("answered")
    desk.locator("#found").select_option("yes")
    desk.get_by_role("button", name="Record the contact").click()

    expect(desk.locator("h1")).to_contain_text("recorded")
    if scripts:
        axe(desk)
    desk.get_by_role("link", name="Register a request").click()
    desk.locator("#service").select_option("sildymas")
    desk.locator("#name").fill("Ona Petraitė")
    desk.get_by_role("button", name="Register").click()
    expect(desk.locator(".receipt__code")).to_have_count(2)
    reference, secret = desk.locator(".receipt__code").all_inner_texts()

    desk.goto("/lt/case/")
    desk.locator("main input[name=reference]").fill(reference)
    desk.locator("main input[name=secret]").fill(secret)
    desk.locator("main form button[type=submit]").first.click()
    desk.wait_for_url("**/case/mine/**")
    expect(desk.locator("h1")).to_be_visible()


def test_two_residents_never_see_each_others_conversation(resident: Resident, scripts: bool) -> None:
    alice, dan = resident("lt", scripts=scripts), resident("lt", scripts=scripts)
    alice.goto("/lt/")
    alices = write_to_a_consultant(alice, "Mano paslaptis: neturiu iš ko gyventi")
    dan.goto("/lt/")
    write_to_a_consultant(dan, "Kitas klausimas")

    for address in (alices, f"{alices}transcript/", f"{alices}request/", f"{alices}end/", f"{alices}erase/"):
        answered = dan.request.get(address)
        assert answered.status == 404, address
        assert "paslaptis" not in answered.text()


def test_the_desk_can_be_worked_at_by_everybody(resident: Resident, staff: Staff) -> None:
    page, desk = resident("uk"), staff("consultant")
    page.goto("/uk/")
    write_to_a_consultant(page, "Чи є допомога з харчуванням?", name="Оксана за столом")

    desk.goto("/en/desk/")
    axe(desk)
    take(desk, "Оксана за столом")
    axe(desk)
    desk.goto("/en/desk/contact/")
    axe(desk)


def test_a_consultant_works_with_the_keyboard_alone(resident: Resident, staff: Staff) -> None:
    page, desk = resident("en"), staff("consultant")
    page.goto("/en/")
    write_to_a_consultant(page, "Is there help with meals?", name="Zoe of the keyboard")
    take(desk, "Zoe of the keyboard")

    desk.locator("body").press("r")
    desk.keyboard.type("Yes, there is.")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("ol.log")).to_contain_text("Yes, there is.")
    desk.locator("body").press("i")
    expect(desk.locator("ol.log .message--card")).to_have_count(1)
    desk.locator("body").press("e")
    expect(desk.locator("#topic")).to_be_focused()
    expect(page.locator("ol.log")).to_contain_text("Yes, there is.")
