"""Where managers build surveys: the list, one survey, its parts, its frame, its preview."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from charter.feedback.models import Survey, SurveyState
from charter.feedback.surveys import access, building, checking, editing, patterns, sheets, typed
from charter.feedback.surveys.definition import Kind
from charter.feedback.surveys.filling import Filled
from charter.feedback.surveys.languages import definition_of, standings
from charter.feedback.surveys.progress import progress_of
from charter.feedback.surveys.staff_forms import FrameForm
from charter.memberships import Reach, staff_only
from charter.models import Area, Institution, ServiceStandard
from portal.core import audit, clock
from portal.core.languages import LANGUAGES, OWN_NAMES, Localised, current
from portal.core.models import User

PLACE = "feedback:surveys"
LANGUAGE_ROWS = [(code, OWN_NAMES[code]) for code in LANGUAGES]


@staff_only(*access.LEADERS)
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """Surveys of this person's institutions, and patterns to begin with."""
    surveys = access.for_staff(_user(request)).annotate(answers=Count("responses"))
    reach = _reach(request)
    offices = Institution.objects.filter(live=True)
    context = {
        "place": PLACE,
        "rows": [(survey, _title(survey), progress_of(survey, survey.answers)) for survey in surveys],
        "patterns": patterns.PATTERNS,
        "whole_city": reach.whole_city,
        "offices": offices if reach.whole_city else offices.filter(pk__in=reach.institutions),
    }
    return render(request, "feedback/surveys/staff_list.html", context)


def _title(survey: Survey) -> Localised:
    """In the reader's language, or in the one there is; empty while a draft has none."""
    definition = definition_of(survey)
    return definition.say(definition.title, current())


@staff_only(*access.LEADERS)
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    """A draft from a pattern."""
    reach = _reach(request)
    office = Institution.objects.filter(code=request.POST.get("institution", ""), live=True).first()
    if not reach.covers(office.pk if office else None):
        messages.error(request, _("Choose your institution."))
        return redirect(PLACE)
    try:
        survey = building.begin(request.POST.get("pattern", ""), institution=office, by=_user(request))
    except KeyError:
        messages.error(request, _("Choose what to begin with."))
        return redirect(PLACE)
    return redirect("feedback:survey_one", survey.public_id)


@staff_only(*access.LEADERS)
@require_GET
def one(request: HttpRequest, public_id: str) -> HttpResponse:
    """What it asks, in order, with everything that may be done with it."""
    survey = access.get_for_staff(_user(request), public_id)
    definition, said = definition_of(survey), standings(survey)
    context = {
        "place": PLACE,
        "survey": survey,
        "definition": definition,
        "title": definition.say(definition.title, current()),
        "rows": [
            (
                section,
                definition.say(section.title, current()),
                [(one, definition.say(one.text, current())) for one in section.questions],
            )
            for section in definition.sections
        ],
        "findings": checking.findings(survey, clock.today()) if survey.state == SurveyState.DRAFT else (),
        "languages": [(code, name, said[code], len(definition.missing(code))) for code, name in LANGUAGE_ROWS],
        "kinds": Kind.choices,
        "progress": progress_of(survey),
        "address": request.build_absolute_uri(f"/{current()}/surveys/{survey.public_id}/"),
        "may_take_back": survey.state == SurveyState.OPEN and not survey.responses.exists(),
    }
    return render(request, "feedback/surveys/staff_one.html", context)


@staff_only(*access.LEADERS)
@require_http_methods(["GET", "HEAD", "POST"])
def frame(request: HttpRequest, public_id: str) -> HttpResponse:
    """When it is open, to whom, what it is about; and its title in four languages."""
    survey = access.get_for_staff(_user(request), public_id)
    if survey.state == SurveyState.CLOSED:
        return redirect("feedback:survey_one", public_id)
    form = FrameForm(request.POST or None, instance=survey, reach=_reach(request))
    if request.method == "POST" and form.is_valid():
        form.save(commit=False).save(update_fields=list(form.fields))  # what a colleague did meanwhile stays
        audit.record("survey.framed", survey, by=_user(request))
        if survey.state == SurveyState.DRAFT:
            said = {name: typed.texts(request.POST, name) for name in ("title", "lead", "thanks")}
            building.write(survey, editing.with_texts(survey.document, said), by=_user(request))
        messages.success(request, _("Kept."))
        return redirect("feedback:survey_one", public_id)
    document = survey.document
    if request.method == "POST" and survey.state == SurveyState.DRAFT:
        document = editing.with_texts(document, {n: typed.texts(request.POST, n) for n in ("title", "lead", "thanks")})
    context = {
        "place": PLACE,
        "survey": survey,
        "form": form,
        "is_draft": survey.state == SurveyState.DRAFT,
        "texts": [
            _text(document, "title", _("Title")),
            _text(document, "lead", _("Words at the beginning"), is_long=True),
            _text(document, "thanks", _("Words of thanks at the end"), is_long=True),
        ],
    }
    return render(request, "feedback/surveys/staff_frame.html", context, status=422 if form.errors else 200)


