"""Pages for inviting people, and for entering what somebody answered on paper or by phone."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any, cast

import segno
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from charter.feedback.models import Survey, SurveyState, Way
from charter.feedback.surveys import access, answering, filling, inviting, sheets
from charter.feedback.surveys.filling import Filled
from charter.feedback.surveys.languages import definition_of
from charter.memberships import staff_only
from portal.core import clock, pdf
from portal.core.languages import LANGUAGES, OWN_NAMES, current
from portal.core.models import User

PLACE = "feedback:surveys"


@staff_only(*access.LEADERS)
@require_http_methods(["GET", "HEAD", "POST"])
def invitations(request: HttpRequest, public_id: str) -> HttpResponse:
    """Links by e-mail, letters with codes, reminders, and how many have answered."""
    survey = access.get_for_staff(_user(request), public_id)
    wrong: dict[str, str] = {}
    if request.method == "POST":
        try:
            done = _invite(request, survey, wrong)
        except inviting.NotOpen:
            messages.error(request, _("People can be invited only while the survey is open."))
            return redirect("feedback:survey_one", public_id)
        if done is not None:
            return done
    context = {
        "place": PLACE,
        "survey": survey,
        "standing": inviting.standing(survey),
        "languages": [(code, OWN_NAMES[code]) for code in LANGUAGES],
        "wrong": wrong,
        "typed": request.POST,
        "most": inviting.MOST_AT_ONCE,
        "is_open": survey.state == SurveyState.OPEN,
    }
    return render(request, "feedback/surveys/invitations.html", context, status=422 if wrong else 200)


def _invite(request: HttpRequest, survey: Survey, wrong: dict[str, str]) -> HttpResponse | None:
    """Do what was pressed; None when it is wrong."""
    deed = request.POST.get("do", "")
    if deed == "letters":
        typed = request.POST.get("many", "")
        many = int(typed) if typed.isdecimal() and len(typed) < 5 else 0
        if not 1 <= many <= inviting.MOST_AT_ONCE:
            wrong["many"] = _("Write a number from 1 to 500.")
            return None
        return _letters(request, survey, many)
    if deed == "remind":
        sent = inviting.remind(survey, by=_user(request))
        messages.success(request, _("Reminded: %(count)s.") % {"count": sent})
    else:
        found = inviting.addresses_in(request.POST.get("addresses", ""))
        if not found:
            wrong["addresses"] = _("Write at least one e-mail address.")
            return None
        sent = inviting.by_mail(survey, found, request.POST.get("language", ""), by=_user(request))
        messages.success(request, _("Invited: %(count)s.") % {"count": sent})
    return redirect("feedback:survey_invitations", survey.public_id)


def _letters(request: HttpRequest, survey: Survey, many: int) -> HttpResponse:
    """A sheet of letters to print and cut; without the means for PDF, the same as a page."""
    language = request.POST.get("language", "")
    language = language if language in LANGUAGES else survey.source_language
    codes = inviting.letters(survey, many, by=_user(request))
    definition = definition_of(survey)
    with override(language):
        address = request.build_absolute_uri(reverse("feedback:survey_letter"))
        context: dict[str, Any] = {
            "language": language,
            "title": definition.say(definition.title, language),
            "lead": definition.say(definition.lead, language),
            "survey": survey,
            "address": address,
            "drawing": _qr(address),
            "codes": [inviting.spaced(code) for code in codes],
        }
        if not pdf.is_possible():
            return render(request, "feedback/surveys/letters.html", context)
        content = pdf.pdf_of("feedback/surveys/letters.html", context)
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="letters-{survey.public_id[:8]}.pdf"'
    return response


@staff_only(*access.LEADERS)
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, public_id: str) -> HttpResponse:
    """Enter one paper after the other, in the language it was filled in."""
    survey = access.get_for_staff(_user(request), public_id)
    if not survey.takes_answers(clock.today()):
        messages.error(request, _("Answers can be entered only while the survey is open."))
        return redirect("feedback:survey_one", public_id)
    definition, filled, wrong, note = definition_of(survey), Filled(is_all=True), {}, ""
    if request.method == "POST":
        try:
            filled = replace(filling.read(request.POST, definition), is_all=True)
        except filling.Foreign:
            return redirect("feedback:survey_enter", public_id)
        if filling.surprises(definition, filled, definition.sections):
            note = _("Your answer leads to one more question on this page.")
        else:
            wrong = filling.mistakes(definition, filled, definition.sections)
            if not wrong:
                language = request.POST.get("language", "")
                language = language if language in LANGUAGES else current()
                sheet = answering.Sheet(filled.answers, language, filled.key, way=Way.PAPER)
                answering.send(survey, sheet)
                messages.success(request, _("Kept. The next paper can be entered."))
                return redirect("feedback:survey_enter", public_id)
    context = {
        "place": PLACE,
        "survey": survey,
        "page": sheets.page(definition, filled, current(), wrong),
        "filled": filled,
        "note": note,
        "address": request.path,
        "is_entry": True,
        "tongues": [(code, OWN_NAMES[code], code == request.POST.get("language", current())) for code in LANGUAGES],
    }
    return render(request, "feedback/surveys/enter.html", context, status=422 if wrong else 200)


def _qr(address: str) -> SafeString:
    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=0)
    return SafeString(out.getvalue().decode())


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)
