"""Where something is used: every text that names a fact, a base, a phone, an entry or a legal act."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import NoReverseMatch, reverse

from kb.models import LegalAct
from kb.translating.kinds import fields_of, kinds
from portal.core.languages import LANGUAGES, column
from portal.core.models import TranslatedContent
from portal.core.readable import Readable


@dataclass(frozen=True, slots=True)
class Use(Readable):
    """An entry that shows it, in which languages; `url` is where it is edited."""

    content: Any
    kind_label: str
    code: str
    title: str
    languages: tuple[str, ...]
    url: str


def of_fact(code: str) -> list[Use]:
    return list(_using("{{fact:" + code, rf"\{{\{{\s*fact:{re.escape(code)}\s*\}}\}}", start="{{"))


def of_base(code: str) -> list[Use]:
    """Texts with a sum by this base, of whatever year."""
    return list(_using(f" {code}", rf"\{{\{{\s*\d+(?:[.,]\d+)? {re.escape(code)}(?: \d{{4}})?\s*\}}\}}"))


def of_phone(code: str) -> list[Use]:
    return list(_using("phone:" + code, rf"\{{\{{\s*(?:phone|contact):{re.escape(code)}\s*\}}\}}"))


def of_standard(code: str) -> list[Use]:
    return list(_using("standard:" + code, rf"\{{\{{\s*standard:{re.escape(code)}\s*\}}\}}"))


def of_entry(kind: str, code: str) -> list[Use]:
    """Texts with a link to an article, service, institution or topic."""
    return list(_using(f"{kind}:{code}", rf'"{kind}:{re.escape(code)}"'))


def of_act(act: LegalAct) -> list[Use]:
    """Articles that cite it, services and standards that rest on it."""
    citing: list[TranslatedContent] = [
        *(citation.article for citation in act.citations.select_related("article").order_by("article__code")),
        *act.services.order_by("code"),
        *act.standards.order_by("code"),
    ]
    seen: dict[tuple[str, int], TranslatedContent] = {}
    for content in citing:
        seen.setdefault((content._meta.label_lower, content.pk), content)
    return [_use(content, tuple(content.shown_languages())) for content in seen.values()]


def _using(needle: str, pattern: str, *, start: str = "") -> Iterator[Use]:
    """Entries with the pattern in any text of any language; the database narrows, the pattern decides."""
    wanted = re.compile(pattern)
    needle = needle.removeprefix(start)
    for model in kinds().values():
        names = [(column(name, language), language) for name in fields_of(model) for language in LANGUAGES]
        near = Q()
        for name, _language in names:
            near |= Q(**{f"{name}__contains": needle})
        for content in model._default_manager.filter(near).order_by("pk"):
            languages = {language for name, language in names if wanted.search(getattr(content, name) or "")}
            if languages:
                yield _use(content, tuple(code for code in LANGUAGES if code in languages))


def _use(content: Any, languages: tuple[str, ...]) -> Use:
    return Use(
        content=content,
        kind_label=str(content._meta.verbose_name),
        code=getattr(content, "code", "") or str(content.pk),
        title=str(getattr(content, column(content.SOURCE_FIELDS[0], content.source_language), "") or ""),
        languages=languages,
        url=edit_url(content),
    )


def edit_url(content: Any) -> str:
    """Where an entry is edited; empty where no screen edits it."""
    meta = content._meta
    try:
        return reverse(f"wagtailsnippets_{meta.app_label}_{meta.model_name}:edit", args=[content.pk])
    except NoReverseMatch:
        pass
    try:
        return reverse("wagtailadmin_pages:edit", args=[content.pk]) if hasattr(content, "get_url_parts") else ""
    except NoReverseMatch:
        return ""
