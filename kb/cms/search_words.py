"""Words of the search: groups that mean the same, crisis words, pinned answers – tried first, live at once, undone."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from kb.cms.doors import editors_only, screen, user_of
from kb.models import CrisisWord, PinnedAnswer, Synonym, WordChange
from kb.search import changes, crisis_check, lint, preview
from kb.search.documents import sources
from kb.selectors import Reader
from portal.core.languages import LANGUAGES, OWN_NAMES, current, pick

MOST_CHANGES = 15


@editors_only
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """All groups and pins, and what was changed lately."""
    return _list(request)


def _list(request: HttpRequest, *, status: int = 200) -> HttpResponse:
    answers = _answers()
    names = {(kind, code): name for kind, _label, rows in answers for code, name in rows}
    context = {
        "groups": [(group, _columns(group.terms)) for group in Synonym.objects.order_by("-is_active", "pk")],
        "pins": [(pin, names.get((pin.kind, pin.code), "")) for pin in PinnedAnswer.objects.all()],
        "answers": answers,
        "languages": [(code, OWN_NAMES[code]) for code in LANGUAGES],
        "changes": WordChange.objects.select_related("by")[:MOST_CHANGES],
    }
    return screen(request, "search_words.html", _("Words of the search"), context, icon="resubmit", status=status)


@editors_only
@require_http_methods(["GET", "POST"])
def group(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """One group: "check" says what is wrong and what would change, "keep" keeps it when nothing grave is wrong."""
    known = get_object_or_404(Synonym, pk=pk) if pk else None
    if request.method != "POST":
        return _group(request, known.terms if known else {}, pk)
    terms = {code: _split(request.POST.get(f"terms_{code}", "")) for code in LANGUAGES}
    found = lint.faults(terms, pk=pk)
    if "keep" in request.POST and not any(fault.is_grave for fault in found):
        changes.keep_group(pk, terms, is_active="is_active" in request.POST, by=user_of(request))
        messages.success(request, _("Kept: people find by these words from now on."))
        return redirect("knowledge:search_words")
    more = {"faults": found, "tried": preview.tried(terms, pk=pk), "is_checked": True}
    return _group(request, terms, pk, status=422 if "keep" in request.POST else 200, **more)


def _group(request: HttpRequest, terms: Any, pk: int | None, *, status: int = 200, **more: Any) -> HttpResponse:
    known = Synonym.objects.filter(pk=pk or 0).first()
    context = {
        "pk": pk,
        "fields": [(code, OWN_NAMES[code], ", ".join(terms.get(code, ()))) for code in LANGUAGES],
        "is_active": known.is_active if known else True,
        **more,
    }
    title = _("Words that mean the same")
    return screen(request, "search_group.html", title, context, icon="resubmit", status=status)


@editors_only
@require_POST
def drop_group(request: HttpRequest, pk: int) -> HttpResponse:
    changes.drop(get_object_or_404(Synonym, pk=pk), by=user_of(request))
    return _done(request, _("The group is gone. Take the change back to have it again."))


@editors_only
@require_http_methods(["GET", "POST"])
def crisis(request: HttpRequest) -> HttpResponse:
    """Phrases that bring the crisis card, one a line; "check" shows which logged searches would raise it."""
    phrases = {code: _lines(request.POST.get(f"phrases_{code}", "")) for code in LANGUAGES}
    if request.method != "POST":
        for language, text in CrisisWord.objects.values_list("language", "text"):
            phrases[language].append(text)
    faults = crisis_check.faults(phrases)
    if "keep" in request.POST and not faults:
        count = sum(changes.keep_crisis(code, texts, by=user_of(request)) for code, texts in phrases.items())
        messages.success(request, _("Kept: %(count)s phrases came or went.") % {"count": count})
        return redirect("knowledge:search_crisis")
    context = {
        "fields": [(code, OWN_NAMES[code], "\n".join(phrases[code])) for code in LANGUAGES],
        "faults": faults,
        "raised": crisis_check.raised(phrases),
    }
    status = 422 if "keep" in request.POST else 200
    return screen(request, "search_crisis.html", _("Crisis words"), context, icon="warning", status=status)


@editors_only
@require_POST
def pin(request: HttpRequest) -> HttpResponse:
    """An answer, a service or whatever else can be found stands first for these words."""
    language, words = request.POST.get("language", ""), request.POST.get("words", "").strip()
    kind, _sign, code = request.POST.get("answer", "").partition(":")
    is_there = kind in sources() and code in sources()[kind].findable([code], reader=Reader.RESIDENT)
    if language not in LANGUAGES or not words or not is_there:
        messages.error(request, _("Write the words, choose their language and the answer."))
        return _list(request, status=422)
    changes.pin(language, words, kind, code, by=user_of(request))
    return _done(request, _("The answer stands first for these words now."))


@editors_only
@require_POST
def drop_pin(request: HttpRequest, pk: int) -> HttpResponse:
    changes.drop(get_object_or_404(PinnedAnswer, pk=pk), by=user_of(request))
    return _done(request, _("The answer is no longer pinned."))


@editors_only
@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        changes.take_back(get_object_or_404(WordChange, pk=pk), by=user_of(request))
    except changes.ChangedSince:
        messages.error(request, _("It was changed once more since then: take the later change back first."))
        return _list(request, status=409)
    return _done(request, _("It is as it was before."))


def _done(request: HttpRequest, said: str) -> HttpResponse:
    messages.success(request, said)
    return redirect("knowledge:search_words")


def _answers() -> list[tuple[str, str, list[tuple[str, str]]]]:
    """What may be pinned: each kind with its word and (code, title) in the editor's language where it has one."""
    language = current()
    made = []
    for kind, source in sources().items():
        rows = [(title.code, pick(title.texts, language).text) for title in source.titles()]
        if rows:
            made.append((kind, str(source.plural), sorted(rows, key=lambda row: row[1])))
    return made


def _columns(terms: Any) -> list[tuple[str, str]]:
    return [(code, ", ".join(terms[code])) for code in LANGUAGES if terms.get(code)]


def _split(text: str) -> list[str]:
    return [term.strip() for term in text.replace("\n", ",").split(",") if term.strip()]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