@staff_only(*access.LEADERS)
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, public_id: str, code: str) -> HttpResponse:
    """A section's title and words in four languages, and for whom it is."""
    survey = _draft(request, public_id)
    try:
        part = editing.section(survey.document, code)
    except editing.NoSuchPart:
        raise Http404(code) from None
    wrong = ""
    if request.method == "POST":
        try:
            fields = typed.section(request.POST)
            building.write(survey, editing.with_changed_section(survey.document, code, fields), by=_user(request))
            messages.success(request, _("Kept."))
            return redirect("feedback:survey_one", public_id)
        except typed.Mixed:
            wrong = _("Choose answers of one question only.")
            part |= {"title": typed.texts(request.POST, "title"), "lead": typed.texts(request.POST, "lead")}
    context = {
        **_around(request, survey, code, part),
        "wrong": wrong,
        "texts": [
            _text(part, "title", _("Title of the section")),
            _text(part, "lead", _("Words before the questions")),
        ],
    }
    return render(request, "feedback/surveys/staff_section.html", context, status=422 if wrong else 200)


@staff_only(*access.LEADERS)
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, public_id: str, code: str) -> HttpResponse:
    """One question in four languages side by side, its answers, and for whom it is."""
    survey = _draft(request, public_id)
    try:
        part = editing.question(survey.document, code)
    except editing.NoSuchPart:
        raise Http404(code) from None
    wrong = ""
    if request.method == "POST":
        try:
            part |= typed.question(request.POST)
            building.write(survey, editing.with_changed_question(survey.document, code, part), by=_user(request))
            if request.POST.get("do", "save") == "save":
                messages.success(request, _("Kept."))
                return redirect("feedback:survey_one", public_id)
            return redirect(f"{request.path}#options")
        except typed.Mixed:
            wrong = _("Choose answers of one question only.")
    options = [*part.get("options", ()), *({"code": "", "text": {}} for _n in range(typed.BLANK_OPTIONS))]
    context = {
        **_around(request, survey, code, part),
        "wrong": wrong,
        "kinds": Kind.choices,
        "areas": Area.choices,
        "standards": ServiceStandard.objects.filter(live=True),
        "texts": [_text(part, "text", _("Question")), _text(part, "help", _("Words of help below it"))],
        "ends": [_text(part, "low", _("Words for 1")), _text(part, "high", _("Words for the highest number"))],
        "options": [_text(row, "text", f"o{place}") | {"code": row["code"]} for place, row in enumerate(options)],
        "last_option": len(part.get("options", ())) - 1,
    }
    return render(request, "feedback/surveys/staff_question.html", context, status=422 if wrong else 200)


@staff_only(*access.LEADERS)
@require_GET
def preview(request: HttpRequest, public_id: str) -> HttpResponse:
    """As residents will see it, all on one page, in the language of the address."""
    survey = access.get_for_staff(_user(request), public_id)
    filled = Filled(is_all=True)
    context = {
        "place": PLACE,
        "survey": survey,
        "page": sheets.page(definition_of(survey), filled, current(), {}),
        "filled": filled,
        "address": "",
        "is_preview": True,
        "previews": [(code, name, f"/{code}{request.path[3:]}") for code, name in LANGUAGE_ROWS],
    }
    return render(request, "feedback/surveys/preview.html", context)


@staff_only(*access.LEADERS)
@require_POST
def act(request: HttpRequest, public_id: str, deed: str) -> HttpResponse:
    """Do one thing with it."""
    survey, do = access.get_for_staff(_user(request), public_id), DEEDS.get(deed)
    if do is None:
        raise Http404(deed)
    try:
        return do(survey, request)
    except building.Fixed:
        messages.error(request, _("It has been opened: its questions cannot be changed any more. Make a copy."))
    except building.NotReady:
        messages.error(request, _("Something stands in the way of opening it. See below."))
    except building.Incomplete:
        messages.error(request, _("Some texts are not there in this language yet."))
    except editing.NoSuchPart:
        messages.error(request, _("A colleague has changed this survey in the meantime."))
    return redirect("feedback:survey_one", public_id)


