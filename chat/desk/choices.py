"""What the desk's forms offer: topics, services, colleagues, institutions, articles – in the consultant's language."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, QuerySet

from charter.models import Institution, Membership, Service
from chat import access, presence
from chat.models import QuickReply
from kb.models import Topic
from kb.selectors import Reader, findable_articles
from portal.core.languages import column
from portal.core.models import User
from portal.core.translations import columns_of, rows, text

Choice = tuple[str, str]


def topics(language: str) -> list[Choice]:
    return _named(rows(Topic).filter(live=True).order_by("order", "code"), "name", language)


def services(language: str) -> list[Choice]:
    return sorted(_named(rows(Service).filter(live=True), "name", language), key=lambda choice: choice[1])


def institutions(language: str) -> list[Choice]:
    return _named(rows(Institution).filter(live=True).order_by("order", "code"), "name", language)


def articles(language: str) -> list[Choice]:
    return _named(findable_articles(Reader.RESIDENT).order_by("code"), "title", language)


def colleagues(user: User) -> list[tuple[int, str, bool]]:
    """(key, name, is there now) of everybody else who answers consultations."""
    there = set(presence.available().values_list("user_id", flat=True))
    members = Membership.objects.filter(role__in=access.ROLES, user__is_active=True).exclude(user=user)
    facts = members.values_list("user_id", "user__display_name", "user__username")
    found = {pk: name or login for pk, name, login in facts}
    return sorted(((pk, name, pk in there) for pk, name in found.items()), key=lambda one: (not one[2], one[1]))


def quick_replies(language: str, *, topic_id: int | None) -> list[Choice]:
    """(code, text in the resident's language): what fits the topic first, then what fits always."""
    found = list(QuickReply.objects.values("code", "topic_id", column("text", language), column("text", "lt")))
    fitting = [row for row in found if row["topic_id"] in (None, topic_id)]
    fitting.sort(key=lambda row: row["topic_id"] is None)
    return [(row["code"], row[column("text", language)] or row[column("text", "lt")]) for row in fitting]


def _named(found: QuerySet[Any], field: str, language: str) -> list[Choice]:
    columns = columns_of((field,))
    return [(row["code"], str(text(row, field, language))) for row in found.values("code", *columns)]


def by_code(model: type[Model], code: str) -> Any:
    """The published row with this code; None for an empty or unknown one."""
    return model._default_manager.filter(code=code, live=True).first() if code else None
