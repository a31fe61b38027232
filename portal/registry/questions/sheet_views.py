"""Screens of the statistical forms: read one for a month, take it away, put one together from kept questions."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.core import clock, pdf
from portal.core.exports import as_xlsx
from portal.core.languages import current
from portal.registry.access import May, may
from portal.registry.models import Post, StatForm
from portal.registry.months.views import XLSX
from portal.registry.posts import posts_that
from portal.registry.questions import saved, sheets
from portal.registry.questions.patterns import PATTERNS
from portal.registry.refusals import Refused
from portal.registry.screens import screen

PLACE = "registry:stat_forms"
MONTHS = 24


@posts_that(May.REPORT)
@require_http_methods(["GET", "POST"])
def forms(request: HttpRequest, post: Post) -> HttpResponse:
    """The forms, and a new one for who may compose."""
    if request.method == "POST":
        if not may(post, May.COMPOSE):
            raise Http404
        try:
            return redirect("registry:stat_form", _begun(request, post).pk)
        except Refused as refused:
            messages.error(request, refused.sentence)
            return redirect(PLACE)
    context = {
        "forms": sheets.within(post),
        "may_compose": may(post, May.COMPOSE),
        "columns": sheets.COLUMNS.items(),
        "patterns": [(code, pattern["names"][current()]) for code, pattern in PATTERNS.items()],
    }
    return screen(request, post, "registry/stat_forms.html", context, place=PLACE)


def _begun(request: HttpRequest, post: Post) -> StatForm:
    code = request.POST.get("example", "")
    if code in PATTERNS:
        return sheets.begin_with(code, by=post)
    name = " ".join(request.POST.get("name", "").split())[:120]
    return sheets.begin({current(): name}, request.POST.getlist("columns"), by=post)


@posts_that(May.REPORT)
@require_GET
def form(request: HttpRequest, post: Post, pk: int) -> HttpResponse:
    """One form for one month."""
    found = get_object_or_404(sheets.within(post), pk=pk)
    months = _months()
    first = _asked(request, months)
    context = {
        "form": found,
        "rows": sheets.worked_out(found, first, post),
        "columns": [sheets.COLUMNS[code] for code in found.columns],
        "months": months,
        "first": first,
        "may_compose": may(post, May.COMPOSE) and found.department == post.department,
        "saved": saved.visible(post),
    }
    return screen(request, post, "registry/stat_form.html", context, place=PLACE)


@posts_that(May.REPORT)
@require_GET
def file(request: HttpRequest, post: Post, pk: int, form: str) -> HttpResponse:
    """The form as XLSX or PDF."""
    found = get_object_or_404(sheets.within(post), pk=pk)
    first = _asked(request, _months())
    rows, columns = sheets.worked_out(found, first, post), [str(sheets.COLUMNS[code]) for code in found.columns]
    if form == "pdf":
        return _paper(request, found, {"form": found, "rows": rows, "columns": columns, "first": first}, first)
    head = _("Row")
    lines = [dict(zip([head, *columns], [row.name.text, *row.numbers], strict=True)) for row in rows]
    response = HttpResponse(as_xlsx(lines, [head, *columns]), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="form-{found.pk}-{first:%Y-%m}.xlsx"'
    return response


def _paper(request: HttpRequest, found: StatForm, context: dict[str, Any], first: dt.date) -> HttpResponse:
    if not pdf.is_possible():
        return render(request, "errors/no_paper.html", status=503)
    facts = context | {"language": current(), "day": clock.today()}
    content = pdf.pdf_of("registry/paper/stat_form.html", facts)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="form-{found.pk}-{first:%Y-%m}.pdf"'
    return response


@posts_that(May.COMPOSE)
@require_POST
def change(request: HttpRequest, post: Post, pk: int) -> HttpResponse:
    """One row more or less, or the whole form away."""
    found = get_object_or_404(sheets.changeable(post), pk=pk)
    said = request.POST
    if "drop" in said:
        sheets.drop(found, by=post)
        messages.success(request, _("The form is taken away."))
        return redirect(PLACE)
    if said.get("row", "").isdecimal():
        sheets.drop_row(found, int(said["row"]), by=post)
        return redirect("registry:stat_form", found.pk)
    asked = said.get("question", "")
    question = saved.visible(post).filter(pk=int(asked) if asked.isdecimal() else 0).first()
    try:
        if question is None:
            raise Refused("question_is_no_row", field="question")
        name = " ".join(said.get("name", "").split())[:120] or question.name
        sheets.add_row(found, question, names={current(): name}, by=post)
        messages.success(request, _("The row is added."))
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect("registry:stat_form", found.pk)


def _months() -> list[dt.date]:
    months = [clock.today().replace(day=1)]
    for _n in range(MONTHS - 1):
        months.append((months[-1] - dt.timedelta(days=1)).replace(day=1))
    return months


def _asked(request: HttpRequest, months: list[dt.date]) -> dt.date:
    """The month of the address; the last whole one without."""
    said = request.GET.get("month", "")
    return next((one for one in months if f"{one:%Y-%m}" == said), months[1])
