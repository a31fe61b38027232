"""Alice does not see the screen: of a conversation she hears everything, once, and each in its language."""

from __future__ import annotations

import re

from playwright.sync_api import Page, Route, WebSocketRoute, expect

from tests.journeys.browser import Watch
from tests.journeys.conftest import Resident, Staff
from tests.journeys.ear import Ear, tree

JOINED = "К разговору подключается"


class Line:
    """Alice's line, which can be cut and mended."""

    def __init__(self, page: Page) -> None:
        self.is_cut = False
        self._open: list[WebSocketRoute] = []
        page.route_web_socket(re.compile("/ws/consultations/"), self._socket)
        page.route(re.compile("/events"), self._ask)

    def cut(self) -> None:
        self.is_cut = True
        for socket in self._open:
            socket.close()

    def _socket(self, socket: WebSocketRoute) -> None:
        if self.is_cut:
            socket.close()
        else:
            socket.connect_to_server()
            self._open.append(socket)

    def _ask(self, route: Route) -> None:
        if self.is_cut:
            route.fulfill(status=503, json={})
        else:
            route.continue_()


def ask_in_russian_for_english(page: Page, question: str) -> Ear:
    page.goto("/ru/chat/")
    page.locator("#text").fill(question)
    page.locator("input[name=language][value=en]").check()
    page.locator("form#question button[type=submit]:not([name=look])").click()
    page.wait_for_url(re.compile("/ru/chat/[^/]{22}/"))
    page.wait_for_function("() => document.querySelector('[data-no-script]').hidden")
    page.wait_for_timeout(700)
    return Ear(page)


def take(desk: Page, question: str) -> None:
    desk.goto("/en/desk/")
    desk.get_by_text(question).click()
    desk.get_by_role("button", name="Take it").click()


def write(desk: Page, *texts: str) -> None:
    for text in texts:
        desk.locator("#text").fill(text)
        desk.get_by_role("button", name=re.compile("^Send( |$)")).first.click()
        expect(desk.locator(".log").get_by_text(text)).to_be_visible()


def test_a_conversation_is_heard_once_and_in_its_languages(resident: Resident, staff: Staff) -> None:
    alice, bob = resident("ru"), staff("consultant")
    question = "Who brings dinner to somebody who can not cook?"
    ear = ask_in_russian_for_english(alice, question)

    take(bob, question)
    heard = ear.wait(JOINED)
    assert [one.language for one in heard] == ["ru"], heard

    write(bob, "Good morning.")
    (said,) = ear.wait("Good morning.")
    assert said.how == "polite"
    assert re.search(r"\d\d:\d\d", said.text)
    assert said.language == "ru"  # the name and the time
    assert said.foreign == {"Good morning.": "en"}

    alice.locator("#text").fill("I live alone.")
    alice.locator("#composer [type=submit]").click()
    heard = ear.wait("Отправлено")
    assert [one.text for one in heard] == ["Отправлено"], heard  # her own words are not read back to her
    expect(alice.locator("#text")).to_be_focused()

    bob.locator("#topic").select_option(index=1)
    bob.locator("#outcome").select_option("answered")
    bob.locator("#found").select_option("yes")
    bob.get_by_role("button", name=re.compile("^Finish")).click()
    heard = ear.wait("Консультант закончил разговор")
    assert len(heard) == 1, heard


def test_what_came_while_the_line_was_cut_is_counted_and_not_read_all_at_once(
    resident: Resident, staff: Staff, watches: list[Watch]
) -> None:
    alice, bob = resident("ru"), staff("consultant")
    watches[0].expected.add(503)
    line, question = Line(alice), "Who washes windows for somebody who can not climb?"
    ear = ask_in_russian_for_english(alice, question)
    take(bob, question)
    ear.wait(JOINED)

    line.cut()
    ear.wait("Нет связи")
    write(bob, "One.", "Two.", "Three.")
    line.is_cut = False

    texts = [one.text for one in ear.wait("Новых сообщений: 3")]
    assert not [text for text in texts if "Two." in text], texts
    assert texts.count("Новых сообщений: 3") == 1
    expect(alice.get_by_text("Three.")).to_be_visible()


# The page stands still as on a phone in a pocket: no timer, no event, until what it waits for is answered.
_SLEEP = """() => {
  window.still = 0;
  let last = performance.now();
  setInterval(() => {
    const now = performance.now();
    window.still = Math.max(window.still, now - last);
    last = now;
  }, 100);
  setTimeout(() => {
    const pocket = new XMLHttpRequest();
    pocket.open("GET", "/asleep", false);
    pocket.send();
  }, 0);
}"""


def test_a_tab_that_slept_catches_up_when_it_wakes_and_counts_once_what_came_meanwhile(
    resident: Resident, staff: Staff, watches: list[Watch]
) -> None:
    alice, bob = resident("ru"), staff("consultant")
    watches[0].expected.add(503)
    line, question = Line(alice), "Who waters flowers for somebody who is in hospital?"
    ear = ask_in_russian_for_english(alice, question)
    take(bob, question)
    ear.wait(JOINED)
    asleep: list[Route] = []

    def hold(route: Route) -> None:
        asleep.append(route)

    alice.route("**/asleep", hold)

    line.cut()
    ear.wait("Нет связи")
    alice.evaluate(_SLEEP)
    line.is_cut = False
    write(bob, "One.", "Two.", "Three.")
    bob.wait_for_timeout(3000)  # a page that is awake would have come back by now
    asleep[0].fulfill(status=204)

    texts = [one.text for one in ear.wait("Новых сообщений: 3")]
    assert texts.count("Новых сообщений: 3") == 1
    assert not [text for text in texts if "Two." in text], texts
    assert alice.locator("#log .message__text").all_inner_texts()[-3:] == ["One.", "Two.", "Three."]
    assert alice.evaluate("() => window.still") > 2500


def test_the_conversation_is_a_named_log_with_a_list_and_a_box_with_a_name(resident: Resident) -> None:
    alice = resident("ru")
    ask_in_russian_for_english(alice, "Who repairs a wheelchair?")

    found = tree(alice)

    assert ("log", "Разговор") in found
    after = found[found.index(("log", "Разговор")) :]
    assert [role for role, _name in after[:3]][1:] == ["list", "listitem"]
    assert [name for role, name in found if role == "textbox" and not name] == []
    assert sum(role == "heading" and bool(name) for role, name in found) >= 3
