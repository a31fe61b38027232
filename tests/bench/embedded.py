"""The embedded run as a whole: how long to ready, first and second time, and how much memory it takes after work.

Writes build/bench/embedded.json; exit status 1 when memory or the second start is over its limit.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

import httpx
import psutil

from tests.site import ROOT, Site, prepared

MOST_MEMORY_MIB = 350
SLOWEST_SECOND_START = 10.0
LANGUAGES = ("lt", "ru", "en", "uk")
RESULT = ROOT / "build" / "bench" / "embedded.json"


class Figures(NamedTuple):
    """What was measured."""

    second_start_s: float
    memory_mib: float

    @property
    def is_over(self) -> bool:
        return self.memory_mib > MOST_MEMORY_MIB or self.second_start_s > SLOWEST_SECOND_START


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="parama-bench-") as folder:
        figures = measure(prepared(Path(folder) / "var"))
    RESULT.parent.mkdir(parents=True, exist_ok=True)
    RESULT.write_text(json.dumps(figures._asdict(), indent=1) + "\n")
    print(f"Second start, until ready: {figures.second_start_s:.1f} s (limit {SLOWEST_SECOND_START:.0f})")
    print(f"Resident memory of all processes: {figures.memory_mib:.0f} MiB (limit {MOST_MEMORY_MIB})")
    print("OVER" if figures.is_over else "within the limits")
    return 1 if figures.is_over else 0


def measure(data_dir: Path) -> Figures:
    """Start on a folder that is prepared already, read every page, work in the CMS, weigh."""
    with Site(data_dir) as site:
        site.stop()
        seconds = site.start()
        with httpx.Client(base_url=site.url, timeout=60, follow_redirects=True) as client:
            for path in _public_pages(client):
                client.get(path)
            _look_into_the_cms(client, site)
        return Figures(round(seconds, 2), round(_resident(site.pid), 1))


def _public_pages(client: httpx.Client) -> list[str]:
    found = re.findall(r"<loc>https?://[^/]+(/[^<]*)</loc>", client.get("/sitemap.xml").text)
    others = ("", "search/?q=pagalba", "search/?q=pensja", "no-such-page/")
    return [*found, *(f"/{language}/{page}" for language in LANGUAGES for page in others)]


def _look_into_the_cms(client: httpx.Client, site: Site) -> None:
    account = next((row for row in site.accounts() if row["role"] == "editor"), None)
    if account is None:
        return
    client.get("/account/login/")
    form = {"login": account["username"], "password": account["password"]}
    form["csrfmiddlewaretoken"] = client.cookies["csrftoken"]
    client.post("/account/login/", data=form, headers={"Referer": f"{site.url}/account/login/"})
    for path in ("/cms/", "/cms/snippets/", "/cms/snippets/charter/service/", "/cms/pages/"):
        if client.get(path).status_code != 200:
            raise RuntimeError(f"the editor can't open {path}")


def _resident(pid: int) -> float:
    """MiB of the process and everything it started."""
    process = psutil.Process(pid)
    return float(sum(one.memory_info().rss for one in (process, *process.children(recursive=True)))) / 2**20


if __name__ == "__main__":
    sys.exit(main())
