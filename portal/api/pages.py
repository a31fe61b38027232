"""The pages about the API for people who write programs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from portal.api.reference import reference
from portal.core.addresses import page_address
from portal.core.caching import public_page
from portal.core.languages import current


@public_page()
def description(request: HttpRequest) -> HttpResponse:
    """Every address, what may be asked there, and the shape of its answer. Loads nothing foreign."""
    crumbs = [(page_address("pages:open_data", current()), _("Open data"))]
    return render(request, "api/description.html", {"reference": reference(), "crumbs": crumbs})
