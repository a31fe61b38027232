"""`make screens`: a picture of every page type at 360 and 1280 px in four languages, into build/screens.

`--readme` also renews the picture in the README: the Lithuanian home page, small.
"""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.journeys.browser import LOCALES
from tests.services.chromium import FLAGS, chromium
from tests.site import ROOT, Site, prepared

FOLDER = ROOT / "build" / "screens"
README = ROOT / "docs" / "img" / "home.png"
WIDTHS = (360, 1280)
LANGUAGES = ("lt", "ru", "en", "uk")
ALSO = ("search/?q=pagalba", "search/?q=qqqqqq", "chat/", "no-such-page/")


def main(arguments: list[str]) -> int:
    program = chromium()
    if not program:
        print("CHROMIUM IS NOT HERE: apt-get install -y chromium", file=sys.stderr)
        return 1
    with (
        tempfile.TemporaryDirectory(prefix="parama-screens-") as folder,
        Site(prepared(Path(folder) / "var")) as site,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=program, args=list(FLAGS))
        if "--readme" in arguments:
            _picture_of_the_readme(browser, site)
        else:
            _all(browser, site)
        browser.close()
    return 0


def _all(browser: Browser, site: Site) -> None:
    count = 0
    for language in LANGUAGES:
        paths = [*_one_of_each_type(site, language), *(f"/{language}/{path}" for path in ALSO)]
        for width in WIDTHS:
            context = browser.new_context(locale=LOCALES[language], viewport={"width": width, "height": 800})
            page = context.new_page()
            for path in paths:
                page.goto(site.url + path)
                name = re.sub(r"[^a-z0-9]+", "-", path.strip("/")) or "home"
                target = FOLDER / language / str(width) / f"{name}.png"
                target.parent.mkdir(parents=True, exist_ok=True)
                page.screenshot(path=target, full_page=True)
                count += 1
            context.close()
    print(f"{count} pictures in {FOLDER.relative_to(ROOT)}")


def _one_of_each_type(site: Site, language: str) -> list[str]:
    """The first address of each shape that the site map names."""
    _status, text = site.get("/sitemap.xml")
    kept: dict[str, str] = {}
    for path in re.findall(rf"<loc>https?://[^/]+(/{language}/[^<]*)</loc>", text):
        parts = path.strip("/").split("/")
        kept.setdefault("/".join([*parts[1:2], str(len(parts))]), path)
    return list(kept.values())


def _picture_of_the_readme(browser: Browser, site: Site) -> None:
    page = browser.new_page(viewport={"width": 1040, "height": 700})
    page.goto(f"{site.url}/lt/")
    README.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=README)
    print(f"{README.relative_to(ROOT)}: {README.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
