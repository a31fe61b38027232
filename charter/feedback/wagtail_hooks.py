"""Editing improvements and stories in Wagtail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from charter.feedback.models import Improvement, Story
from portal.core.editing import language_tabs
from portal.core.languages import columns
from portal.core.translation_columns import LanguageColumn

_LANGUAGES = [LanguageColumn(code) for code in ("ru", "en", "uk")]


class ImprovementSet(SnippetViewSet):
    model = Improvement
    icon = "rotate"
    list_display = ["title", "code", "stage", "institution", *_LANGUAGES, "live"]
    list_filter = ["stage", "institution"]
    edit_handler = language_tabs(
        ("title", "slug", "problem", "boundaries", "change", "lesson"),
        rich=("problem", "change", "lesson"),
        common=[
            *(
                FieldPanel(name)
                for name in (
                    "code",
                    "institution",
                    "owner",
                    "team",
                    "origin",
                    "standard",
                    "proposed_on",
                    "planned_until",
                )
            ),
            InlinePanel(
                "goals",
                heading=_("Goals: before, target, after"),
                label=_("goal"),
                panels=[
                    FieldPanel(name)
                    for name in (
                        *columns(("name", "unit")),
                        "before",
                        "target",
                        "after",
                        "standard",
                        "before_quarter",
                        "after_quarter",
                    )
                ],
            ),
        ],
    )


class StorySet(SnippetViewSet):
    model = Story
    icon = "comment"
    list_display = ["said", "told_on", "institution", *_LANGUAGES, "live"]
    list_filter = ["institution"]
    edit_handler = language_tabs(
        ("said", "changed"),
        common=[FieldPanel("code"), FieldPanel("told_on"), FieldPanel("institution")],
    )


class ChangesGroup(SnippetViewSetGroup):
    menu_label = _("Changes")
    menu_icon = "rotate"
    menu_order = 125
    items = (ImprovementSet, StorySet)


register_snippet(ChangesGroup)
