"""A month on paper: the acts of one worker at once, all of them as a job, the register."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from portal.core import audit, pdf, uploads
from portal.core.models import User
from portal.registry.access import May
from portal.registry.models import ActsJob, JobState, Post
from portal.registry.months import printing, selectors
from portal.registry.months.views import worker_asked
from portal.registry.posts import posts_that
from portal.registry.refusals import Refused

AT_ONCE = 200  # acts in one PDF that a person waits for


@posts_that(May.REPORT)
@require_GET
def papers(request: HttpRequest, post: Post, pk: int) -> HttpResponse:
    """The acts as one PDF, a page each; of one worker, or of one person (`act`)."""
    found = get_object_or_404(selectors.within(post), pk=pk)
    acts = selectors.acts_of(found, worker=worker_asked(request))
    one = request.GET.get("act", "")
    if one.isdecimal():
        acts = acts.filter(pk=int(one))
    if not pdf.is_possible():
        return render(request, "errors/no_paper.html", status=503)
    names = selectors.service_names()
    sheets = [(act, selectors.said_lines(act, names)) for act in acts[:AT_ONCE]]
    return _served("registry/paper/acts.html", {"month": found, "sheets": sheets}, f"acts-{found}.pdf")


@posts_that(May.REPORT)
@require_GET
def register(request: HttpRequest, post: Post, pk: int) -> HttpResponse:
    """The register of a department or of one worker as PDF."""
    found = get_object_or_404(selectors.within(post), pk=pk)
    worker = worker_asked(request)
    acts = selectors.acts_of(found, worker=worker)
    if not pdf.is_possible():
        return render(request, "errors/no_paper.html", status=503)
    named = User.objects.filter(pk=worker).first() if worker else None
    context = {"month": found, "acts": acts, "totals": selectors.totals(acts), "worker": named}
    return _served("registry/paper/register.html", context, f"register-{found}.pdf")


@posts_that(May.REPORT)
@require_POST
def print_all(request: HttpRequest, post: Post, pk: int) -> HttpResponse:
    """Have all acts made in the background."""
    found = get_object_or_404(selectors.within(post), pk=pk)
    try:
        printing.begin(found, by=post)
        messages.success(request, _("The acts are being made. This page shows how far it is."))
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect("registry:month", pk)


@posts_that(May.REPORT)
@require_GET
def printed(request: HttpRequest, post: Post, pk: int) -> Any:
    """All acts of a month as they were made; who took them is on record."""
    found = get_object_or_404(selectors.within(post), pk=pk)
    job = ActsJob.objects.filter(month=found, state=JobState.DONE).first()
    if job is None:
        raise Http404
    audit.record("registry.acts_taken", job, by=post.user)
    return uploads.hand_out(job.kept_name, shown_name=f"acts-{found}.pdf")


def _served(template: str, context: dict[str, Any], name: str) -> HttpResponse:
    response = HttpResponse(pdf.pdf_of(template, context), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response
