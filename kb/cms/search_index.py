"""The search index: what is in it, what waits, how far a rebuild has come."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from kb.cms.doors import editors_only, screen
from kb.search import indexing
from kb.search.state import documents_wanted, state

SECONDS = 3  # between two looks while a rebuild is under way


@editors_only
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Refreshes itself while something is under way."""
    now = state()
    is_under_way = bool(now.waiting or (now.rebuild and not now.rebuild.is_over))
    context = {"now": now, "wanted": documents_wanted(), "is_under_way": is_under_way}
    answer = screen(request, "search_index.html", _("The search index"), context, icon="cogs")
    if is_under_way:
        answer["Refresh"] = str(SECONDS)
    return answer


@editors_only
@require_POST
def rebuild(request: HttpRequest) -> HttpResponse:
    """The worker builds everything anew; people search in the old index until then."""
    indexing.rebuild_later.enqueue()
    messages.success(request, _("The index is being built anew. People go on searching meanwhile."))
    return redirect("knowledge:search_index")
