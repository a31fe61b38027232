"""An answer on paper: a leaflet as PDF with a QR code that leads back, and the code alone."""

from __future__ import annotations

import io
import logging

import segno
from django.conf import settings
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from charter import offices
from charter.context import municipality
from kb import selectors
from portal.core.caching import GENERATION, public_page
from portal.core.errors import too_many
from portal.core.languages import current
from portal.core.throttling import Limit, TooMany, network

logger = logging.getLogger(__name__)
PAPERS = Limit("papers", times=60, seconds=60 * 60)
KEPT_SECONDS = 60 * 60


def _article(slug: str) -> selectors.ArticlePage:
    found = selectors.article_named(slug, current())
    if found is None:
        raise Http404(slug)
    return found


def qr(address: str) -> SafeString:
    """A QR code as a drawing."""
    return SafeString(segno.make(address, error="m").svg_inline(scale=4, border=2))


@require_GET
@public_page()
def code(request: HttpRequest, slug: str) -> HttpResponse:
    """The QR code of an answer in the reader's language, for posters."""
    out = io.BytesIO()
    segno.make(f"{settings.SITE_URL}{_article(slug).url(current())}", error="m").save(out, kind="svg", scale=8)
    return HttpResponse(out.getvalue(), content_type="image/svg+xml")


@require_GET
def leaflet(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The answer on one or two sheets. Where the machine cannot make PDFs, a page says so and how to print."""
    found, language = _article(slug), current()
    key = f"leaflet:{cache.get(GENERATION, 0)}:{language}:{found.code}:{found.version}"
    paper: bytes | None = cache.get(key)
    if paper is None:
        try:
            PAPERS.check(network(request))
        except TooMany as trouble:
            return too_many(request, trouble)
        paper = _printed(found, language)
        if paper is None:
            return render(request, "kb/no_paper.html", {"article": found, "back": found.url(language)}, status=503)
        cache.set(key, paper, KEPT_SECONDS)
    answer = HttpResponse(paper, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{found.code}-{language}.pdf"'
    return answer


def _printed(found: selectors.ArticlePage, language: str) -> bytes | None:
    """None where the libraries that draw PDFs are not there."""
    try:
        from weasyprint import HTML
    except (ImportError, OSError) as trouble:
        logger.warning("leaflet: no PDF can be made here: %s", trouble)
        return None
    address = f"{settings.SITE_URL}{found.url(language)}"
    context = {
        "article": found,
        "language": found.title.language,
        "address": address,
        "qr": qr(address),
        "municipality": municipality(language),
        "offices": offices.offices_of_article(found.id, language),
    }
    made: bytes = HTML(string=render_to_string("kb/leaflet.html", context), url_fetcher=_nothing).write_pdf()
    return made


def _nothing(url: str, *args: object, **kwargs: object) -> dict[str, object]:
    """A text may name an address; making paper asks nobody for anything."""
    raise ValueError(f"not fetched: {url}")
