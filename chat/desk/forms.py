"""What the desk's forms say, read and checked; problems are (field, words), in the order of the fields."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.http import QueryDict
from django.utils.translation import gettext as _

from charter.models import Institution, Service
from chat.actions.wrapups import Contact, Summary
from chat.desk.choices import by_code
from chat.models import Channel, Found, Outcome
from kb.models import Article, Topic
from portal.cases.mandates import Behalf
from portal.cases.models import HelperRole, Right
from portal.cases.registries.facts import Applicant
from portal.core import clock
from portal.core.languages import LANGUAGES

Problem = tuple[str, str]
LONGEST_WAIT = 4 * 60 * 60


def key_of(data: QueryDict) -> UUID:
    """The form's own key; a new one when it is missing or damaged."""
    try:
        return UUID(data.get("key", ""))
    except ValueError:
        return uuid4()


def summary(data: QueryDict, *, default_article: Article | None = None) -> tuple[Summary | None, list[Problem]]:
    """The three answers at the end of every contact."""
    problems: list[Problem] = []
    topic, outcome, found = by_code(Topic, data.get("topic", "")), data.get("outcome", ""), data.get("found", "")
    if topic is None:
        problems.append(("topic", _("Choose the topic")))
    if outcome not in Outcome.values:
        problems.append(("outcome", _("Choose how it ended")))
    if found not in Found.values:
        problems.append(("found", _("Say whether the answer was in the knowledge base")))
    if problems:
        return None, problems
    article = by_code(Article, data.get("article", "")) or default_article
    note = data.get("note", "")
    return Summary(topic, Outcome(outcome), Found(found), article if found != Found.NO else None, note), []


@dataclass(frozen=True, slots=True)
class ContactForm:
    """A contact by phone or at the counter."""

    contact: Contact | None
    problems: list[Problem] = field(default_factory=list)


def contact(data: QueryDict) -> ContactForm:
    """Read the form of a phone or counter contact."""
    answers, problems = summary(data)
    waited, wait_problem = _waited(data.get("waited", ""))
    channel, language = data.get("channel", ""), data.get("language", "")
    if channel not in {Channel.PHONE, Channel.COUNTER}:
        problems.insert(0, ("channel", _("Choose phone or counter")))
    if language not in LANGUAGES:
        problems.insert(0, ("language", _("Choose the language you spoke")))
    if wait_problem:
        problems.append(("waited", wait_problem))
    if problems or answers is None:
        return ContactForm(None, problems)
    return ContactForm(
        Contact(
            key=key_of(data),
            channel=Channel(channel),
            language=language,
            summary=answers,
            waited_seconds=waited,
            service=by_code(Service, data.get("service", "")),
            institution=by_code(Institution, data.get("institution", "")),
        )
    )


def _waited(typed: str) -> tuple[int | None, str]:
    """Seconds, also written `1:20`; empty: nobody knows."""
    words = typed.strip()
    if not words:
        return None, ""
    minutes, colon, seconds = words.rpartition(":")
    if not seconds.isdecimal() or (colon and not minutes.isdecimal()):
        return None, _("Write the waiting time in seconds or as minutes and seconds, for example 45 or 1:20")
    total = int(minutes or 0) * 60 + int(seconds)
    if total > LONGEST_WAIT:
        return None, _("The waiting time is longer than 4 hours: check it")
    return total, ""


@dataclass(frozen=True, slots=True)
class RequestForm:
    """A request to be registered for a resident."""

    service: str
    language: str
    person: Applicant
    note: str
    key: UUID
    problems: list[Problem]
    behalf: Behalf | None = None


def request_form(data: QueryDict) -> RequestForm:
    """Read the form of a request. A name and a service are needed, the rest when the person gives it."""
    service, name = data.get("service", ""), data.get("name", "").strip()
    language = data.get("language", "")
    problems: list[Problem] = []
    if by_code(Service, service) is None:
        problems.append(("service", _("Choose the service")))
    if not name:
        problems.append(("name", _("Write the person’s first and last name")))
    email = data.get("email", "").strip()
    if email and ("@" not in email or " " in email):
        problems.append(("email", _("Write an e-mail address like name@example.lt, or leave it empty")))
    if language not in LANGUAGES:
        problems.append(("language", _("Choose the language of the letters")))
    person = Applicant(
        name=name[:120],
        identifier=data.get("identifier", "").strip()[:40],
        phone=data.get("phone", "").strip()[:40],
        email=email[:120],
        language=language or "lt",
    )
    behalf, wrong = _behalf(data)
    return RequestForm(service, language, person, data.get("note", "")[:2000], key_of(data), problems + wrong, behalf)


def _behalf(data: QueryDict) -> tuple[Behalf | None, list[Problem]]:
    """Somebody who asks for the person: nobody when no name is given, and then nothing else of it counts."""
    name, role, right = data.get("helper", "").strip(), data.get("role", ""), data.get("right", "")
    if not name:
        return None, []
    problems: list[Problem] = []
    if role not in HelperRole.values:
        problems.append(("role", _("Choose who they are to the person.")))
    if right not in Right.values or right == Right.PERSON:
        problems.append(("right", _("Choose what gives them the right to ask.")))
    day = data.get("until", "").strip()
    try:
        until = dt.date.fromisoformat(day) if day else None
    except ValueError:
        until = None
        problems.append(("until", _("Write the day like this: 2026-11-25.")))
    if until and until < clock.today():
        problems.append(("until", _("This day has passed: choose a later one.")))
    return Behalf(name[:120], role, right, until, is_seen="is_seen" in data and right != Right.NONE), problems
