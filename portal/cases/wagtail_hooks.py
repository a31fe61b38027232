"""Editing request forms, the words for statuses and the reasons to open a case."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from portal.cases.models import OpeningCause, RequestPlan, StatusWords
from portal.core.editing import language_tabs
from portal.core.languages import LANGUAGES, OWN_NAMES, column

_QUESTION = [
    FieldPanel("code"),
    FieldPanel("kind"),
    FieldPanel("is_required"),
    *(
        MultiFieldPanel(
            [FieldPanel(column(name, language)) for name in ("label", "help", "choices")], heading=OWN_NAMES[language]
        )
        for language in LANGUAGES
    ),
]


class RequestPlanSet(SnippetViewSet):
    model = RequestPlan
    icon = "form"
    menu_label = _("Request forms")
    add_to_admin_menu = True
    menu_order = 115
    list_display = ["service", "place", "confidence"]
    list_filter = ["place"]
    edit_handler = language_tabs(
        ("where",),
        declare=False,
        common=[
            FieldPanel("service"),
            FieldPanel("place"),
            FieldPanel("url"),
            InlinePanel("fields", panels=_QUESTION, heading=_("Questions of the form"), label=_("question")),
            FieldPanel("confidence"),
            FieldPanel("checked_on"),
            FieldPanel("sources"),
            FieldPanel("unconfirmed"),
        ],
    )


class StatusWordsSet(SnippetViewSet):
    model = StatusWords
    icon = "comment"
    menu_label = _("Statuses in plain words")
    add_to_admin_menu = True
    menu_order = 116
    list_display = ["code", "kind", "meaning", "is_written"]
    list_filter = ["is_written", "meaning", "kind"]
    edit_handler = language_tabs(
        ("words", "expected"),
        declare=False,
        common=[FieldPanel("kind"), FieldPanel("code"), FieldPanel("meaning")],
    )


class OpeningCauseSet(SnippetViewSet):
    model = OpeningCause
    icon = "list-ol"
    menu_label = _("Reasons to open a case")
    add_to_admin_menu = True
    menu_order = 117
    list_display = ["__str__", "sort_order", "is_live"]
    list_filter = ["is_live"]
    edit_handler = language_tabs(
        ("words",),
        declare=False,
        common=[
            FieldPanel("sort_order"),
            FieldPanel("is_spoken"),
            FieldPanel("is_helper"),
            FieldPanel("needs_words"),
            FieldPanel("is_live"),
        ],
    )


for _set in (RequestPlanSet, StatusWordsSet, OpeningCauseSet):
    register_snippet(_set)
