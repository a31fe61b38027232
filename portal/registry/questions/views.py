"""Screens of the questions: put one together, read the answer, keep it, take it away as a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.core import audit
from portal.core.exports import as_csv, as_xlsx
from portal.core.readable import Readable
from portal.registry.models import Post, QuestionWish, Rhythm
from portal.registry.months.views import XLSX
from portal.registry.posts import posts_only
from portal.registry.questions import examples, reading, saved, showing
from portal.registry.questions.answer import answer
from portal.registry.questions.asking import QuestionForm
from portal.registry.questions.question import Question, kept
from portal.registry.refusals import Refused
from portal.registry.screens import screen

PLACE = "registry:questions"


@dataclass(frozen=True, slots=True)
class Listed(Readable):
    """A saved question in the list. `is_own`: may be taken away; `rhythm`: how often it comes by e-mail."""

    pk: int
    name: str
    url: str
    owner: str
    is_own: bool
    is_shared: bool
    rhythm: str


@posts_only
@require_GET
def questions(request: HttpRequest, post: Post) -> HttpResponse:
    """The form, and the answer where something is asked."""
    form = QuestionForm(request.GET if "measure" in request.GET else None, post=post)
    context: dict[str, Any] = {
        "form": form,
        "sections": form.sections,
        "saved": _saved(post),
        "rhythms": Rhythm.choices,
    }
    if form.is_bound and form.is_valid():
        context |= _answered(form, post)
    elif not form.is_bound:
        context["examples"] = examples.offered(form.reach)
    return screen(request, post, "registry/questions.html", context, place=PLACE)


@posts_only
@require_GET
def file(request: HttpRequest, post: Post, form: str) -> HttpResponse:
    """The answer as XLSX or CSV; an address that asks for nothing sensible leads back to the form that says so."""
    asked = QuestionForm(request.GET, post=post)
    if not asked.is_valid():
        return redirect(f"{reverse(PLACE)}?{request.GET.urlencode()}")
    _noticed(asked.question, post)
    rows, names = showing.rows(answer(asked.question, asked.reach), asked.question)
    if form == "csv":
        response = HttpResponse(as_csv(rows, names), content_type="text/csv; charset=utf-8")
    else:
        response = HttpResponse(as_xlsx(rows, names), content_type=XLSX)
    span = asked.question.span
    name = f"{asked.question.measure.code}-{span.first}-{span.last}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _answered(form: QuestionForm, post: Post) -> dict[str, Any]:
    question = form.question
    _noticed(question, post)
    found = answer(question, form.reach)
    return {
        "question": question,
        "said": reading.said(form),
        "answer": found,
        "lines": showing.lines(found, question, reverse(PLACE)),
        "is_cut": len(found.lines) > showing.MOST,
        "total": showing.total(found),
        "head": showing.head(question),
        "bars": showing.bars(found, question),
        "trend": showing.trend(found, question),
        "is_of_people": question.by == "person" and "person" in question.breakdowns,
    }


def _noticed(question: Question, post: Post) -> None:
    """Who looked at the people behind a figure goes on record."""
    if "person" in question.breakdowns or "person" in question.only:
        audit.record("registry.people_listed", post, by=post.user, question=question.address[:300])


def _saved(post: Post) -> list[Listed]:
    wishes = dict(QuestionWish.objects.filter(user=post.user).values_list("question", "rhythm"))
    return [
        Listed(
            one.pk,
            one.name,
            f"{reverse(PLACE)}?{_query(one.words)}",
            str(one.owner),
            one.owner_id == post.user_id,
            one.is_shared,
            wishes.get(one.pk, ""),
        )
        for one in saved.visible(post)
    ]


def _query(words: dict[str, str]) -> str:
    found = QueryDict(mutable=True)
    found.update(words)
    return found.urlencode()


@posts_only
@require_POST
def save(request: HttpRequest, post: Post) -> HttpResponse:
    """Keep the question one looks at."""
    words = kept(request.POST.dict())
    if QuestionForm(words, post=post).is_valid():
        try:
            found = saved.save(
                post, name=request.POST.get("name", ""), words=words, is_shared="is_shared" in request.POST
            )
            messages.success(request, _("The question “%(name)s” is kept.") % {"name": found.name})
        except Refused as refused:
            messages.error(request, refused.sentence)
    return redirect(f"{reverse(PLACE)}?{_query(words)}")


@posts_only
@require_POST
def drop(request: HttpRequest, post: Post, pk: int) -> HttpResponse:
    """Take away a question of one's own; a colleague's is not there."""
    if not saved.drop(post, pk):
        raise Http404(pk)
    messages.success(request, _("The question is taken away."))
    return redirect(PLACE)


@posts_only
@require_POST
def wish(request: HttpRequest, post: Post, pk: int) -> HttpResponse:
    """The answer by e-mail: how often, or no more."""
    found, rhythm = get_object_or_404(saved.visible(post), pk=pk), request.POST.get("rhythm", "")
    try:
        saved.wish(post, found, rhythm)
        messages.success(
            request,
            _("The answer will come by e-mail.") if rhythm in Rhythm.values else _("No more letters will come."),
        )
    except Refused as refused:
        messages.error(request, refused.sentence)
    return redirect(PLACE)


@csrf_exempt  # the link is the whole right: mail programs press the button for their reader, without our cookies
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """By the link in a letter. Looking stops nothing: programs look at the links of letters."""
    if request.method == "POST":
        saved.stop(token)
    return render(request, "registry/no_answer.html", {"is_done": request.method == "POST"})
