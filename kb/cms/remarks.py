"""Readers' remarks: the list, one remark with its passage, the answer."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from kb import remarks
from kb.cms.doors import editors_only, screen, user_of
from kb.models import OPEN_REMARKS, Remark, RemarkState
from kb.models.fact import ReviewCause
from kb.reviews import open_reviews
from kb.states import doubt


@editors_only
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """What readers say about passages, open ones first."""
    group = request.GET.get("group", "open")
    found = Remark.objects.select_related("article", "owner").order_by("-at")
    if group == "mine":
        found = found.filter(state__in=OPEN_REMARKS, owner=user_of(request))
    elif group == "closed":
        found = found.exclude(state__in=OPEN_REMARKS)
    else:
        found = found.filter(state__in=OPEN_REMARKS)
    groups = [("open", _("Open")), ("mine", _("Mine")), ("closed", _("Closed"))]
    page = Paginator(found, 50).get_page(request.GET.get("page"))
    return screen(
        request,
        "remarks.html",
        _("Remarks on articles"),
        {"group": group, "groups": groups, "page": page},
        icon="comment",
    )


@editors_only
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, pk: int) -> HttpResponse:
    """One remark; opening it takes it into work, an answer closes it."""
    remark = get_object_or_404(Remark.objects.select_related("article", "owner", "answered_by"), pk=pk)
    if request.method == "POST":
        return _act(request, remark)
    return screen(request, "remark.html", str(remark.article), {"remark": remark, "states": _closed()}, icon="comment")


def _closed() -> list[tuple[str, str]]:
    return [(state.value, str(state.label)) for state in RemarkState if state not in OPEN_REMARKS]


def _act(request: HttpRequest, remark: Remark) -> HttpResponse:
    user = user_of(request)
    if "take" in request.POST:
        remarks.take(remark, by=user)
    elif "doubt" in request.POST:
        open_reviews(remark.article, cause=ReviewCause.REMARK, what=remark.text[:200])
        doubt(remark.article)
        messages.success(request, _("The article stands among what has to be checked."))
    else:
        state = request.POST.get("state", "")
        try:
            remarks.answer(remark, state=RemarkState(state), text=request.POST.get("answer", ""), by=user)
        except ValueError:
            messages.error(request, _("Choose what came of it and write the answer."))
            context = {"remark": remark, "states": _closed(), "typed": request.POST.get("answer", "")}
            return screen(request, "remark.html", str(remark.article), context, icon="comment", status=422)
        messages.success(request, _("Answered."))
    return redirect("knowledge:remark", remark.pk)
