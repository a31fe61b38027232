"""What the desk's forms offer: topics, services, colleagues, institutions, articles – in the consultant's language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Q, QuerySet

from charter.models import Institution, Membership, Municipality, Service
from chat import access, presence
from chat.models import Consultation, QuickReply
from kb.models import Topic
from kb.selectors import Reader, findable_articles
from portal.core.languages import Localised, column
from portal.core.models import User
from portal.core.translations import columns_of, rows, text

Choice = tuple[str, Localised]


@dataclass(frozen=True, slots=True)
class Reply:
    """A ready sentence, ready to be inserted."""

    code: str
    words: str
    is_own: bool


def topics(language: str) -> list[Choice]:
    return _named(rows(Topic).filter(live=True).order_by("order", "code"), "name", language)


def services(language: str) -> list[Choice]:
    return sorted(_named(rows(Service).filter(live=True), "name", language), key=lambda choice: str(choice[1]))


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


def quick_replies(consultation: Consultation, user: User) -> list[Reply]:
    """Ready sentences in the resident's language: own ones, then what fits the topic, then what fits always."""
    language = consultation.language
    facts = QuickReply.objects.filter(Q(owner=None) | Q(owner=user)).values(
        "code", "topic_id", "owner_id", column("text", language), column("text", "lt")
    )
    fitting = [row for row in facts if row["topic_id"] in (None, consultation.topic_id)]
    fitting.sort(key=lambda row: (row["owner_id"] is None, row["topic_id"] is None))
    found = []
    for row in fitting:
        words = row[column("text", language)] or ("" if row["owner_id"] else row[column("text", "lt")])
        if words:
            found.append(Reply(row["code"], filled(words, consultation, user), is_own=row["owner_id"] is not None))
    return found


def filled(words: str, consultation: Consultation, user: User) -> str:
    """The sentence with what it may name; what is not known leaves no gap behind."""
    phones = Municipality.objects.values_list("phone_institution__phone", flat=True) if "{phone}" in words else ()
    values = {
        "name": consultation.name,
        "consultant": user.display_name or str(user),
        "reference": consultation.reference,
        "phone": next((phone for phone in phones if phone), ""),
    }
    for name, value in values.items():
        words = words.replace(f", {{{name}}}", f", {value}" if value else "").replace(f"{{{name}}}", value)
    return words


def _named(found: QuerySet[Any], field: str, language: str) -> list[Choice]:
    columns = columns_of((field,))
    return [(row["code"], text(row, field, language)) for row in found.values("code", *columns)]


def by_code(model: type[Model], code: str) -> Any:
    """The published row with this code; None for an empty or unknown one."""
    return model._default_manager.filter(code=code, live=True).first() if code else None
