"""Editing in four languages: a tab per language, the source text beside the translation, and who says it is current."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm
from wagtail.admin.panels import (
    FieldPanel,
    HelpPanel,
    MultiFieldPanel,
    ObjectList,
    Panel,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.admin.rich_text import get_rich_text_editor_widget

from portal.core.languages import DEFAULT, LANGUAGES, OWN_NAMES, column, columns
from portal.core.models import TranslatedContent, TranslationState, hash_of
from portal.core.rich_text import clean

SMALL = "is_small_correction"
RICH_FEATURES = ["h2", "h3", "bold", "ol", "ul", "link"]


def declared(language: str) -> str:
    """Name of the box "this is a translation of the source text as it stands"."""
    return f"is_current_{language}"


class _DeclaresTranslations:
    """Adds one box a language; a ticked one remembers which source text the translation belongs to."""

    instance: Any
    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        content: TranslatedContent = self.instance
        self._before = {language: _words(content, language) for language in LANGUAGES}
        for language in LANGUAGES:
            if language == content.source_language:
                continue
            state = content.translation_state(language)
            self.fields[declared(language)] = forms.BooleanField(
                required=False,
                initial=state == TranslationState.CURRENT,
                label=_("The translation is complete and says what the source text says now"),
                help_text=state.label,
            )
        self.fields[SMALL] = forms.BooleanField(
            required=False,
            label=_("A small correction: translations stay as they are"),
            help_text=_("Tick it when only the wording of the source text has changed, not what it says."),
        )

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        content: TranslatedContent = self.instance
        for name in columns(getattr(content, "RICH_FIELDS", ())):
            setattr(content, name, clean(getattr(content, name)))  # as it will be saved: the hash is taken of this
        current = [code for code in LANGUAGES if declared(code) in self.fields and self.fields[declared(code)].initial]
        for language in LANGUAGES:
            if declared(language) in self.fields:
                self._take_declaration(content, language)
        if self.cleaned_data.get(SMALL):
            for language in current:
                if self.cleaned_data.get(declared(language)):
                    content.declare_translated(language)

    def _take_declaration(self, content: TranslatedContent, language: str) -> None:
        """A box that stayed ticked says nothing about a source text that was changed in the same screen."""
        box = declared(language)
        if not self.cleaned_data.get(box):
            if self.fields[box].initial:  # the editor took the mark away: the language is no longer shown
                content.translated_from = {k: v for k, v in content.translated_from.items() if k != language}
            return
        source = content.source_language
        is_new_source = _words(content, source) != self._before[source]
        is_same_translation = _words(content, language) == self._before[language]
        if not (self.fields[box].initial and is_new_source and is_same_translation):
            content.declare_translated(language)


def _words(content: TranslatedContent, language: str) -> str:
    """What a text in one language says, for comparing: its hash."""
    return hash_of(getattr(content, column(name, language)) for name in content.SOURCE_FIELDS)


class TranslatedForm(_DeclaresTranslations, WagtailAdminModelForm):
    """The form of a snippet in four languages."""


class TranslatedPageForm(_DeclaresTranslations, WagtailAdminPageForm):
    """The form of a page in four languages."""


class DeclaredPanel(Panel):
    """The box of one language, or (without one) that of a small correction, rendered like any other field."""

    def __init__(self, language: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.language = language

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "language": self.language}

    class BoundPanel(Panel.BoundPanel):
        template_name = "core/editing/declared_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            name = declared(self.panel.language) if self.panel.language else SMALL
            context["field"] = self.form[name] if name in self.form.fields else None
            return context


class SourcePanel(Panel):
    """The source text of one field, to read while translating it."""

    def __init__(self, field: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.field = field

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "field": self.field}

    class BoundPanel(Panel.BoundPanel):
        template_name = "core/editing/source_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            language = getattr(self.instance, "source_language", DEFAULT)
            context["text"] = getattr(self.instance, column(self.panel.field, language)) or ""
            context["language"] = language
            return context


def language_tabs(
    fields: Sequence[str],
    *,
    rich: Iterable[str] = (),
    common: Sequence[Panel],
    declare: bool = True,
    has_drafts: bool = True,
    form: type[_DeclaresTranslations] = TranslatedForm,
) -> TabbedInterface:
    """The editing screen: one tab a language, then one for what all languages share, with the hours of publishing.

    `declare`: the content has translation states; `has_drafts`: it is published. A plain table has neither.
    """
    rich_fields = frozenset(rich)
    tabs = [
        ObjectList(_tab(language, fields, rich_fields, declare), heading=OWN_NAMES[language]) for language in LANGUAGES
    ]
    small = [DeclaredPanel("", heading=_("Small correction"))] if declare else []
    shared = [*common, *small, PublishingPanel()] if declare and has_drafts else [*common, *small]
    tabs.append(ObjectList(shared, heading=_("For all languages")))
    return TabbedInterface(tabs, base_form_class=form if declare else None)


def _tab(language: str, fields: Sequence[str], rich: frozenset[str], declare: bool) -> list[Panel]:
    panels: list[Panel] = []
    for field in fields:
        own = _field(field, language, rich)
        if language == DEFAULT:
            panels.append(own)
        else:
            panels.append(MultiFieldPanel([SourcePanel(field), own], classname="translation-pair"))
    if language != DEFAULT and declare:
        panels.append(DeclaredPanel(language, heading=_("Ready?")))
    return panels or [HelpPanel(content="")]


def _field(field: str, language: str, rich: frozenset[str]) -> FieldPanel:
    if field in rich:
        return FieldPanel(column(field, language), widget=get_rich_text_editor_widget("default", RICH_FEATURES))
    return FieldPanel(column(field, language))
