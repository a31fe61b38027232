"""Screens of the week plan: proposed, changed, signed, printed; the hours of posts and groups."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.core import pdf
from portal.core.languages import current, pick
from portal.registry import access
from portal.registry.access import May, may
from portal.registry.models import (
    CarePackage,
    CareService,
    PlanState,
    Post,
    PostRole,
    Programme,
    ProgrammeState,
    WeekPlan,
)
from portal.registry.plans import actions, saying
from portal.registry.plans.forms import CapacityForm, PackageForm, WeekForm, capacity_initial, groups
from portal.registry.plans.proposing import hours
from portal.registry.posts import posts_only, posts_that
from portal.registry.programmes.forms import WEEKDAYS
from portal.registry.refusals import Refused
from portal.registry.screens import screen

PLACE = "registry:recipients"


@posts_only
@require_GET
def week(request: HttpRequest, post: Post, pk: int) -> HttpResponse:
    """A programme’s week: the draft where there is one, else what is signed."""
    return _shown(request, post, _programme(post, pk))


@posts_that(May.PLAN)
@require_POST
def propose(request: HttpRequest, post: Post, pk: int) -> HttpResponse:
    """Propose a week."""
    found = _programme(post, pk)
    try:
        actions.draft(found, by=post)
        messages.success(request, _("The week is proposed. Look through it; the head signs."))
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect("registry:week", pk)


@posts_that(May.PLAN)
@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, post: Post, pk: int) -> HttpResponse:
    """Change the week by hand: a draft in place of the one there is."""
    found = _programme(post, pk)
    form = WeekForm(request.POST or None, programme=found, plan=_plan(found))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(found, form.cleaned_data["worker"], form.week(), by=post)
            return redirect("registry:week", pk)
        except Refused as refused:
            form.refuse(refused)
    context = {"form": form, "programme": found, "person": found.recipient}
    return screen(request, post, "registry/week_form.html", context, place=PLACE)


@posts_that(May.SIGN)
@require_POST
def sign(request: HttpRequest, post: Post, pk: int) -> HttpResponse:
    """Sign the draft of a week that is named by its version."""
    found = _programme(post, pk)
    version = request.POST.get("version", "")
    draft = WeekPlan.objects.filter(programme=found, state=PlanState.DRAFT).first()
    if draft is None or str(draft.version) != version:
        messages.error(request, _("The week has been changed meanwhile. Look through it again."))
        return redirect("registry:week", pk)
    try:
        actions.sign(draft, why=request.POST.get("why", ""), by=post)
        messages.success(request, _("The week is signed. The worker’s day shows it from now on."))
    except Refused as refused:
        return _shown(request, post, found, refused=refused)
    return redirect("registry:week", pk)


@posts_only
@require_GET
def paper(request: HttpRequest, post: Post, pk: int) -> HttpResponse:
    """The week as PDF."""
    found = _programme(post, pk)
    plan = _plan(found)
    if plan is None:
        raise Http404
    if not pdf.is_possible():
        return render(request, "errors/no_paper.html", status=503)
    context = {"programme": found, "person": found.recipient} | _week(plan)
    response = HttpResponse(pdf.pdf_of("registry/paper/week.html", context), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="week-{found.number}-{plan.version}.pdf"'
    return response


@posts_that(May.SIGN)
@require_http_methods(["GET", "POST"])
def capacity(request: HttpRequest, post: Post) -> HttpResponse:
    """The hours of posts and of groups; the form that was sent is named by `what`."""
    what = request.POST.get("what", "")
    forms: dict[str, Any] = {"package": PackageForm(request.POST if what == "package" else None, prefix="package")}
    holders = _workers(post)
    for holder in holders:
        name = f"post-{holder.pk}"
        initial = capacity_initial(getattr(holder, "capacity", None))
        forms[name] = CapacityForm(request.POST if what == name else None, prefix=name, initial=initial)
    tried = forms.get(what)
    if tried is not None and tried.is_valid():
        try:
            _keep(what, tried, holders, post)
            messages.success(request, _("It is written down."))
            return redirect("registry:capacity")
        except Refused as refused:
            tried.refuse(refused)
    names = groups()
    packages = [(one, names.get((one.instrument, one.group), one.group)) for one in CarePackage.objects.all()]
    context = {
        "form": tried,
        "package_form": forms["package"],
        "workers": [(one, forms[f"post-{one.pk}"]) for one in holders],
        "packages": [(one, name, hours(one.minutes_week)) for one, name in packages],
    }
    return screen(request, post, "registry/capacity.html", context, place="registry:capacity")


def _keep(what: str, form: Any, holders: list[Post], post: Post) -> None:
    if what == "package":
        data = form.cleaned_data
        instrument, group = data["group"].split("|")
        minutes = int(data["hours"] * 60)
        actions.set_package(instrument, group, valid_from=data["valid_from"], minutes=minutes, by=post)
        return
    holder = next(one for one in holders if f"post-{one.pk}" == what)
    actions.set_capacity(holder, form.facts(), by=post)


def _workers(post: Post) -> list[Post]:
    posts = Post.objects.filter(role=PostRole.SOCIAL_WORKER, user__is_active=True).select_related("user", "capacity")
    mine = posts.filter(department=post.department) if post.department else posts
    return list(mine.order_by("user__display_name", "pk"))


def _shown(request: HttpRequest, post: Post, found: Programme, *, refused: Refused | None = None) -> HttpResponse:
    plan = _plan(found)
    in_force = found.state == ProgrammeState.SIGNED
    context: dict[str, Any] = {
        "programme": found,
        "person": found.recipient,
        "plan": plan,
        "may_plan": may(post, May.PLAN) and in_force,
        "may_sign": may(post, May.SIGN) and in_force and plan is not None and plan.is_draft,
        "versions": WeekPlan.objects.filter(programme=found).select_related("signed_by", "worker__user"),
        "has_paper": pdf.is_possible(),
        "refused": refused,
        "typed": request.POST if refused else {},
    } | (_week(plan) if plan else {})
    response = screen(request, post, "registry/week.html", context, place=PLACE)
    response.status_code = 422 if refused else 200
    return response


def _week(plan: WeekPlan) -> dict[str, Any]:
    """A plan in words: its days in order, why, and what does not go together."""
    names = dict(CareService.objects.values_list("code", "names"))
    stops = list(plan.stops.all())
    total = sum(stop.minutes for stop in stops)
    return {
        "plan": plan,
        "stops": [
            (
                WEEKDAYS[stop.weekday][1],
                stop,
                [(pick(names.get(code, {}), current()), minutes) for code, minutes in stop.services.items()],
            )
            for stop in stops
        ],
        "reasons": saying.reasons(plan.reasons),
        "conflicts": saying.conflicts(actions.conflicts_of(plan)) if plan.is_draft else [],
        "total": hours(total),
        "package": None if plan.minutes_package is None else hours(plan.minutes_package),
    }


def _plan(programme: Programme) -> WeekPlan | None:
    plans = (
        WeekPlan.objects.filter(programme=programme)
        .exclude(state=PlanState.REPLACED)
        .select_related("worker__user", "signed_by")
    )
    return plans.order_by("-version").first()


def _programme(post: Post, pk: int) -> Programme:
    known = Programme.objects.filter(recipient__in=access.people(post).values("pk"))
    return get_object_or_404(known.select_related("recipient", "worker__user"), pk=pk)
