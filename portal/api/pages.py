"""The pages about the API for people who write programs."""

from __future__ import annotations

from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from portal.api.reference import reference
from portal.core.addresses import page_address
from portal.core.caching import public_page
from portal.core.languages import current


@public_page()
def description(request: HttpRequest) -> HttpResponse:
    """Every address, what may be asked there, and the shape of its answer. Loads nothing foreign."""
    language = current()
    context = {
        "words": reference().words,
        "details": _details(language),
        "crumbs": [(page_address("pages:open_data", language), _("Open data"))],
    }
    return render(request, "api/description.html", context)


@lru_cache(maxsize=8)
def _details(language: str) -> SafeString:
    """Addresses and shapes with words in this language, which is the current one."""
    return render_to_string("api/_reference.html", {"reference": reference()})
