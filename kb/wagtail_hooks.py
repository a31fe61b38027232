"""Editing the knowledge base in Wagtail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from kb.cms import menu  # noqa: F401  (its hooks)
from kb.models import Article, CrisisWord, Synonym, Topic
from portal.core.editing import TranslatedForm, language_tabs
from portal.core.translation_columns import LanguageColumn

_LANGUAGES = [LanguageColumn(code) for code in ("ru", "en", "uk")]


class ArticleSet(SnippetViewSet):
    model = Article
    icon = "help"
    list_display = ["title", "code", *_LANGUAGES, "review_on", "live"]
    list_filter = ["topics", "review_on"]
    base_form_class = TranslatedForm
    edit_handler = language_tabs(
        ("title", "slug", "short_answer", "body", "internal_note", "phone_form", "resident_words"),
        rich=("body", "internal_note"),
        common=[
            FieldPanel(name)
            for name in (
                "code",
                "topics",
                "services",
                "institutions",
                "is_sensitive",
                "review_on",
                "confidence",
                "checked_on",
                "sources",
            )
        ],
    )


class TopicSet(SnippetViewSet):
    model = Topic
    icon = "tag"
    list_display = ["name", "code", *_LANGUAGES, "live"]
    base_form_class = TranslatedForm
    edit_handler = language_tabs(
        ("name", "slug", "description"),
        common=[FieldPanel("code"), FieldPanel("icon"), FieldPanel("services"), FieldPanel("order")],
    )


class SynonymSet(SnippetViewSet):
    model = Synonym
    icon = "resubmit"
    list_display = ["__str__", "is_active", "changed_at"]
    panels = [FieldPanel("terms"), FieldPanel("is_active")]


class CrisisWordSet(SnippetViewSet):
    model = CrisisWord
    icon = "warning"
    list_display = ["text", "language"]
    list_filter = ["language"]
    panels = [FieldPanel("language"), FieldPanel("text")]


class KnowledgeGroup(SnippetViewSetGroup):
    menu_label = _("Knowledge base")
    menu_icon = "help"
    menu_order = 100
    items = (ArticleSet, TopicSet, SynonymSet, CrisisWordSet)


register_snippet(KnowledgeGroup)
