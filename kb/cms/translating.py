"""The translators' screens: the queue, one entry side by side with what has changed in its source, PO files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.admin.rich_text import get_rich_text_editor_widget

from kb.cms.doors import screen, user_of, writers_only
from kb.models import TranslationWork
from kb.translating import actions, po
from kb.translating.differences import is_changed, marked
from kb.translating.kinds import fields_of, find, is_rich, kinds, title_of
from kb.translating.queue import IN_WORK, LABELS, counts, queue
from kb.translating.sources import seen
from kb.uses import edit_url
from portal.core.editing import RICH_FEATURES
from portal.core.languages import LANGUAGES, OWN_NAMES, column
from portal.core.models import TranslatedContent, TranslationState
from portal.core.readable import Readable

STATES = [TranslationState.OUTDATED, TranslationState.MISSING, IN_WORK]


def _language(asked: str | None) -> str:
    return asked if asked in LANGUAGES else "ru"


@writers_only
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    """What waits for a translation into one language."""
    language, kind = _language(request.GET.get("language")), request.GET.get("kind", "")
    state = request.GET.get("state", "")
    page = Paginator(queue(language, kind=kind, state=state), 50).get_page(request.GET.get("page"))
    context = {
        "language": language,
        "languages": [(code, OWN_NAMES[code]) for code in LANGUAGES],
        "kind": kind,
        "kinds": [(label, model._meta.verbose_name_plural) for label, model in kinds().items()],
        "state": state,
        "states": [(value, LABELS[value]) for value in STATES],
        "page": page,
        "counts": [
            (code, OWN_NAMES[code], [(LABELS[value], found[value]) for value in (*STATES, TranslationState.CURRENT)])
            for code, found in counts()
        ],
    }
    return screen(request, "translations.html", _("Translations to do"), context, icon="globe")


@dataclass(frozen=True, slots=True)
class Pair(Readable):
    """One text: what the source says, what has changed in it since it was translated, and the field to write in."""

    name: str
    label: Any
    source: str
    change: SafeString | None
    is_rich: bool
    field: Any
    wrong: list[str]


@writers_only
@require_http_methods(["GET", "POST"])
def one(request: HttpRequest, kind: str, pk: int, language: str) -> HttpResponse:
    """An entry side by side. "Keep" keeps it, "complete" also shows it to readers."""
    content = find(kind, pk)
    if content is None or language not in LANGUAGES or language == content.source_language:
        raise Http404(kind)
    form = _form(content, language, request.POST if request.method == "POST" else None)
    wrong: Any = {}
    if request.method == "POST" and form.is_valid():
        try:
            do = actions.complete if "complete" in request.POST else actions.save
            do(content, language, form.cleaned_data, by=user_of(request))
        except actions.NotComplete as no:
            wrong = no.wrong
            messages.error(request, _("It is not complete yet: see what is wrong below. Nothing was kept."))
        except actions.TakenByAnother as other:
            messages.error(request, _("%(name)s is translating it. Nothing was kept.") % {"name": other.who})
        else:
            said = _("Kept, and shown to readers.") if "complete" in request.POST else _("Kept. Readers do not see it.")
            messages.success(request, said)
            return redirect(f"{request.path}" if "complete" not in request.POST else _queue_of(language))
    context = {
        "content": content,
        "title": title_of(content),
        "language": language,
        "state": LABELS[content.translation_state(language)],
        "pairs": list(_pairs(content, language, form, wrong)),
        "form": form,
        "work": TranslationWork.objects.filter(kind=kind, entry=pk, language=language).select_related("by").first(),
        "edit_url": edit_url(content),
    }
    status = 422 if wrong or form.errors else 200
    return screen(request, "translation.html", title_of(content), context, icon="globe", status=status)


def _queue_of(language: str) -> str:
    return f"{reverse('knowledge:translations')}?language={language}"


def _form(content: TranslatedContent, language: str, data: Any) -> forms.Form:
    """One field a text, of the kind the entry's own editor has."""
    fields: dict[str, forms.Field] = {}
    for name in fields_of(type(content)):
        model_field: Any = content._meta.get_field(column(name, language))
        initial = getattr(content, column(name, language)) or ""
        made = forms.CharField(required=False, initial=initial, label=OWN_NAMES[language], strip=False)
        if is_rich(type(content), name):
            made.widget = get_rich_text_editor_widget("default", RICH_FEATURES)
        elif model_field.max_length is None or model_field.max_length > 200:
            longest = {"maxlength": model_field.max_length} if model_field.max_length else {}
            made.widget = forms.Textarea(attrs={"rows": 5, "lang": language, **longest})
        else:
            made.widget = forms.TextInput(attrs={"lang": language, "maxlength": model_field.max_length})
        fields[name] = made
    made_form: forms.Form = type("TranslationForm", (forms.Form,), fields)(data)
    return made_form


def _pairs(content: TranslatedContent, language: str, form: forms.Form, wrong: dict[str, list[str]]) -> Iterator[Pair]:
    before = seen(content, language)
    for name in fields_of(type(content)):
        source = str(getattr(content, column(name, content.source_language)) or "")
        if not source and name != "slug" and not getattr(content, column(name, language)):
            continue
        known = before.get(name)
        yield Pair(
            name=name,
            label=content._meta.get_field(name).verbose_name,  # type: ignore[union-attr]
            source=source,
            change=marked(known, source) if known is not None and is_changed(known, source) else None,
            is_rich=is_rich(type(content), name),
            field=form[name],
            wrong=wrong.get(name, []),
        )


@writers_only
@require_GET
def take_out(request: HttpRequest, language: str) -> HttpResponse:
    """A PO file with what waits, for an agency."""
    if language not in LANGUAGES:
        raise Http404(language)
    text = po.export(language, kind=request.GET.get("kind", ""))
    answer = HttpResponse(text, content_type="text/x-gettext-translation; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="parama-{language}.po"'
    return answer


@writers_only
@require_http_methods(["GET", "POST"])
def bring_in(request: HttpRequest, language: str) -> HttpResponse:
    """A PO file that came back: first what is wrong with it by line, then – when nothing is – it is brought in."""
    if language not in LANGUAGES:
        raise Http404(language)
    found = None
    if request.method == "POST":
        file = request.FILES.get("file")
        found = po.read(file.read(po.LARGEST + 1) if file else b"", language)
        if found.is_sound and "sure" in request.POST:
            complete, others = po.bring_in(found, by=user_of(request))
            messages.success(
                request,
                _("Brought in: %(complete)s complete, %(others)s not complete yet.")
                % {"complete": complete, "others": others},
            )
            return redirect(_queue_of(language))
    context = {"language": language, "name": OWN_NAMES[language], "found": found}
    status = 422 if found and not found.is_sound else 200
    return screen(request, "translation_file.html", _("Bring in a PO file"), context, icon="upload", status=status)
