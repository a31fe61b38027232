"""Editing the knowledge base in Wagtail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, InlinePanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from kb.cms import menu  # noqa: F401  (its hooks)
from kb.cms.panels import PrefilledCreate, RecordPanel, UsesPanel
from kb.models import Article, Fact, LegalAct, Topic
from portal.core.editing import language_tabs
from portal.core.translation_columns import LanguageColumn

_LANGUAGES = [LanguageColumn(code) for code in ("ru", "en", "uk")]


class ArticleSet(SnippetViewSet):
    model = Article
    icon = "help"
    list_display = ["title", "code", *_LANGUAGES, "review_on", "live"]
    list_filter = ["topics", "review_on"]
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
                "audience",
                "is_sensitive",
                "owner",
                "office",
                "review_on",
                "confidence",
                "checked_on",
                "sources",
            )
        ]
        + [
            InlinePanel("citations", heading=_("Legal acts it rests on"), label=_("legal act")),
            RecordPanel(),
            HelpPanel(template="kb/cms/blocks_help.html"),
        ],
    )
    add_view_class = PrefilledCreate


class TopicSet(SnippetViewSet):
    model = Topic
    icon = "tag"
    list_display = ["name", "code", *_LANGUAGES, "live"]
    edit_handler = language_tabs(
        ("name", "slug", "description"),
        common=[FieldPanel("code"), FieldPanel("icon"), FieldPanel("services"), FieldPanel("order")],
    )


class FactSet(SnippetViewSet):
    model = Fact
    icon = "snippet"
    list_display = ["code", "kind", "value"]
    list_filter = ["kind"]
    edit_handler = language_tabs(
        ("value",),
        declare=False,
        common=[
            *(FieldPanel(name) for name in ("code", "kind", "confidence", "checked_on", "sources")),
            UsesPanel(),
        ],
    )


class LegalActSet(SnippetViewSet):
    model = LegalAct
    icon = "doc-full"
    list_display = ["code", "title", "number", "edition_on"]
    edit_handler = language_tabs(
        ("title",),
        declare=False,
        common=[
            *(FieldPanel(name) for name in ("code", "number", "url", "edition_on", "change", "services", "standards")),
            UsesPanel(),
        ],
    )


class KnowledgeGroup(SnippetViewSetGroup):
    menu_label = _("Knowledge base")
    menu_icon = "help"
    menu_order = 100
    items = (ArticleSet, TopicSet, FactSet, LegalActSet)


register_snippet(KnowledgeGroup)
