"""Editing the charter, institutions and services in Wagtail."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from charter.models import (
    BaseAmount,
    Charter,
    Commitment,
    Holiday,
    Institution,
    Membership,
    Municipality,
    Service,
    ServiceStandard,
    WorkingHours,
)
from portal.core.editing import language_tabs
from portal.core.translation_columns import LanguageColumn

_SOURCED = [FieldPanel("confidence"), FieldPanel("checked_on"), FieldPanel("sources"), FieldPanel("unconfirmed")]
_LANGUAGES = [LanguageColumn(code) for code in ("ru", "en", "uk")]


class InstitutionSet(SnippetViewSet):
    model = Institution
    icon = "home"
    list_display = ["name", "code", *_LANGUAGES, "live"]
    edit_handler = language_tabs(
        ("name", "short_name", "slug", "does", "serves", "phone_note", "hours"),
        rich=("does", "serves"),
        common=[
            FieldPanel("code"),
            FieldPanel("phone"),
            FieldPanel("phone_as_of"),
            FieldPanel("address"),
            FieldPanel("other_addresses"),
            FieldPanel("email"),
            FieldPanel("website"),
            FieldPanel("hours_as_of"),
            FieldPanel("order"),
            *_SOURCED,
        ],
    )


class ServiceSet(SnippetViewSet):
    model = Service
    icon = "list-ul"
    list_display = ["name", "code", "provider", *_LANGUAGES, "live"]
    list_filter = ["group", "provider"]
    edit_handler = language_tabs(
        (
            "name",
            "slug",
            "summary",
            "who",
            "how",
            "documents",
            "price_headline",
            "price",
            "term_headline",
            "term",
            "steps",
            "fact",
            "resident_words",
            "legal_basis",
        ),
        rich=("who", "how", "price", "term"),
        common=[
            FieldPanel("code"),
            FieldPanel("group"),
            FieldPanel("spis_code"),
            FieldPanel("provider"),
            FieldPanel("is_decided_by_municipality"),
            FieldPanel("commitments"),
            FieldPanel("is_sensitive"),
            FieldPanel("popular"),
            InlinePanel("differences", heading=_("Services people mix up with this one"), label=_("service")),
            *_SOURCED,
        ],
    )


class CharterSet(SnippetViewSet):
    model = Charter
    icon = "doc-full"
    edit_handler = language_tabs(
        ("title", "introduction", "carried_by", "proposal_note"),
        rich=("introduction", "carried_by"),
        common=[
            FieldPanel("code"),
            FieldPanel("is_proposal"),
            FieldPanel("in_force_from"),
            FieldPanel("in_force_until"),
            FieldPanel("sources"),
        ],
    )


class CommitmentSet(SnippetViewSet):
    model = Commitment
    icon = "pick"
    list_display = ["code", "text", "area", *_LANGUAGES]
    list_filter = ["area"]
    edit_handler = language_tabs(
        ("text",),
        has_drafts=False,
        common=[
            FieldPanel("charter"),
            FieldPanel("code"),
            FieldPanel("area"),
            FieldPanel("is_proposal"),
            FieldPanel("order"),
        ],
    )


class StandardSet(SnippetViewSet):
    model = ServiceStandard
    icon = "success"
    list_display = ["code", "name", "target", "source", "measured", *_LANGUAGES, "live"]
    list_filter = ["source", "measured"]
    edit_handler = language_tabs(
        ("name", "method", "sentence"),
        common=[
            FieldPanel(name)
            for name in (
                "code",
                "commitment",
                "metric",
                "kind",
                "unit",
                "direction",
                "clock",
                "legal_value",
                "legal_pauses",
                "promised_value",
                "target",
                "service",
                "institution",
                "channel",
                "language",
                "valid_from",
                "valid_until",
                "source",
                "measured",
            )
        ],
    )


class MunicipalitySet(SnippetViewSet):
    model = Municipality
    icon = "site"
    edit_handler = language_tabs(
        ("name", "department", "short_name", "alert"),
        declare=False,
        common=[
            FieldPanel("address"),
            FieldPanel("website"),
            FieldPanel("phone_institution"),
            FieldPanel("facts_as_of"),
            FieldPanel("alert_from"),
            FieldPanel("alert_until"),
        ],
    )


def _plain(of: Any, *names: str, picture: str, columns: list[str]) -> type[SnippetViewSet]:
    """A viewset for a small table without languages."""

    class PlainSet(SnippetViewSet):
        model = of
        icon = picture
        list_display = columns
        panels = [FieldPanel(name) for name in names]

    return PlainSet


class AmountSet(SnippetViewSet):
    model = BaseAmount
    icon = "table"
    list_display = ["code", "year", "amount"]
    list_filter = ["code", "year"]
    edit_handler = language_tabs(
        ("name",), declare=False, common=[FieldPanel("code"), FieldPanel("year"), FieldPanel("amount")]
    )


class HolidaySet(SnippetViewSet):
    model = Holiday
    icon = "calendar-alt"
    list_display = ["date", "name"]
    edit_handler = language_tabs(("name",), declare=False, common=[FieldPanel("date")])


MembershipSet = _plain(
    Membership, "user", "institution", "role", picture="group", columns=["user", "role", "institution"]
)
HoursSet = _plain(WorkingHours, "weekday", "opens", "closes", picture="time", columns=["weekday", "opens", "closes"])


class ServicesGroup(SnippetViewSetGroup):
    menu_label = _("Services")
    menu_icon = "list-ul"
    menu_order = 110
    items = (ServiceSet, InstitutionSet, AmountSet)


class CharterGroup(SnippetViewSetGroup):
    menu_label = _("Charter")
    menu_icon = "success"
    menu_order = 120
    items = (CharterSet, CommitmentSet, StandardSet)


class MunicipalityGroup(SnippetViewSetGroup):
    menu_label = _("Municipality")
    menu_icon = "site"
    menu_order = 130
    items = (MunicipalitySet, HoursSet, HolidaySet, MembershipSet)


for group in (ServicesGroup, CharterGroup, MunicipalityGroup):
    register_snippet(group)
