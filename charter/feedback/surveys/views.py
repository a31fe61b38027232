"""Answering a survey: page by page or all at once, back and forth, in any language, once."""

from __future__ import annotations

from dataclasses import replace

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from charter.feedback.models import Audience, Survey, SurveyInvitation
from charter.feedback.surveys import access, answering, filling, sheets
from charter.feedback.surveys.answering import NotInvited, Over, Sheet, Used
from charter.feedback.surveys.filling import Filled
from charter.feedback.surveys.languages import definition_of
from portal.core import clock
from portal.core.caching import public_page
from portal.core.languages import LANGUAGES, OWN_NAMES, current
from portal.core.origin import same_site_only
from portal.core.throttling import Limit, TooMany, network

SECTION = "charter:charter"
# A library, a shelter or an office's tablet is one network.
SENDING = Limit("survey-answers", times=120, seconds=60 * 60)
CODES = Limit("survey-codes", times=60, seconds=60 * 60)
TROUBLES = {
    "not_yet": gettext_lazy("This survey has not begun yet."),
    "over": gettext_lazy("This survey is over. Thank you for your interest."),
    "used": gettext_lazy("This invitation has been used already. Each invitation counts once."),
    "not_invited": gettext_lazy("Only people who were invited can answer this survey. Use the link or code you got."),
    "unknown": gettext_lazy("We do not know this invitation. Check the link or the code."),
    "foreign": gettext_lazy("What was sent does not belong to this survey. Open the survey again and answer it there."),
    "too_big": gettext_lazy("This was too much at once: a text may have 2,000 characters. Go back and shorten it."),
}
STATUS = {"over": 410, "used": 410, "not_yet": 404, "unknown": 404, "not_invited": 403, "foreign": 422, "too_big": 413}


@public_page()
def listed(request: HttpRequest) -> HttpResponse:
    """Surveys that everybody may answer today."""
    today, language = clock.today(), current()
    found = access.open_to_everybody(today)
    rows = []
    for survey in found:
        definition = definition_of(survey)
        rows.append((survey, definition.say(definition.title, language), definition.say(definition.lead, language)))
    return render(request, "feedback/surveys/list.html", {"rows": rows, "section": SECTION})


@same_site_only
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, public_id: str) -> HttpResponse:
    """The survey's page; a form that was sent leads on, back, or is kept."""
    survey = access.for_residents(public_id)
    if survey is None:
        raise Http404(public_id)
    if request.method != "POST":
        offer = request.GET.get("offer", "")[:300]
        if survey.audience == Audience.INVITED and answering.read_offer(survey, offer) is None:
            return _trouble(request, _closed(survey) or "not_invited", survey)
        return _first(request, survey, Filled(is_all="all" in request.GET, offer=offer))
    try:
        filled = filling.read(request.POST, definition_of(survey))
    except RequestDataTooBig:
        return _trouble(request, "too_big", survey)
    except filling.Foreign:
        return _trouble(request, "foreign", survey)
    closed = _closed(survey)
    return _trouble(request, closed, survey) if closed else _step(request, survey, filled)


@require_GET
def invited(request: HttpRequest, code: str) -> HttpResponse:
    """By a one-time link. Looking at it uses nothing up: programs that check mail open links, too."""
    return _by_code(request, code)


@same_site_only
@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: HttpRequest) -> HttpResponse:
    """By the code of a letter."""
    if request.method != "POST":
        return render(request, "feedback/surveys/letter.html", {})
    code = request.POST.get("code", "")[:64]
    try:
        CODES.check(network(request))
    except TooMany as trouble:
        context = {"code": code, "wrong": _("Many codes were tried from your network. Try again later.")}
        response = render(request, "feedback/surveys/letter.html", context, status=429)
        response["Retry-After"] = str(trouble.seconds)
        return response
    if access.invitation(code) is None:
        context = {"code": code, "wrong": _("We do not know this code. Check it against your letter.")}
        return render(request, "feedback/surveys/letter.html", context, status=422)
    return _by_code(request, code)


@require_GET
def thanks(request: HttpRequest, public_id: str) -> HttpResponse:
    """After sending: a page that may be loaded again."""
    survey = access.for_residents(public_id)
    if survey is None:
        raise Http404(public_id)
    definition = definition_of(survey)
    context = {"said": definition.say(definition.thanks, current())}
    return render(request, "feedback/surveys/thanks.html", context)