def _add_section(survey: Survey, request: HttpRequest) -> HttpResponse:
    document, code = editing.with_section(survey.document)
    building.write(survey, document, by=_user(request))
    return redirect("feedback:survey_section", survey.public_id, code)


def _add_question(survey: Survey, request: HttpRequest) -> HttpResponse:
    kind = request.POST.get("kind", "")
    kind = kind if kind in Kind.values else Kind.SCALE5.value
    document, code = editing.with_question(survey.document, request.POST.get("section", ""), kind)
    building.write(survey, document, by=_user(request))
    return redirect("feedback:survey_question", survey.public_id, code)


def _move(survey: Survey, request: HttpRequest) -> HttpResponse:
    way, _colon, code = request.POST.get("part", "").partition(":")
    building.write(survey, editing.moved(survey.document, code, way), by=_user(request))
    return _to(survey, code)


def _remove(survey: Survey, request: HttpRequest) -> HttpResponse:
    building.write(survey, editing.without(survey.document, request.POST.get("part", "")), by=_user(request))
    return _to(survey)


def _declare(survey: Survey, request: HttpRequest) -> HttpResponse:
    building.declare(survey, request.POST.get("language", ""), by=_user(request))
    return _to(survey)


def _open(survey: Survey, request: HttpRequest) -> HttpResponse:
    building.open_(survey, by=_user(request))
    messages.success(request, _("Opened. Residents can answer it from its first day on."))
    return _to(survey)


def _take_back(survey: Survey, request: HttpRequest) -> HttpResponse:
    building.take_back(survey, by=_user(request))
    messages.success(request, _("It is a draft again."))
    return _to(survey)


def _close(survey: Survey, request: HttpRequest) -> HttpResponse:
    building.close(survey, by=_user(request))
    messages.success(request, _("Closed. The addresses of those invited have been deleted."))
    return _to(survey)


def _copy(survey: Survey, request: HttpRequest) -> HttpResponse:
    fresh = building.copy(survey, by=_user(request))
    messages.success(request, _("This is the copy. Its results will be compared with those of the period before."))
    return _to(fresh)


def _throw_away(survey: Survey, request: HttpRequest) -> HttpResponse:
    building.throw_away(survey, by=_user(request))
    messages.success(request, _("The draft is gone."))
    return redirect(PLACE)


DEEDS: dict[str, Callable[[Survey, HttpRequest], HttpResponse]] = {
    "add-section": _add_section,
    "add-question": _add_question,
    "move": _move,
    "remove": _remove,
    "declare": _declare,
    "open": _open,
    "take-back": _take_back,
    "close": _close,
    "copy": _copy,
    "throw-away": _throw_away,
}


def _to(survey: Survey, part: str = "") -> HttpResponse:
    response = redirect("feedback:survey_one", survey.public_id)
    response["Location"] += f"#part-{part}" if part else ""
    return response


def _draft(request: HttpRequest, public_id: str) -> Survey:
    survey = access.get_for_staff(_user(request), public_id)
    if survey.state != SurveyState.DRAFT:
        raise Http404(public_id)
    return survey


def _around(request: HttpRequest, survey: Survey, code: str, part: dict[str, Any]) -> dict[str, Any]:
    """What the forms of a section and of a question have in common: of which answers it may depend."""
    definition = definition_of(survey)
    chosen = part.get("show_if") or {}
    if request.method == "POST":
        ticked = set(request.POST.getlist("branch"))
    else:
        ticked = {f"{chosen.get('question')}={value}" for value in chosen.get("values", ())}
    branches = []
    for asked in typed.may_be_asked_about(definition, code):
        words = {option.code: definition.say(option.text, current()).text for option in asked.options}
        answers = [(f"{asked.code}={value}", words.get(value, value)) for value in asked.values]
        branches.append(
            (definition.say(asked.text, current()), [(name, text, name in ticked) for name, text in answers])
        )
    return {"place": PLACE, "survey": survey, "code": code, "part": part, "branches": branches, "has_branch": ticked}


def _text(part: dict[str, Any], name: str, label: str, *, is_long: bool = False) -> dict[str, Any]:
    said = part.get(name) or {}
    columns = [(code, language, said.get(code, "")) for code, language in LANGUAGE_ROWS]
    return {"name": name, "label": label, "columns": columns, "is_long": is_long}


def _reach(request: HttpRequest) -> Reach:
    return cast(Reach, request.reach)  # type: ignore[attr-defined]


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)
