"""The search page and its suggestions: parse, ask the finder, answer."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from kb.search import finder, page
from kb.selectors import Reader
from portal.core.caching import public_page
from portal.core.languages import current


@require_GET
@public_page()
def search(request: HttpRequest) -> HttpResponse:
    """The form alone is public content; results for typed words are kept nowhere."""
    asked = page.Asked.of(request.GET)
    results = finder.find(
        asked.text,
        language=current(),
        reader=Reader.RESIDENT,
        kinds=asked.kinds or None,
        limit=page.SIZE,
        offset=asked.offset,
    )
    return render(request, "kb/search.html", page.context(results, asked))


@require_GET
def suggest(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"suggestions": []})
