"""Small things all day long: drafts kept, own sentences, one key to the editors, a screen that locks."""

from __future__ import annotations

from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from charter.memberships import staff_only
from chat import access
from chat.actions import drafts, replies
from chat.actions.errors import NotYours
from chat.desk import lock
from chat.desk.doors import desk_only, member, with_consultation
from chat.models import Consultation
from kb.gaps.signs import Sign, note
from kb.models import SignKind
from portal.core import audit, languages
from portal.core.throttling import Limit, TooMany

FLAGS = {"not_found": SignKind.NOT_FOUND, "wrong": SignKind.WRONG, "unclear": SignKind.UNCLEAR}
TRIES = Limit("unlock", 10, 15 * 60)


@require_POST
@with_consultation
def draft(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    try:
        drafts.keep(consultation, request.POST.get("text", ""), by=member(request))
    except NotYours:
        raise Http404 from None
    return HttpResponse(status=204)


@require_POST
@desk_only
def flag(request: HttpRequest) -> HttpResponse:
    """Not found, wrong, unclear: to the editors' gap board. The form's key makes a second press the same sign."""
    data = request.POST
    kind, language = FLAGS.get(data.get("kind", "")), data.get("language", "")
    if kind is None:
        raise Http404
    note(
        Sign(
            kind,
            language if language in languages.LANGUAGES else languages.current(),
            source=f"desk:{data.get('key', '')[:36] or uuid4()}",
            words="" if data.get("article") else data.get("words", "")[:200],
            note=data.get("note", "")[:500],
            article=data.get("article", "")[:40],
        )
    )
    return _back(request)


@require_POST
@desk_only
def drop_reply(request: HttpRequest) -> HttpResponse:
    replies.drop(request.POST.get("code", "")[:40], by=member(request))
    return _back(request)


@require_POST
@desk_only
def lock_screen(request: HttpRequest) -> HttpResponse:
    """From the script after a quarter of an hour without a key – or by hand, when one goes away."""
    if access.is_on_the_phone(member(request)) and request.POST.get("by") != "hand":
        return HttpResponse(status=204)
    lock.close(request)
    audit.record("desk.locked", member(request), by=member(request))
    return HttpResponseRedirect(f"{reverse('desk:unlock')}?next={request.POST.get('next', '')}")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_only(*access.ROLES)
def unlock(request: HttpRequest) -> HttpResponse:
    """The password opens it again where it was; nothing is lost meanwhile."""
    user, problems = member(request), []
    if request.method == "POST":
        try:
            TRIES.check(str(user.pk))
            if user.check_password(request.POST.get("password", "")):
                lock.open_again(request)
                audit.record("desk.unlocked", user, by=user)
                return _back(request)
            problems.append(("password", _("This is not your password")))
        except TooMany:
            problems.append(("password", _("Too many tries: wait a quarter of an hour, or sign out and in again")))
    back = request.POST.get("next") or request.GET.get("next", "")
    context = {"problems": problems, "next": back}
    return render(request, "desk/locked.html", context, status=422 if problems else 200)


def _back(request: HttpRequest) -> HttpResponse:
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()})
    return HttpResponseRedirect(back if is_ours else reverse("desk:floor"))
