"""Versions of the charter: an earlier or coming one, what a version changed, and the charter on paper."""

from __future__ import annotations

import io

import segno
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from charter import differences, offices, selectors, versions
from charter.models import Charter
from charter.views import charter_page
from portal.core import pdf
from portal.core.addresses import coded_address, page_address
from portal.core.caching import public_page
from portal.core.languages import current

SECTION = "charter:charter"
# What a poster has room for.
ON_A_POSTER = 6


@public_page()
def version(request: HttpRequest, code: str) -> HttpResponse:
    """One version, whenever it holds or held."""
    found = get_object_or_404(Charter, code=code, live=True)
    return charter_page(request, versions.charter_with(found.pk, current()))


@public_page()
def changes(request: HttpRequest, code: str) -> HttpResponse:
    """What this version says otherwise than the one before."""
    new = get_object_or_404(Charter, code=code, live=True)
    old = differences.previous(new)
    if old is None:
        raise Http404(code)
    language = current()
    context = {
        "section": SECTION,
        "crumbs": [(page_address("charter:charter", language), _("Our promises"))],
        "old": old,
        "new": new,
        "changes": differences.changes(old, new, language),
        "terms": differences.terms(old, new, language),
    }
    return render(request, "charter/changes.html", context)


def leaflet(request: HttpRequest) -> HttpResponse:
    """The charter in force as a PDF to take along."""
    page = versions.charter_in_force(current())
    if page is None:
        raise Http404
    promises = selectors.promises_of_charter(page.id, current())
    context = {
        "page": page,
        "areas": [(area, [each for each in promises if each.area == area.code]) for area in page.areas],
        "language": current(),
        "address": request.build_absolute_uri(page_address("charter:charter", current())),
    }
    return pdf.served(request, "charter/paper/leaflet.html", context, name=f"charter-{current()}.pdf")


def poster(request: HttpRequest, code: str) -> HttpResponse:
    """A poster for one office: what is promised there, where to look and where to complain, with QR codes."""
    office = offices.office_with_code(code, current())
    if office is None:
        raise Http404(code)
    promises = selectors.promises_of_institution(office.id, current()) or selectors.all_promises(current())
    tell = f"{reverse('feedback:appeal')}?institution={code}"
    rate = f"{coded_address('feedback:rate', current(), 'institution', code)}?by=qr"
    context = {
        "office": office,
        "promises": promises[:ON_A_POSTER],
        "language": current(),
        "codes": [
            (_("How we keep our word"), _qr(request, page_address("charter:performance", current()))),
            (_("Tell us how it was"), _qr(request, tell)),
            (_("Rate us: five faces"), _qr(request, rate)),
        ],
    }
    return pdf.served(request, "charter/paper/poster.html", context, name=f"poster-{code}-{current()}.pdf")


def _qr(request: HttpRequest, path: str) -> tuple[SafeString, str]:
    """(drawing, address) of a code that leads to a page of ours."""
    address = request.build_absolute_uri(path)
    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=0)
    return SafeString(out.getvalue().decode()), address
