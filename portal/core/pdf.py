"""Paper: an HTML template as PDF, made by WeasyPrint where its system libraries (Pango) are installed.

Making one costs up to a second, so each is kept until something is published, and a network may ask for so many an
hour.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from django.contrib.staticfiles import finders
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from portal.core.caching import GENERATION
from portal.core.errors import too_many
from portal.core.languages import current
from portal.core.throttling import Limit, TooMany, network

MAKING = Limit("pdf", times=60, seconds=60 * 60)
KEPT_SECONDS = 24 * 60 * 60


class NoPaper(RuntimeError):
    """PDF can't be made on this machine: a system library is missing."""


@lru_cache(maxsize=1)
def is_possible() -> bool:
    """Whether PDF can be made here. Asked once: the library is loaded or it is not."""
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError):  # OSError: Pango or one of its companions is not installed
        return False
    return True


def pdf_of(template: str, context: Mapping[str, Any], *, is_open: bool = False) -> bytes:
    """The template as PDF; `is_open`: unpacked, to be joined. Nothing is fetched from the network. Raises NoPaper."""
    return pdf_of_page(render_to_string(template, dict(context)), is_open=is_open)


def pdf_of_page(page: str, *, is_open: bool = False) -> bytes:
    """A page that is drawn already as PDF. Raises NoPaper."""
    if not is_possible():
        raise NoPaper
    import weasyprint

    fetcher = weasyprint.urls.URLFetcher(allowed_protocols={"data"})  # pictures come in the document itself
    html = weasyprint.HTML(string=page, url_fetcher=fetcher)
    return bytes(html.write_pdf(stylesheets=[weasyprint.CSS(filename=_sheet())], uncompressed_pdf=is_open))


def served(request: HttpRequest, template: str, context: Mapping[str, Any], *, name: str) -> HttpResponse:
    """The PDF as a download called `name`; where it can't be made, a page that says why and what to do instead."""
    if not is_possible():
        return render(request, "errors/no_paper.html", status=503)
    key = f"pdf:{cache.get(GENERATION, 0)}:{hashlib.sha256(f'{current()} {request.path}'.encode()).hexdigest()}"
    content = cache.get(key)
    if content is None:
        try:
            MAKING.check(network(request))
        except TooMany as trouble:
            return too_many(request, trouble)
        content = pdf_of(template, context)
        cache.set(key, content, KEPT_SECONDS)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def _sheet() -> str:
    found = finders.find("css/paper.css")
    if not isinstance(found, str):
        raise FileNotFoundError("css/paper.css")
    return found
