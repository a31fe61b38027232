"""Editing where services are asked for and what their forms ask."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from portal.cases.models import RequestPlan
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


register_snippet(RequestPlanSet)
