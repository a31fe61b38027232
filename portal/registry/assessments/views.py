"""Screens of the assessment: the questions, asked once or a second time, and one explained answer by answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.core.exports import as_xlsx
from portal.core.languages import current
from portal.instruments import selectors as instruments
from portal.instruments.models import Purpose
from portal.registry import access
from portal.registry.access import May
from portal.registry.assessments import actions, explaining, quality, second
from portal.registry.assessments.explaining import asking, given, sheet_of
from portal.registry.law import looks, reasons
from portal.registry.models import Assessment, GroupProposal, Post
from portal.registry.months.views import XLSX
from portal.registry.posts import posts_only, posts_that
from portal.registry.refusals import Refused
from portal.registry.screens import screen

PLACE = "registry:recipients"


@posts_that(May.ASSESS)
@require_http_methods(["GET", "POST"])
def assess(request: HttpRequest, post: Post, pk: int) -> HttpResponse:
    """Ask a person the questions of a needs check; which one is in the address when there are several."""
    person = get_object_or_404(access.people(post), pk=pk)
    looks.note(person, reasons.ASSESSMENT, by=post)
    cards = instruments.published(current(), Purpose.CHECK)
    codes = [card.code for card in cards]
    chosen = request.GET.get("code", "")
    code = chosen if chosen in codes else (codes[0] if codes else "")
    sheet = instruments.current(Purpose.CHECK, code) if code else None
    refused: Refused | None = None
    answers = given(request, sheet) if sheet else {}
    if request.method == "POST" and sheet is not None:
        try:
            return redirect("registry:assessment", actions.assess(person, sheet, answers, by=post).pk)
        except Refused as wrong:
            refused = wrong
    context = {"person": person, "cards": cards, "code": code, "refused": refused} | asking(sheet, answers)
    return screen(request, post, "registry/assess.html", context, place=PLACE)


@posts_that(May.ASSESS)
@require_http_methods(["GET", "POST"])
def again(request: HttpRequest, post: Post, pk: int) -> HttpResponse:
    """Ask the same questions a second time, without the first assessor’s answers in sight."""
    kept = found(post, pk)
    sheet = sheet_of(kept)
    refused: Refused | None = None
    answers = given(request, sheet)
    if request.method == "POST":
        try:
            second.answer(kept, sheet, answers, by=post)
            return redirect("registry:assessment", pk)
        except Refused as wrong:
            refused = wrong
    context = {"person": kept.recipient, "first": kept, "refused": refused} | asking(sheet, answers)
    return screen(request, post, "registry/assess.html", context, place=PLACE)


@posts_only
@require_GET
def assessment(request: HttpRequest, post: Post, pk: int) -> HttpResponse:
    """One assessment: its group, which answers gave which points, and what a second assessor said."""
    kept = found(post, pk)
    if second.is_hidden(kept, post):
        context = {"assessment": kept, "person": kept.recipient}
        return screen(request, post, "registry/assessment_hidden.html", context, place=PLACE)
    return shown(request, post, kept)


@posts_that(May.ASSESS)
@require_POST
def look(request: HttpRequest, post: Post, pk: int) -> HttpResponse:
    """See the answers, and be no longer the one who answers a second time."""
    second.look(found(post, pk), by=post)
    return redirect("registry:assessment", pk)


@posts_that(May.ASSESS)
@require_POST
def propose(request: HttpRequest, post: Post, pk: int, kind: str) -> HttpResponse:
    """Propose the answers both agree on, or another group; a second person signs."""
    kept = found(post, pk)
    if second.is_hidden(kept, post):
        raise Http404
    sheet, reason = sheet_of(kept), request.POST.get("reason", "")
    try:
        if kind == "agreed":
            second.agree(kept, sheet, given(request, sheet), reason=reason, by=post)
        else:
            second.override(kept, sheet, request.POST.get("group", ""), reason=reason, by=post)
        messages.success(request, _("It waits for the second signature."))
    except Refused as refused:
        return shown(request, post, kept, refused=refused, tried=kind)
    return redirect("registry:assessment", pk)


@posts_only
@require_POST
def sign(request: HttpRequest, post: Post, pk: int, deed: str) -> HttpResponse:
    """The second signature, or none."""
    within = access.people(post).values("pk")
    proposal = get_object_or_404(
        GroupProposal.objects.select_related("assessment"), pk=pk, assessment__recipient__in=within
    )
    try:
        if deed == "refuse":
            second.refuse(proposal, by=post)
            return redirect("registry:assessment", proposal.assessment_id)
        return redirect("registry:assessment", second.sign(proposal, sheet_of(proposal.assessment), by=post).pk)
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect("registry:assessment", proposal.assessment_id)


@posts_that(May.REPORT)
@require_GET
def checks(request: HttpRequest, post: Post) -> HttpResponse:
    """Where two assessors answered: what the first found, what the second, and what it came to."""
    return screen(request, post, "registry/checks.html", {"checks": quality.checks(post)}, place="registry:report")


@posts_that(May.REPORT)
@require_GET
def checks_workbook(request: HttpRequest, post: Post) -> HttpResponse:
    """The same as XLSX."""
    rows = quality.rows(quality.checks(post))
    response = HttpResponse(as_xlsx(rows, quality.columns()), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="second-opinions.xlsx"'
    return response


def found(post: Post, pk: int) -> Assessment:
    """An assessment of a person within reach."""
    known = Assessment.objects.select_related("recipient", "by", "version__instrument")
    return get_object_or_404(known, pk=pk, recipient__in=access.people(post).values("pk"))


def shown(
    request: HttpRequest, post: Post, kept: Assessment, *, refused: Refused | None = None, tried: str = ""
) -> HttpResponse:
    """The page of one assessment; `refused`: what was `tried` and why it is not done."""
    context = explaining.page(kept, sheet_of(kept), post)
    context |= {"refused": refused, "tried": tried, "typed": request.POST if refused else {}}
    return screen(request, post, "registry/assessment.html", context, place=PLACE)
