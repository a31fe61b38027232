"""Where appeals are answered: the list, one appeal, and everything that may be done with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from charter.feedback.appeals import access, actions, handling, openings, places, selectors
from charter.feedback.appeals.errors import Closed, NotYours, Unfit
from charter.feedback.appeals.forms import EntryForm
from charter.feedback.models import Appeal, AppealOutcome, Improvement, Story
from charter.memberships import staff_only
from charter.models import Institution
from portal.core import clock, uploads
from portal.core.languages import current
from portal.core.models import User

PLACE = "feedback:appeals"
GROUPS = [
    ("open", gettext_lazy("Open")),
    ("mine", gettext_lazy("Mine")),
    ("late", gettext_lazy("Late")),
    ("to_check", gettext_lazy("To be checked")),
    ("closed", gettext_lazy("Closed")),
    ("all", gettext_lazy("All")),
]
WRONG = {
    "note": gettext_lazy("Write the note."),
    "question": gettext_lazy("Write what you need and why."),
    "reason": gettext_lazy("Write why it takes longer. The resident reads it."),
    "days": gettext_lazy("Write how many working days more: 1 to 20."),
    "passed_to": gettext_lazy("Write to whom you pass it on."),
    "outcome": gettext_lazy("Choose what came of it."),
    "answer": gettext_lazy("Write the answer."),
    "why": gettext_lazy("Write what is to be changed."),
    "institution": gettext_lazy("Choose an institution."),
    "like": gettext_lazy("Choose another one."),
    "story": gettext_lazy("Whoever wrote it did not allow to tell of it."),
}


@staff_only(*access.HANDLERS)
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """What waits for an answer, the most urgent first."""
    group = request.GET.get("group", "open")
    words = request.GET.get("words", "")[:100]
    page = Paginator(selectors.listed(_user(request), group, words), 50).get_page(request.GET.get("page"))
    context = {
        "place": PLACE,
        "groups": GROUPS,
        "group": group,
        "words": words,
        "page": page,
        "rows": [(appeal, selectors.LOOKS[appeal.state], selectors.is_late(appeal)) for appeal in page],
        "counts": selectors.counts(_user(request)),
    }
    return render(request, "feedback/appeals/staff_list.html", context)


@staff_only(*access.HANDLERS)
@require_GET
def one(request: HttpRequest, public_id: str) -> HttpResponse:
    """One appeal with its record."""
    return _one(request, access.get_for_staff(_user(request), public_id))


def _one(request: HttpRequest, appeal: Appeal, *, field: str = "", status: int = 200) -> HttpResponse:
    user = _user(request)
    waiting = actions.unsent_answer(appeal)
    context = {
        "place": PLACE,
        "page": selectors.staff_page(appeal),
        "contact": selectors.contact_of(appeal),
        "alike": selectors.alike(appeal, user),
        "beside": selectors.beside(appeal, user),
        "institutions": places.institutions(),
        "outcomes": AppealOutcome.choices,
        "stories": Story.objects.order_by("-told_on")[:50] if appeal.is_quotable else (),
        "improvements": Improvement.objects.order_by("-proposed_on")[:50],
        "waiting": waiting,
        "may_check": waiting is not None and waiting.written_by_id != user.pk and access.may_lead(user, appeal),
        "wrong": {"field": field, "words": WRONG[field]} if field else None,
        "typed": request.POST or openings.opened(appeal, request.GET.get("begin", "")),
        "openings": openings.offered(),
        "begun": request.GET.get("begin", ""),
        "may_begin": access.may_lead(user, appeal),
        "may_extend": not appeal.extended_days and appeal.due_on is not None and appeal.due_on >= clock.today(),
    }
    return render(request, "feedback/appeals/staff_one.html", context, status=status)


@staff_only(*access.HANDLERS)
@require_POST
def act(request: HttpRequest, public_id: str, deed: str) -> HttpResponse:
    """Do one thing with it; what does not fit comes back with what was typed."""
    appeal = access.get_for_staff(_user(request), public_id)
    do = DEEDS.get(deed)
    if do is None:
        raise Http404(deed)
    try:
        done = do(appeal, request)
    except Unfit as no:
        return _one(request, appeal, field=no.field, status=422)
    except NotYours:
        messages.error(request, _("You wrote this answer yourself. A colleague who leads has to check it."))
    except Closed:
        messages.error(request, _("This cannot be done any more: a colleague was quicker, or it is closed."))
    else:
        messages.success(request, done)
    if not access.for_staff(_user(request)).filter(pk=appeal.pk).exists():
        return redirect("feedback:appeals")
    return redirect("feedback:appeal_one", appeal.public_id)


def _take(appeal: Appeal, request: HttpRequest) -> str:
    handling.take(appeal, by=_user(request))
    return _("You answer it.")


def _route(appeal: Appeal, request: HttpRequest) -> str:
    found = Institution.objects.filter(code=request.POST.get("institution", ""), live=True).first()
    if found is None:
        raise Unfit("institution")
    handling.route(appeal, found, by=_user(request), text=request.POST.get("route_note", ""))
    return _("Given to the institution. The time limit stays as it was.")


def _note(appeal: Appeal, request: HttpRequest) -> str:
    handling.write_note(appeal, request.POST.get("note", ""), by=_user(request))
    return _("The note is kept.")


def _ask(appeal: Appeal, request: HttpRequest) -> str:
    handling.ask(appeal, request.POST.get("question", ""), by=_user(request))
    return _("Asked. The clock stands until the resident adds it.")


def _extend(appeal: Appeal, request: HttpRequest) -> str:
    days = request.POST.get("days", "")
    handling.extend(
        appeal,
        int(days) if days.isdecimal() and len(days) < 4 else 0,
        request.POST.get("reason", ""),
        by=_user(request),
    )
    return _("The time limit is longer, and the resident reads why.")


def _pass_on(appeal: Appeal, request: HttpRequest) -> str:
    handling.pass_on(
        appeal, request.POST.get("passed_to", ""), by=_user(request), text=request.POST.get("passed_text", "")
    )
    return _("Passed on, and the resident reads to whom.")


def _answer(appeal: Appeal, request: HttpRequest) -> str:
    written = handling.answer(
        appeal, request.POST.get("outcome", ""), request.POST.get("answer", ""), by=_user(request)
    )
    return _("Answered.") if written.sent_at else _("Kept. It goes out as soon as a colleague has checked it.")


def _confirm(appeal: Appeal, request: HttpRequest) -> str:
    handling.confirm(appeal, by=_user(request))
    return _("The answer has gone out.")


def _return(appeal: Appeal, request: HttpRequest) -> str:
    handling.return_answer(appeal, request.POST.get("why", ""), by=_user(request))
    return _("Returned to its writer.")


def _group(appeal: Appeal, request: HttpRequest) -> str:
    reference = request.POST.get("like", "")
    other = access.for_staff(_user(request)).filter(reference=reference).first() if reference else None
    if reference and other is None:
        raise Unfit("like")
    handling.group(appeal, other, by=_user(request))
    return _("They stand together now.") if other else _("It stands alone now.")


def _tie(appeal: Appeal, request: HttpRequest) -> str:
    story = Story.objects.filter(code=request.POST.get("story", "")).first()
    improvement = Improvement.objects.filter(code=request.POST.get("improvement", "")).first()
    handling.tie(appeal, story=story, improvement=improvement, by=_user(request))
    return _("Kept. The resident sees what was changed.")


DEEDS: dict[str, Callable[[Appeal, HttpRequest], str]] = {
    "take": _take,
    "route": _route,
    "note": _note,
    "ask": _ask,
    "extend": _extend,
    "pass-on": _pass_on,
    "answer": _answer,
    "confirm": _confirm,
    "return": _return,
    "group": _group,
    "tie": _tie,
}


@staff_only(*access.HANDLERS)
@require_GET
def file(request: HttpRequest, public_id: str, paper: str) -> HttpResponseBase:
    """A paper of the appeal, as a download."""
    found = access.get_for_staff(_user(request), public_id).files.filter(public_id=paper).first()
    if found is None:
        raise Http404(paper)
    return uploads.hand_out(found.kept, shown_name=found.name)


@staff_only(*access.ENTERERS)
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """Enter what somebody said by phone, at the desk or in a letter; they get the same receipt."""
    if request.method == "POST":
        form = EntryForm(request.POST)
        if form.is_valid():
            said = form.cleaned_data
            told = form.told(said["language"])
            told = told.entered(channel=said["channel"], received_on=said["received_on"])
            receipt = actions.send(told, key=str(said["key"]), by=_user(request))
            return render(request, "feedback/appeals/entered.html", {"place": PLACE, "receipt": receipt})
    else:
        given = {name: request.GET.get(name, "")[:40] for name in ("service", "institution", "promise", "subject")}
        start = {"key": uuid4(), "received_on": clock.today(), "language": current(), **given}
        form = EntryForm(initial=start)
    form.order_fields(["key", "promise", "channel", "received_on", "language", "kind", "text"])
    context = {"place": PLACE, "form": form}
    return render(request, "feedback/appeals/enter.html", context, status=422 if form.errors else 200)


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)
