"""The board of improvements, and the ideas of the staff."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from charter.feedback.improvements import actions, beginning, selectors, sparks
from charter.feedback.models import Idea, Improvement, ImprovementStage
from charter.memberships import Reach, staff_only
from charter.models import Role
from portal.core.languages import current
from portal.core.models import User

PLACE = "feedback:board"
EVERYBODY = tuple(Role)
LEADERS = (Role.SUPERVISOR, Role.MANAGER, Role.ADMINISTRATOR)
WRONG = {
    "waste": gettext_lazy("Write what goes to waste: time, ways, paper, nerves."),
    "wish": gettext_lazy("Write what would help."),
}


@staff_only(*LEADERS)
@require_GET
def board(request: HttpRequest) -> HttpResponse:
    """Improvements by stage, and ideas that nobody has answered yet."""
    context = {
        "place": PLACE,
        "columns": selectors.board(_reach(request)),
        "stages": ImprovementStage.choices,
        "ideas": selectors.new_ideas(),
    }
    return render(request, "feedback/improvements/board.html", context)


@staff_only(*LEADERS)
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """A new improvement, filled in with what set it off: a missed promise, a survey, an appeal, a gap."""
    asked = request.GET
    spark = sparks.read(asked.get("from", ""), asked.get("words", ""), user=_user(request), reach=_reach(request))
    form = beginning.BeginForm(spark, _reach(request), request.POST or None)
    if request.method == "POST" and form.is_valid():
        begun = beginning.begin(spark, form.cleaned_data, language=current(), by=_user(request))
        messages.success(request, _("It stands on the board now. You lead it."))
        return redirect(f"{reverse(PLACE)}#card-{begun.pk}")
    context = {"place": PLACE, "form": form, "spark": spark}
    return render(request, "feedback/improvements/begin.html", context, status=422 if form.errors else 200)


@staff_only(*LEADERS)
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """To another stage."""
    found = get_object_or_404(_within(request), pk=pk)
    try:
        actions.move(found, request.POST.get("stage", ""), by=_user(request))
    except actions.Unfit:
        messages.error(request, _("Choose a stage."))
    return redirect(PLACE)


@staff_only(*LEADERS)
@require_POST
def look_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Three months later: is it still so?"""
    found = get_object_or_404(_within(request), pk=pk)
    try:
        actions.look_again(found, has_held=request.POST.get("held") == "yes", by=_user(request))
        messages.success(request, _("It is written. Residents read it beside the improvement."))
    except actions.TooEarly:
        messages.error(request, _("Whether it held is looked at three months after it was finished."))
    return redirect(PLACE)


@staff_only(*LEADERS)
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an idea or decline it; whoever had it reads the answer."""
    idea, words = get_object_or_404(Idea, pk=pk), request.POST.get("answer", "")
    try:
        if "take" in request.POST:
            actions.take(idea, words, by=_user(request))
            messages.success(request, _("The idea stands on the board now."))
        else:
            actions.decline(idea, words, by=_user(request))
            messages.success(request, _("Answered."))
    except actions.Unfit:
        messages.error(request, _("Write an answer to whoever had the idea."))
    except actions.Answered:
        messages.error(request, _("A colleague has answered this idea already."))
    return redirect(PLACE)


@staff_only(*EVERYBODY)
@require_http_methods(["GET", "HEAD", "POST"])
def idea(request: HttpRequest) -> HttpResponse:
    """Two fields from anybody who works here, and what became of one's own."""
    wrong = ""
    if request.method == "POST":
        try:
            actions.suggest(request.POST.get("waste", ""), request.POST.get("wish", ""), by=_user(request))
        except actions.Unfit as no:
            wrong = no.field
        else:
            messages.success(request, _("Thank you. You get an answer here."))
            return redirect("feedback:idea")
    context = {
        "place": "feedback:idea",
        "mine": selectors.ideas_of(request.user),
        "wrong": {"field": wrong, "words": WRONG[wrong]} if wrong else None,
        "typed": request.POST,
    }
    return render(request, "feedback/improvements/idea.html", context, status=422 if wrong else 200)


def _within(request: HttpRequest) -> QuerySet[Improvement]:
    reach = _reach(request)
    found = Improvement.objects.all()
    return found if reach.whole_city else found.filter(institution__in=reach.institutions)


def _reach(request: HttpRequest) -> Reach:
    return cast(Reach, request.reach)  # type: ignore[attr-defined]


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)
