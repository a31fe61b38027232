"""What a resident adds to their case by themselves: words and papers, news, a helper."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from portal.cases import actions, mandates, news
from portal.cases.access import Held
from portal.cases.models import HelperRole
from portal.cases.requests.forms import check_day, day_field
from portal.cases.views import SENDING, holders_only, sent, show_case
from portal.core import audit, silence, uploads
from portal.core.origin import same_site_only
from portal.core.throttling import TooMany

LONGEST = 4000


@same_site_only
@require_POST
@holders_only
def write(request: HttpRequest, held: Held) -> HttpResponse:
    """Ask the office something, or send a paper nobody has asked for yet."""
    if not held.may_act:
        raise Http404
    words, key = request.POST.get("text", "")[:LONGEST], request.POST.get("key", "")[:40]
    more: dict[str, Any] = {"written": words}
    try:
        SENDING.check(held.link.public_id)
        actions.write(held.link, words, files=request.FILES.getlist("files"), key=key)
    except TooMany as trouble:
        wrong = _("You sent a great deal within an hour. Your words are kept here: send them again later.")
        response = show_case(request, held, errors={"more": wrong}, status=429, **more)
        response["Retry-After"] = str(trouble.seconds)
        return response
    except actions.NothingSent:
        return show_case(request, held, errors={"more": _("Write something or choose a file.")}, status=422, **more)
    except uploads.Refused as refusal:
        return show_case(request, held, errors={"more": str(refusal)}, status=422, **more)
    return sent()


@same_site_only
@require_POST
@holders_only
def wish_news(request: HttpRequest, held: Held) -> HttpResponse:
    """Be told when the case moves, or no longer."""
    if not held.may_act:
        raise Http404
    to = request.POST.get("to", "")[:200]
    try:
        if "stop" in request.POST:
            news.drop(held.link)
        else:
            news.wish(held.link, to)
    except news.Silent:
        return show_case(request, held, errors={"news": silence.refusal()}, status=422, news_to=to)
    except news.Unfit:
        wrong = _("Write a phone number like 0 612 34567 or an e-mail address")
        return show_case(request, held, errors={"news": wrong}, status=422, news_to=to)
    return redirect("cases:case")


class HelperForm(forms.Form):
    """Whom the person lets into their case."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    name = forms.CharField(
        label=gettext_lazy("Name of your helper"),
        max_length=120,
        error_messages={"required": gettext_lazy("Write the name of your helper.")},
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Who are they to you?"),
        choices=[
            (HelperRole.CHILD, gettext_lazy("my son or daughter")),
            (HelperRole.PARENT, gettext_lazy("my mother or father")),
            (HelperRole.SPOUSE, gettext_lazy("my husband, wife or partner")),
            (HelperRole.RELATIVE, gettext_lazy("another relative")),
            (HelperRole.WORKER, gettext_lazy("a social worker or another specialist")),
            (HelperRole.NEIGHBOUR, gettext_lazy("a neighbour, a friend or somebody else")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose who they are to you.")},
    )
    may = forms.ChoiceField(
        label=gettext_lazy("What may they do?"),
        choices=[
            ("see", gettext_lazy("Only see where the case stands")),
            ("act", gettext_lazy("Also answer, send papers and withdraw the request")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Choose what they may do.")},
    )
    until = day_field(
        label=gettext_lazy("Until when?"),
        help_text=gettext_lazy("Leave it empty if no day was set. You may end it at any time."),
        required=False,
    )

    def clean_until(self) -> Any:
        return check_day(self.cleaned_data["until"], gettext_lazy("This day has passed: choose a later one."))


@same_site_only
@require_http_methods(["GET", "HEAD", "POST"])
@holders_only
def helpers(request: HttpRequest, held: Held) -> HttpResponse:
    """Give somebody a code of their own. Only the person themselves can; a helper lets nobody in."""
    if held.mandate is not None:
        raise Http404
    form = HelperForm(request.POST) if request.method == "POST" else HelperForm(initial={"key": uuid4()})
    context: dict[str, Any] = {"form": form, "section": "cases:start"}
    if not form.is_bound or not form.is_valid():
        return render(request, "cases/helper.html", context, status=422 if form.is_bound else 200)
    said = form.cleaned_data
    receipt = mandates.invite(
        held.link,
        said["name"],
        role=said["role"],
        until=said["until"],
        may_act=said["may"] == "act",
        key=str(said["key"]),
    )
    return render(request, "cases/helper_code.html", context | {"receipt": receipt, "said": said})


@same_site_only
@require_POST
@holders_only
def end_help(request: HttpRequest, held: Held, public_id: str) -> HttpResponse:
    """The helper's code opens nothing from now on."""
    found = held.link.mandates.filter(public_id=public_id).first() if held.mandate is None else None
    if found is None:
        raise Http404
    mandates.end(found, by=audit.RESIDENT)
    return redirect("cases:case")
