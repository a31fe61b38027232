"""An answer on paper: a leaflet as PDF with a QR code that leads back, and the code alone."""

from __future__ import annotations

import io

import segno
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET

from charter import offices
from charter.context import municipality
from kb import selectors
from portal.core import pdf
from portal.core.caching import public_page
from portal.core.languages import current


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
def leaflet(request: HttpRequest, slug: str) -> HttpResponse:
    """The answer on one or two sheets. Where the machine cannot make PDFs, a page says so and how to print."""
    found, language = _article(slug), current()
    address = f"{settings.SITE_URL}{found.url(language)}"
    context = {
        "article": found,
        "language": found.title.language,
        "address": address,
        "qr": qr(address),
        "municipality": municipality(language),
        "offices": offices.offices_of_article(found.id, language),
    }
    return pdf.served(request, "kb/leaflet.html", context, name=f"{found.code}-{language}.pdf")
