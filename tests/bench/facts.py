"""Which addresses are measured, and how many queries each asks; printed as JSON by a process of its own."""

from __future__ import annotations

import json
import os
import sys

import django

LANGUAGE = "lt"
SEARCH = "?q=pagalba+namuose"


def pages() -> tuple[dict[str, str], list[str]]:
    """{page: address} of one page of each type that exists, and the names of types that do not."""
    from django.urls import NoReverseMatch, reverse

    found: dict[str, str] = {}
    missing: list[str] = []
    for page, (name, slug, query) in _wanted().items():
        try:
            found[page] = reverse(name, args=[slug] if slug else []) + query
        except NoReverseMatch:
            missing.append(page)
    return found, missing


def _wanted() -> dict[str, tuple[str, str, str]]:
    from charter.models import Institution, Service
    from kb.models import Article

    def slug(model: type[Service] | type[Institution] | type[Article]) -> str:
        rows = model.objects.filter(live=True).order_by("code").values_list(f"slug_{LANGUAGE}", flat=True)
        return rows.first() or "none"

    return {
        "home": ("pages:home", "", ""),
        "service": ("pages:service", slug(Service), ""),
        "article": ("kb:article", slug(Article), ""),
        "search": ("kb:search", "", SEARCH),
        "charter": ("charter:charter", "", ""),
        "institution": ("pages:institution", slug(Institution), ""),
    }


def queries(url: str) -> int | None:
    """Queries of one warm, uncached answer; None when the page does not answer with 200."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(HTTP_HOST="127.0.0.1")
    if any(client.get(url).status_code != 200 for _ in range(2)):
        return None
    with CaptureQueriesContext(connection) as asked:
        client.get(url)
    return len(asked)


def main() -> None:
    os.environ["BENCH_UNCACHED"] = "1"
    django.setup()
    from django.utils.translation import activate

    activate(LANGUAGE)
    addresses, missing = pages()
    counted = {page: queries(url) for page, url in addresses.items()}
    missing += [page for page, count in counted.items() if count is None]
    there = {page: url for page, url in addresses.items() if page not in missing}
    json.dump({"pages": there, "queries": counted, "missing": missing}, sys.stdout)


if __name__ == "__main__":
    main()