def _by_code(request: HttpRequest, code: str) -> HttpResponse:
    invitation = access.invitation(code)
    if invitation is None:
        response = _trouble(request, "unknown", None)
    elif _closed(invitation.survey):
        response = _trouble(request, _closed(invitation.survey), invitation.survey)
    elif invitation.is_used:
        response = _trouble(request, "used", invitation.survey)
    else:
        response = _first(request, invitation.survey, Filled(invitation=code))
    response["Referrer-Policy"] = "no-referrer"
    return response


def _closed(survey: Survey) -> str:
    today = clock.today()
    if survey.takes_answers(today):
        return ""
    return "over" if survey.is_over(today) else "not_yet"


def _first(request: HttpRequest, survey: Survey, filled: Filled) -> HttpResponse:
    closed = _closed(survey)
    if closed:
        return _trouble(request, closed, survey)
    first = definition_of(survey).visible_sections({})
    return _page(request, survey, replace(filled, at=first[0].code if first else ""))


def _step(request: HttpRequest, survey: Survey, filled: Filled) -> HttpResponse:
    """Lead on: `go` says where; what has a mistake stays where it is."""
    definition, go = definition_of(survey), request.POST.get("go", "next")
    if go == "stay":
        return _page(request, survey, filled)
    if go == "all":
        return _page(request, survey, replace(filled, is_all=True))
    if go == "back":
        return _page(request, survey, replace(filled, at=filling.beside(definition, filled, -1) or filled.at))
    sections = filling.sections_on_page(definition, filled)
    if filling.surprises(definition, filled, sections):
        return _page(request, survey, filled, note=_("Your answer leads to one more question on this page."))
    wrong = filling.mistakes(definition, filled, sections)
    if wrong:
        return _page(request, survey, filled, wrong=wrong, status=422)
    onward = "" if filled.is_all else filling.beside(definition, filled, 1)
    if onward:
        return _page(request, survey, replace(filled, at=onward))
    left = filling.mistakes(definition, filled, definition.sections)
    if left:
        at = next(section.code for section in definition.sections for one in section.questions if one.code in left)
        return _page(request, survey, replace(filled, at=at), wrong=left, status=422)
    return _send(request, survey, filled)


def _send(request: HttpRequest, survey: Survey, filled: Filled) -> HttpResponse:
    invitation: SurveyInvitation | None = None
    if filled.invitation:
        invitation = access.invitation(filled.invitation)
        if invitation is None:
            return _trouble(request, "unknown", survey)
    sheet = Sheet(filled.answers, current(), filled.key, invitation=invitation, offer=filled.offer)
    try:
        SENDING.check(network(request))
        answering.send(survey, sheet)
    except TooMany as trouble:
        said = _("Many answers came from your network. Yours are kept here: send them again later.")
        response = _page(request, survey, filled, note=said, status=429)
        response["Retry-After"] = str(trouble.seconds)
        return response
    except Over:
        return _trouble(request, "over", survey)
    except Used:
        return _trouble(request, "used", survey)
    except NotInvited:
        return _trouble(request, "not_invited", survey)
    return redirect("feedback:survey_thanks", survey.public_id)


def _page(
    request: HttpRequest,
    survey: Survey,
    filled: Filled,
    *,
    wrong: dict[str, str] | None = None,
    note: str = "",
    status: int = 200,
) -> HttpResponse:
    definition, language = definition_of(survey), current()
    elsewhere = f"/surveys/{survey.public_id}/"
    context = {
        "survey": survey,
        "page": sheets.page(definition, filled, language, wrong or {}),
        "filled": filled,
        "note": note,
        "address": f"/{language}{elsewhere}",
        "languages": [(code, OWN_NAMES[code], f"/{code}{elsewhere}") for code in LANGUAGES if code != language],
    }
    return render(request, "feedback/surveys/fill.html", context, status=status)


def _trouble(request: HttpRequest, what: str, survey: Survey | None) -> HttpResponse:
    context = {"said": TROUBLES[what], "survey": survey, "asks_code": what in ("unknown", "not_invited")}
    return render(request, "feedback/surveys/trouble.html", context, status=STATUS[what])
