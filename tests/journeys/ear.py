"""What a screen reader says by itself while a page changes: the changes of live regions, in their language."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Page

PATIENCE = 15  # seconds
# By ARIA: a change is announced by the nearest ancestor that is a live region; `off` says nothing, and what is hidden
# is not there. Of a removal nothing is said. What was said before the page was ready is not announced.
_LISTEN = """() => {
  const LIVE = '[aria-live], [role=status], [role=log], [role=alert], [role=timer]';
  const MEANS = {status: 'polite', log: 'polite', alert: 'assertive', timer: 'off'};
  window.heard = [];
  const isHidden = (one) => !one || one.closest('[hidden], [aria-hidden=true], template') !== null;
  const say = (node) => {
    const element = node.nodeType === 1 ? node : node.parentElement;
    const region = element && element.closest(LIVE);
    if (!region || isHidden(element)) return;
    const how = region.getAttribute('aria-live') || MEANS[region.getAttribute('role')];
    const text = (node.nodeType === 1 ? node.innerText : node.data).trim().replace(/\\s+/g, ' ');
    if (!text || how === 'off') return;
    const spoken = node.nodeType === 1 ? [...node.querySelectorAll('[lang]')].filter((one) => one.innerText) : [];
    window.heard.push({
      text, how, language: element.closest('[lang]').lang,
      foreign: Object.fromEntries(spoken.map((one) => [one.innerText, one.lang])),
    });
  };
  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === 'childList') change.addedNodes.forEach(say);
      else if (change.type === 'characterData') say(change.target);
      else if (!change.target.hidden) say(change.target);
    }
  }).observe(document.body, {
    childList: true, characterData: true, subtree: true, attributes: true, attributeFilter: ['hidden'],
  });
}"""


@dataclass(frozen=True)
class Said:
    """One announcement; `foreign`: pieces of it that are marked as another language."""

    text: str
    how: str
    language: str
    foreign: dict[str, str]


class Ear:
    """Listens to a page from now on."""

    def __init__(self, page: Page) -> None:
        self._page = page
        page.evaluate(_LISTEN)

    def heard(self) -> list[Said]:
        """What was said since one asked last."""
        rows: list[dict[str, Any]] = self._page.evaluate("() => window.heard.splice(0)")
        return [Said(**row) for row in rows]

    def wait(self, words: str) -> list[Said]:
        """The same, once something with these words was said."""
        until, said = time.monotonic() + PATIENCE, self.heard()
        while not any(words in one.text for one in said):
            assert time.monotonic() < until, f"{words!r} was not said, but {said}"
            self._page.wait_for_timeout(100)
            said += self.heard()
        self._page.wait_for_timeout(700)  # what is said twice is said the second time soon
        return said + self.heard()


def tree(page: Page) -> list[tuple[str, str]]:
    """Role and name of everything a screen reader can come to, in its order."""
    line = page.context.new_cdp_session(page)
    nodes = {node["nodeId"]: node for node in line.send("Accessibility.getFullAXTree")["nodes"]}
    line.detach()
    found: list[tuple[str, str]] = []
    todo = [next(iter(nodes))]
    while todo:
        node = nodes[todo.pop()]
        todo += [child for child in reversed(node.get("childIds", [])) if child in nodes]
        if not node.get("ignored"):
            found.append((node["role"]["value"], node.get("name", {}).get("value", "")))
    return found
