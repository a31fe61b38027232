"""The search page, its suggestions, and "tell us what you looked for": parse, ask, answer."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kb.search import finder, log, page
from kb.search.documents import sources
from kb.search.suggestions import OFTEN
from kb.selectors import Reader
from portal.core.caching import public_page
from portal.core.errors import too_many
from portal.core.languages import current
from portal.core.origin import same_site_only
from portal.core.throttling import Limit, TooMany, network

# A whole library behind one address stays far below; a program that never rests does not.
SEARCHES = Limit("search", times=3000, seconds=60)
KEYSTROKES = Limit("suggest", times=6000, seconds=60)
NOTES = Limit("search-missing", times=20, seconds=3600)


@require_GET
@public_page()
def search(request: HttpRequest) -> HttpResponse:
    """The form alone is public content; results for typed words are kept nowhere."""
    asked = page.Asked.of(request.GET)
    if asked.text and SEARCHES.count(network(request)) > SEARCHES.times:
        return _busy(request, asked)
    results = finder.find(
        asked.text,
        language=current(),
        reader=Reader.RESIDENT,
        only=asked.only,
        limit=page.SIZE,
        offset=asked.offset,
    )
    number = log.searched(request, results, reader=Reader.RESIDENT)
    return render(request, "kb/search.html", page.context(results, asked, number))


def _busy(request: HttpRequest, asked: page.Asked) -> HttpResponse:
    """A sentence instead of results, and the words back."""
    results = finder.busy(asked.text, language=current())
    answer = render(request, "kb/search.html", page.context(results, asked, None), status=429)
    answer["Retry-After"] = str(SEARCHES.seconds)
    return answer


@require_GET
def suggest(request: HttpRequest) -> JsonResponse:
    """At most eight texts to search for, each with the word for its kind."""
    if KEYSTROKES.count(network(request)) > KEYSTROKES.times:
        return JsonResponse({"suggestions": []})
    found = finder.suggest(request.GET.get("q", ""), language=current())
    labels = {OFTEN: _("often asked")} | {kind: str(source.label) for kind, source in sources().items()}
    return JsonResponse({"suggestions": [{"text": one.text, "label": labels[one.kind]} for one in found]})


@same_site_only
@require_POST
def missing(request: HttpRequest) -> HttpResponse:
    """Keep what somebody did not find, in their words; the search it belongs to is the key, so twice is once."""
    try:
        NOTES.check(network(request))
    except TooMany as trouble:
        return too_many(request, trouble)
    text = request.POST.get("note", "").strip()
    is_kept = bool(text) and log.note_missing(request.POST.get("search", ""), text)
    return render(
        request,
        "kb/search/noted.html",
        {"is_kept": is_kept, "note": text, "mark": request.POST.get("search", ""), "is_empty": not text},
        status=200 if is_kept else 422,
    )
