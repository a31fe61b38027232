"""A resident's way through an instrument: list, start, questions, result. Answers travel in the form, nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from charter.references import bases_today
from portal.core.addresses import page_address
from portal.core.caching import public_page
from portal.core.errors import too_many
from portal.core.languages import LANGUAGES, OWN_NAMES, current
from portal.core.origin import same_site_only
from portal.core.throttling import Limit, TooMany, network
from portal.instruments import carrying, scoring, selectors
from portal.instruments.carrying import Carried
from portal.instruments.models import Purpose
from portal.instruments.selectors import Sheet
from portal.pages.checks import flow, reading, wording
from portal.pages.checks.finding import address_of
from portal.pages.checks.flow import Progress, Step

ANSWERING = Limit("answering-checks", 3000, 60 * 60)  # a shelter or a library is one network
LISTS = {Purpose.CHECK: "pages:checks", Purpose.SITUATION: "pages:may_get"}
Today = Mapping[str, tuple[Decimal, int]]


@require_GET
@public_page()
def checks(request: HttpRequest) -> HttpResponse:
    """Every needs check."""
    return _list(request, Purpose.CHECK)


@require_GET
@public_page()
def may_get(request: HttpRequest) -> HttpResponse:
    """Every situation in life."""
    return _list(request, Purpose.SITUATION)


def _list(request: HttpRequest, purpose: Purpose) -> HttpResponse:
    language = current()
    cards = [(card, address_of(card, language)) for card in selectors.published(language, purpose)]
    return render(request, "pages/checks/list.html", {"cards": cards, "is_check": purpose == Purpose.CHECK})


@same_site_only
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, code: str) -> HttpResponse:
    """One needs check."""
    return _step(request, Purpose.CHECK, code)


@same_site_only
@require_http_methods(["GET", "HEAD", "POST"])
def situation(request: HttpRequest, code: str) -> HttpResponse:
    """One situation in life."""
    return _step(request, Purpose.SITUATION, code)


def _step(request: HttpRequest, purpose: Purpose, code: str) -> HttpResponse:
    sheet = selectors.current(purpose, code)
    if request.method != "POST":
        if sheet is None:
            raise Http404(code)
        return start(request, sheet)
    try:
        ANSWERING.check(network(request))
    except TooMany as trouble:
        return too_many(request, trouble)
    token = request.POST.get("carry", "")
    carried = carrying.read(token) if token else Carried(sheet.id) if sheet else None
    begun = selectors.begun(carried.version, purpose, code) if carried else None
    if carried is None or begun is None:
        if sheet is None:
            raise Http404(code)
        return start(request, sheet, is_lost=True)
    return answer(request, begun, carried)


def answer(request: HttpRequest, sheet: Sheet, carried: Carried) -> HttpResponse:
    """The page that comes after what was sent."""
    today = bases_today()
    progress = flow.proceed(sheet.definition, carried, request.POST, reading.bases_of(today))
    if progress.step == Step.RESULT:
        return _result(request, sheet, progress.carried, today)
    return _questions(request, sheet, progress, today)


def _context(sheet: Sheet, language: str) -> dict[str, Any]:
    purpose = Purpose(sheet.purpose)
    is_check = purpose == Purpose.CHECK
    return {
        "sheet": sheet,
        "title": sheet.said(sheet.definition.title, language),
        "is_check": is_check,
        "is_invented": sheet.definition.is_invented,
        "is_outdated": language in sheet.outdated,
        "is_draft": sheet.published_at is None,
        "section": "pages:services",
        "crumbs": [(page_address(LISTS[purpose], language), _("Needs check") if is_check else _("What may I get?"))],
    }


def start(request: HttpRequest, sheet: Sheet, *, is_lost: bool = False) -> HttpResponse:
    """What it is about, before the first question."""
    language = current()
    context = _context(sheet, language) | {
        "lead": sheet.said(sheet.definition.lead, language),
        "count": len(sheet.definition.questions),
        "is_lost": is_lost,
    }
    return render(request, "pages/checks/start.html", context)


def _questions(request: HttpRequest, sheet: Sheet, progress: Progress, today: Today) -> HttpResponse:
    language, definition = current(), sheet.definition
    concerned = scoring.asked(definition, progress.carried.answers, reading.bases_of(today))
    shown = [progress.question] if progress.question else list(definition.questions)
    answers = {**progress.carried.answers, **progress.typed}
    asked = reading.asked(sheet, shown, language, answers, progress.errors)
    context = _context(sheet, language) | {
        "asked": asked,
        "errors": [question for question in asked if question.error],
        "carry": progress.carried.token(),
        "is_all": progress.step == Step.ALL,
        "languages": _languages(request, language),
    }
    if progress.question in concerned:
        place = concerned.index(progress.question) + 1
        context |= {"place": place, "places": len(concerned), "bar": range(1, len(concerned) + 1)}
    return render(request, "pages/checks/questions.html", context)


def _result(request: HttpRequest, sheet: Sheet, carried: Carried, today: Today) -> HttpResponse:
    language = current()
    score = scoring.score(sheet.definition, carried.answers, reading.bases_of(today))
    found = reading.result(sheet, score, today, language)
    ask_url, ask_for = _ask_url() if sheet.published_at is not None else "", request.POST.get("ask", "")[:40]
    if request.POST.get("go") == "text" or (ask_for and ask_url):
        text = {"as_text": wording.as_text(sheet, found, language), "ask_url": ask_url, "ask_for": ask_for}
        return render(request, "pages/checks/text.html", _context(sheet, language) | text | {"carry": carried.token()})
    context = _context(sheet, language) | {
        "result": found,
        "by_points": sheet.definition.by_points,
        "carry": carried.token(),
        "ask_url": ask_url,
        "languages": _languages(request, language),
    }
    return render(request, "pages/checks/result.html", context)


def _ask_url() -> str:
    """Where a result becomes a request, after the privacy notice."""
    try:
        return reverse("cases:ask")
    except NoReverseMatch:
        return ""


def _languages(request: HttpRequest, language: str) -> list[tuple[str, str, str]]:
    """The same page in the other languages: a form takes the answers along, a link would lose them."""
    rest = request.path[3:]
    return [(code, OWN_NAMES[code], f"/{code}{rest}") for code in LANGUAGES if code != language]
