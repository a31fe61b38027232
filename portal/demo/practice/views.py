"""A finished improvement to take away: everybody may, it holds only what is public."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from portal.core.caching import public_page
from portal.demo.practice.exporting import archive_of, published


@require_safe
@public_page()
def practice(request: HttpRequest, code: str) -> HttpResponse:
    """Its files as one archive."""
    improvement = published(code)
    if improvement is None:
        raise Http404(code)
    response = HttpResponse(archive_of(improvement), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="practice-{improvement.code}.zip"'
    return response
