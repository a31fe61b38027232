"""The watch over every page of every journey, and the axe that reads it."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import axe_playwright_python
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
LOCALES = {"lt": "lt-LT", "ru": "ru-RU", "en": "en-GB", "uk": "uk-UA"}
# Chromium says of every answer ≥ 400 that it "failed to load"; the answers themselves are judged below.
ABOUT_AN_ANSWER = "Failed to load resource"
# Wagtail's rich text editor writes placeholders and marks of deep lists as <style>; our policy refuses them, and
# nothing an editor needs hangs on them.
EDITORS_PLACEHOLDERS = ("Applying inline style violates", "/static/wagtailadmin/js/vendor")


class Watch:
    """Notes what no page may do: leave the site, complain in the console, break a policy, answer with 5xx.

    `expected`: statuses this journey is about (a full queue, the registry down).
    """

    def __init__(self, context: BrowserContext, home: str) -> None:
        self.faults: list[str] = []
        self.expected: set[int] = set()
        self._host = urlsplit(home).netloc
        context.on("request", self._asked)
        context.on("response", self._answered)
        context.on("console", self._said)
        context.on("weberror", lambda error: self.faults.append(f"a script failed: {error.error}"))
        context.on("requestfailed", self._failed)

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in {"data", "blob", "about"} and parts.netloc != self._host:
            self.faults.append(f"left the site: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status in self.expected:
            return
        is_page = response.request.is_navigation_request()
        if response.status >= 500 or (response.status >= 400 and not is_page):
            self.faults.append(f"{response.status}: {response.request.method} {response.url}")

    def _failed(self, request: Request) -> None:
        # Leaving a page cuts what is still loading (a long-poll, a prefetch), a journey may take the network away.
        if not (request.failure or "").endswith(("ERR_ABORTED", "ERR_INTERNET_DISCONNECTED")):
            self.faults.append(f"did not load: {request.url} ({request.failure})")

    def _said(self, message: ConsoleMessage) -> None:
        source = str(message.location.get("url", ""))
        is_placeholder = message.text.startswith(EDITORS_PLACEHOLDERS[0]) and EDITORS_PLACEHOLDERS[1] in source
        if message.type == "error" and not message.text.startswith(ABOUT_AN_ANSWER) and not is_placeholder:
            self.faults.append(f"console: {message.text} ({source})")


def axe(page: Page) -> None:
    """No violation of WCAG 2.2 AA nor of good practice. Run by `evaluate`: our policy blocks script tags."""
    page.wait_for_load_state()  # a page that has only begun has nothing to look at
    page.evaluate(AXE.read_text())
    found = page.evaluate("() => axe.run({resultTypes: ['violations']})")
    lines = [
        f"{fault['impact']} {fault['id']}: {fault['help']}\n    "
        + "\n    ".join(node["html"][:160] for node in fault["nodes"][:4])
        for fault in found["violations"]
    ]
    assert not lines, f"{page.url}\n" + "\n".join(lines)


def sideways(page: Page) -> int:
    """How many pixels the page is wider than its window; more than 0 makes a reader scroll sideways."""
    page.wait_for_load_state()
    return int(page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth"))
