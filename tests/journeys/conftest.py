"""The ground of the journeys: the product running as `make run` runs it, and a browser for each person."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.journeys.browser import LOCALES, Watch
from tests.services.chromium import FLAGS, chromium
from tests.site import Site, prepared

CTI_SECRET = "known to the exchange and to us"
PATIENCE = 15_000  # milliseconds; pages take fractions of it, two busy cores sometimes more


class Resident(Protocol):
    """Opens a browser of a resident's own (nobody shares cookies) and returns its page."""

    def __call__(self, language: str = ..., *, scripts: bool = ..., width: int = ...) -> Page: ...


class Staff(Protocol):
    """Signs a person with this role in and returns the page."""

    def __call__(self, role: str, *, scripts: bool = ..., width: int = ...) -> Page: ...


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One site for all journeys, with the demonstration city."""
    with Site(prepared(tmp_path_factory.mktemp("journeys") / "var"), CTI_SECRET=CTI_SECRET) as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = chromium()
    if not program:
        missing = "CHROMIUM IS NOT HERE: `make test` installs it, or type: sudo apt-get install -y chromium"
        if os.environ.get("REQUIRE_ALL") == "1":
            pytest.fail(missing)
        pytest.skip(missing)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    """Every journey that asks for this is walked twice."""
    return bool(request.param)


@pytest.fixture
def watches(site: Site) -> Iterator[list[Watch]]:
    """What was seen on all pages of this journey; anything but nothing fails it, and so does a traceback."""
    seen: list[Watch] = []
    before = len(site.said())
    yield seen
    faults = [fault for watch in seen for fault in watch.faults]
    assert not faults, "\n".join(faults)
    assert "Traceback" not in site.said()[before:], site.said()[before:]


@pytest.fixture
def window(browser: Browser, site: Site, watches: list[Watch]) -> Iterator[Callable[..., BrowserContext]]:
    """A new browser profile: own cookies, watched."""
    opened: list[BrowserContext] = []

    def open_(language: str, *, scripts: bool, width: int) -> BrowserContext:
        context = browser.new_context(
            base_url=site.url,
            locale=LOCALES[language],
            java_script_enabled=scripts,
            viewport={"width": width, "height": 800},
            timezone_id="Europe/Vilnius",
        )
        context.set_default_timeout(PATIENCE)
        watches.append(Watch(context, site.url))
        opened.append(context)
        return context

    yield open_
    for context in opened:
        context.close()


@pytest.fixture
def resident(window: Callable[..., BrowserContext]) -> Resident:
    def arrives(language: str = "lt", *, scripts: bool = True, width: int = 1280) -> Page:
        return window(language, scripts=scripts, width=width).new_page()

    return arrives


@pytest.fixture
def staff(window: Callable[..., BrowserContext], site: Site) -> Staff:
    def signs_in(role: str, *, scripts: bool = True, width: int = 1280) -> Page:
        account = next((row for row in site.accounts() if row["role"] == role), None)
        assert account is not None, f"no demonstration account is a {role}: {_written(site.data_dir)}"
        page = window("en", scripts=scripts, width=width).new_page()
        page.goto("/account/login/")
        page.locator("input[name=login]").fill(account["username"])
        page.locator("input[name=password]").fill(account["password"])
        page.locator("input[name=password]").press("Enter")  # a second button signs in with a passkey
        page.wait_for_url(lambda url: "/account/login/" not in url)
        return page

    return signs_in


def _written(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())
