"""Being told that there is an answer: asked for on the conversation's page, given up there or by a message's link."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from chat.actions import news
from chat.actions.errors import Ended, Unfit
from chat.models import Consultation
from chat.views.conversation import page
from chat.views.doors import holders_only
from portal.core import silence


@require_POST
@holders_only
def wish(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    to = request.POST.get("to", "")[:120]
    try:
        if "stop" in request.POST:
            news.drop(consultation)
        else:
            news.wish(consultation, to)
    except Unfit as unfit:
        problems = [("news-to", silence.refusal() if unfit.code == "silent" else _no_address())]
        return page(request, consultation, status=422, problems=problems, news_to=to)
    except Ended:
        pass  # its page says so
    return HttpResponseRedirect(reverse("chat:consultation", args=[consultation.public_id]))


@csrf_exempt  # the link is the whole right: mail programs press the button for their reader, without our cookies
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """By the link in a message, without a receipt. Looking stops nothing: programs look at the links of letters.

    One question, or every one for good; what was stopped for good is taken back by the same link.
    """
    done = ""
    if request.method == "POST":
        done = silence.press(request.POST, token, never=news.silence_by, enough=news.drop_by)
    context = {"done": done, "is_silent": done != "again" and silence.is_taken_back_by(token)}
    return render(request, "chat/no_news.html", context)


def _no_address() -> str:
    return _("Write a phone number like 0 612 34567 or an e-mail address")
