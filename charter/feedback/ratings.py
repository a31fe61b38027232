"""Rating what one got at a service or an institution, on the web or by the code of a poster."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from charter.catalogue import published_services
from charter.feedback import actions
from charter.feedback.models import RatingChannel
from charter.feedback.questions import Typed, read
from charter.models import Institution, Service
from charter.offices import published_institutions
from portal.core.languages import Localised, current
from portal.core.origin import same_site_only
from portal.core.throttling import Limit, TooMany, network
from portal.core.translations import columns_of, text

RATINGS = Limit("ratings", times=30, seconds=60 * 60)


@dataclass(frozen=True, slots=True)
class Subject:
    """What is rated."""

    kind: str
    code: str
    name: Localised
    service: Service | None = None
    institution: Institution | None = None


def _channel(request: HttpRequest) -> str:
    """Whether the code of a poster led here: it says so in its address, and the form hands it on."""
    by = request.POST.get("by") or request.GET.get("by")
    return RatingChannel.QR if by == RatingChannel.QR else RatingChannel.WEB


@same_site_only
def rate(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """The form, and keeping what was sent; a mistake brings the form back with what was written."""
    subject = _subject(kind, code)
    if subject is None:
        raise Http404(code)
    if request.method != "POST":
        return _form(request, subject, Typed(), error="")
    typed = read(request.POST)
    if typed.error:
        return _form(request, subject, typed, error=typed.error)
    try:
        RATINGS.check(network(request))
    except TooMany as trouble:
        error = _("Many answers came from your network. Your words are kept here: send them again later.")
        return _form(request, subject, typed, error=error, wait=trouble.seconds)
    actions.rate(
        subject_kind=kind,
        score=int(typed.score),
        text=typed.text,
        areas=typed.given,
        channel=_channel(request),
        language=current(),
        service=subject.service,
        institution=subject.institution,
        key=uuid.UUID(typed.key),
    )
    return HttpResponseRedirect(f"{reverse('feedback:thanks')}?rated")


def _form(request: HttpRequest, subject: Subject, typed: Typed, *, error: str, wait: int = 0) -> HttpResponse:
    """`wait`: so many seconds until sending makes sense again."""
    context = {"subject": subject, "typed": typed, "faces_error": error, "by": _channel(request)}
    status = 429 if wait else 422 if error else 200
    response = render(request, "feedback/rate.html", context, status=status)
    if wait:
        response["Retry-After"] = str(wait)
    return response


def _subject(kind: str, code: str) -> Subject | None:
    published = {"service": published_services, "institution": published_institutions}.get(kind)
    row = published().filter(code=code).values("id", *columns_of(("name",))).first() if published else None
    if row is None:
        return None
    name = text(row, "name", current())
    if kind == "service":
        service = Service.objects.select_related("provider").get(pk=row["id"])
        return Subject(kind, code, name, service=service, institution=service.provider)
    return Subject(kind, code, name, institution=Institution.objects.get(pk=row["id"]))
