"""`make bench-desk`: a desk with a hundred conversations among fifty colleagues, in a real browser.

Residents write in the conversation that is open and in others; measured is how long it takes from the moment a message
is sent until it stands on the screen, and the longest task of the browser. Writes the row of `build/bench/desk.json`.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

from playwright.sync_api import Browser, Page, sync_playwright

from tests.bench.chat.line import Line, connect
from tests.bench.chat.processes import SETTINGS
from tests.services.chromium import FLAGS, chromium
from tests.site import ROOT, Site, environment, prepared

RESULT = ROOT / "build" / "bench" / "desk.json"
CONVERSATIONS, COLLEAGUES = 100, 50
SECONDS = float(os.environ.get("BENCH_SECONDS", "20"))
A_SECOND = 4  # messages: one of them into the open conversation
P95_MS, LONGEST_TASK_MS = 200, 100
PATIENCE = 120_000  # milliseconds, until the desk stands
# The open conversation gets more messages a minute than one person may write.
_MEASURED = {"DJANGO_SETTINGS_MODULE": SETTINGS, "PYTHONPATH": os.fspath(ROOT)}
_WATCH = """() => {
  window.longest = 0;
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) window.longest = Math.max(window.longest, one.duration);
  }).observe({type: 'longtask', buffered: false});
  window.shown = {};
  new MutationObserver(() => {
    for (const text of document.querySelectorAll('.message__text')) {
      const said = text.textContent;
      if (said.startsWith('m-') && !(said in window.shown)) window.shown[said] = Date.now();
    }
  }).observe(document.querySelector('[data-log]'), {childList: true, subtree: true});
}"""


def main() -> int:
    program = chromium()
    if not program:
        print("CHROMIUM IS NOT HERE: apt-get install -y chromium", file=sys.stderr)
        return 1
    with (
        tempfile.TemporaryDirectory(prefix="parama-desk-") as folder,
        Site(prepared(Path(folder) / "var"), **_MEASURED) as site,
        sync_playwright() as playwright,
    ):
        mine, others = _ground(site, CONVERSATIONS, 1), _ground(site, COLLEAGUES, COLLEAGUES)
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        found = _measure(browser, site, mine, others)
        browser.close()
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps(found, indent=1) + "\n")
    print(json.dumps(found))
    return 0 if found["p95_ms"] <= P95_MS and found["longest_task_ms"] <= LONGEST_TASK_MS and not found["lost"] else 1


def _ground(site: Site, conversations: int, desks: int) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.bench.chat.ground", str(conversations), str(desks)]
    made = subprocess.run(
        command, cwd=ROOT, env=environment(site.data_dir, **_MEASURED), check=True, stdout=subprocess.PIPE
    )
    found: dict[str, Any] = json.loads(made.stdout)
    return found


def _measure(browser: Browser, site: Site, mine: dict[str, Any], others: dict[str, Any]) -> dict[str, Any]:
    context = browser.new_context(base_url=site.url, viewport={"width": 1280, "height": 800})
    context.set_default_timeout(PATIENCE)
    context.add_cookies([{"name": "sessionid", "value": mine["desks"][0], "url": site.url}])
    page = context.new_page()
    first = mine["conversations"][0]
    page.goto(f"/en/desk/{first['id']}/")
    rows = page.locator("[data-row]").count()
    page.evaluate(_WATCH)
    crowd = Crowd(site, mine["conversations"], others["desks"])
    crowd.start()
    _work(page, until=crowd.is_over)
    crowd.join()
    page.wait_for_timeout(2000)
    shown: dict[str, float] = page.evaluate("() => window.shown")
    waits = sorted(shown[text] - sent for text, sent in crowd.sent.items() if text in shown)
    return {
        "rows": rows,
        "colleagues": len(others["desks"]),
        "messages": len(crowd.sent),
        "lost": len(crowd.sent) - len(waits),
        "p50_ms": round(waits[len(waits) // 2]) if waits else None,
        "p95_ms": round(waits[int(len(waits) * 0.95)]) if waits else 10**9,
        "longest_task_ms": round(page.evaluate("() => window.longest")),
    }


def _work(page: Page, *, until: threading.Event) -> None:
    """The consultant does something meanwhile: types, and goes through the queue."""
    while not until.is_set():
        page.locator("#text").press_sequentially("word ", delay=40)
        page.locator("body").press("j")


class Crowd(threading.Thread):
    """Colleagues with open desks, and residents who write. `sent`: when each message into the open one was sent, ms."""

    def __init__(self, site: Site, conversations: list[dict[str, Any]], desks: list[str]) -> None:
        super().__init__(daemon=True)
        self._site, self._conversations, self._desks = site, conversations, desks
        self.sent: dict[str, float] = {}
        self.is_over = threading.Event()

    def run(self) -> None:
        try:
            asyncio.run(self._run())
        finally:
            self.is_over.set()

    async def _run(self) -> None:
        desks = [await self._open("/ws/desk/?language=en", f"sessionid={key}") for key in self._desks]
        residents = [
            await self._open(f"/ws/consultations/{one['id']}?language=en", f"consultation={one['token']}")
            for one in self._conversations
        ]
        for line in residents:
            line.say({"type": "hello", "since": 1})
        await asyncio.sleep(2)
        step = 1 / A_SECOND
        for number in range(int(SECONDS * A_SECOND)):
            if number % A_SECOND == 0:
                self._say(residents[0], f"m-{number} " + "a word of the question " * 4, is_open=True)
            else:
                self._say(residents[1 + number % (len(residents) - 1)], "Something else, in another conversation.")
            if number % (15 * A_SECOND) == 0:
                for desk in desks:
                    desk.say({"type": "beat"})
            await asyncio.sleep(step)
        for line in (*desks, *residents):
            line.hang_up()

    async def _open(self, path: str, cookie: str) -> Line:
        return await connect(self._site.port, path, cookie, lambda frame: None)

    def _say(self, line: Line, text: str, *, is_open: bool = False) -> None:
        if is_open:
            self.sent[text.strip()] = time.time() * 1000
        line.say({"type": "send", "client_id": str(uuid4()), "text": text.strip()})


if __name__ == "__main__":
    sys.exit(main())
