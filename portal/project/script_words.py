"""The words that scripts of the editors' room ask for: Wagtail's, and ours where Wagtail has none."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.i18n import JavaScriptCatalog
from wagtail.admin.localization import get_localized_response

_catalogue = JavaScriptCatalog.as_view(packages=["wagtail.admin", "portal.project"])


def script_words(request: HttpRequest) -> HttpResponse:
    """In the language that the member of staff has chosen for the editors' room."""
    response: HttpResponse = get_localized_response(_catalogue, request)
    return response
