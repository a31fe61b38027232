"""The editors' room for questions: versions, their form, their tests, and a second pair of eyes before publishing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from charter.references import bases_today
from kb.cms.doors import editors_only, is_editor, user_of, writers_only
from portal.core.addresses import coded_address
from portal.core.languages import LANGUAGES, OWN_NAMES
from portal.core.models import User
from portal.instruments import actions, comparing, selectors
from portal.instruments.conditions import Bases
from portal.instruments.models import Instrument, Purpose, State, Version
from portal.instruments.reading import Unsound
from portal.pages.checks import forms
from portal.pages.checks.mistakes import sentence


def _bases() -> Bases:
    return {code: amount for code, (amount, _year) in bases_today().items()}


def _screen(request: HttpRequest, name: str, title: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    frame = {"page_title": title, "header_icon": "form", "may_publish": is_editor(user_of(request))}
    return render(request, f"pages/checks/cms/{name}.html", frame | context, status=status)


@writers_only
@require_http_methods(["GET", "HEAD"])
def listed(request: HttpRequest) -> HttpResponse:
    """Every set of questions with its versions."""
    found = Instrument.objects.prefetch_related("versions__written_by")
    return _screen(request, "list", _("Questions for residents"), {"instruments": found, "purposes": Purpose.choices})


@editors_only
@require_POST
def new(request: HttpRequest) -> HttpResponse:
    """A new set of questions with an empty draft."""
    code, purpose = slugify(request.POST.get("code", ""))[:40], request.POST.get("purpose", "")
    if not code or purpose not in Purpose.values or Instrument.objects.filter(code=code).exists():
        messages.error(request, _("Write a code that is not used yet: Latin letters, digits, hyphens."))
        return redirect("questions:listed")
    instrument = Instrument.objects.create(code=code, purpose=purpose)
    draft = actions.begin(instrument, by=user_of(request), document={"title": {}, "sections": [], "outcomes": []})
    return redirect("questions:version", draft.pk)


@writers_only
@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft that begins as the newest version is."""
    instrument = get_object_or_404(Instrument, pk=pk)
    try:
        return redirect("questions:version", actions.begin(instrument, by=user_of(request)).pk)
    except actions.NotNow:
        messages.error(request, _("There is a draft already: finish it first."))
        return redirect("questions:listed")


@writers_only
@require_http_methods(["GET", "HEAD", "POST"])
def version(request: HttpRequest, pk: int) -> HttpResponse:
    """One version: its form while it is a draft, its tests, what may be done with it."""
    found = get_object_or_404(Version.objects.select_related("instrument", "written_by"), pk=pk)
    language = request.GET.get("language", "")
    language = language if language in LANGUAGES else found.source_language
    languages = tuple(dict.fromkeys((found.source_language, language)))
    if request.method == "POST":
        return _save(request, found, languages)
    return _version(request, found, found.document, languages)


def _save(request: HttpRequest, found: Version, languages: tuple[str, ...]) -> HttpResponse:
    document = forms.read(found.document, request.POST, languages)
    if request.POST.get("seen") != found.changed_at.isoformat():
        messages.error(
            request, _("Somebody else has saved meanwhile. Your words are still here: save again to keep them.")
        )
        return _version(request, found, document, languages, status=409)
    translated = {code: f"declared.{code}" in request.POST for code in languages if code != found.source_language}
    try:
        actions.change(found, document, by=user_of(request), translated=translated)
    except actions.NotNow:
        messages.error(request, _("This version is no draft any more."))
        return redirect("questions:version", found.pk)
    messages.success(request, _("Saved."))
    response = redirect("questions:version", found.pk)
    response["Location"] += f"?language={languages[-1]}"
    return response


def _version(
    request: HttpRequest, found: Version, document: dict[str, Any], languages: tuple[str, ...], status: int = 200
) -> HttpResponse:
    source = found.source_language
    declared = found.translated_from
    words = selectors.source_hash(document, source)
    mistakes, failed = _tested(found)
    states = [
        (
            code,
            OWN_NAMES[code],
            coded_address("pages:check_preview", code, str(found.pk)),
            selectors.untranslated(document, source, code),
            code in declared,
            declared.get(code) == words,
        )
        for code in LANGUAGES
    ]
    context = {
        "version": found,
        "seen": found.changed_at.isoformat(),
        "form": forms.shown(document, languages),
        "languages": languages,
        "language": languages[-1],
        "is_declared": declared.get(languages[-1]) == words,
        "states": states,
        "mistakes": mistakes,
        "failed": failed,
        "cases": len(document.get("cases") or ()),
        "is_draft": found.state == State.DRAFT,
        "is_waiting": found.state == State.WAITING,
        "is_published": found.state == State.PUBLISHED,
        "is_own": found.written_by_id == user_of(request).pk,
        "others": found.instrument.versions.exclude(pk=found.pk),
    }
    title = _("%(code)s, version %(number)s") % {"code": found.instrument.code, "number": found.number}
    return _screen(request, "version", title, context, status)


def _tested(found: Version) -> tuple[list[str], list[tuple[str, str, str]]]:
    """Mistakes in words; test cases that fail: name, expected, what came out."""
    try:
        failed = actions.test(found, _bases())
    except Unsound as trouble:
        return [sentence(where, what) for where, what in trouble.mistakes], []
    nothing = _("nothing")
    return [], [(case.name, ", ".join(case.expected) or nothing, ", ".join(codes) or nothing) for case, codes in failed]


def _send(found: Version, by: User, why: str) -> None:
    actions.send(found, bases=_bases(), by=by)


def _publish(found: Version, by: User, why: str) -> None:
    actions.publish(found, bases=_bases(), by=by)


DEEDS: dict[str, tuple[Callable[[Version, User, str], object], bool]] = {
    "send": (_send, False),
    "discard": (lambda found, by, why: actions.discard(found, by=by), False),
    "give-back": (lambda found, by, why: actions.give_back(found, why, by=by), True),
    "publish": (_publish, True),
    "retire": (lambda found, by, why: actions.retire(found, by=by), True),
}


@writers_only
@require_POST
def deed(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """Send, give back, publish, retire or throw away; translators may only do the first and the last."""
    found, user = get_object_or_404(Version, pk=pk), user_of(request)
    if name not in DEEDS:
        raise Http404(name)
    act, is_editors = DEEDS[name]
    if is_editors and not is_editor(user):
        raise Http404(name)
    try:
        act(found, user, request.POST.get("why", "").strip()[:200])
    except actions.NotYours:
        messages.error(request, _("Nobody publishes what they wrote themselves: ask a colleague."))
    except actions.Untested:
        messages.error(request, _("It is not published: it has no test cases, or some of them fail."))
    except Unsound:
        messages.error(request, _("It is not published: correct the mistakes first."))
    except actions.NotNow:
        messages.error(request, _("Somebody was quicker: look at it again."))
    else:
        messages.success(request, _("Done."))
        if name == "discard":
            return redirect("questions:listed")
    return redirect("questions:version", pk)


@writers_only
@require_http_methods(["GET", "HEAD"])
def compare(request: HttpRequest, pk: int, other: int) -> HttpResponse:
    """Two versions of one set of questions, value by value."""
    after = get_object_or_404(Version.objects.select_related("instrument"), pk=pk)
    before = get_object_or_404(Version, pk=other, instrument=after.instrument)
    context = {"before": before, "after": after, "found": comparing.differences(before.document, after.document)}
    return _screen(request, "compare", _("What differs"), context)
