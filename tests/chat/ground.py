"""What the tests of chat stand on: Alice asks, Bob answers."""

from __future__ import annotations

from uuid import UUID, uuid4

from charter.models import Institution
from chat.actions import consultations, messages, starting
from chat.actions.messages import Sent
from chat.actions.starting import Question, Started
from chat.models import Consultation
from portal.core import audit
from portal.core.models import User
from tests import people


def alice_asks(
    text: str = "Ar man priklauso kompensacija?", *, language: str = "lt", key: UUID | None = None
) -> Started:
    """Alice sends the form; `.token` is what her browser holds."""
    return starting.start(Question(key=key or uuid4(), text=text, language=language))


def alice_writes(consultation: Consultation, text: str = "Aš viena.", *, client_id: UUID | None = None) -> Sent:
    return messages.send(consultation, text=text, language="lt", client_id=client_id or uuid4(), by=audit.RESIDENT)


def bob_writes(consultation: Consultation, text: str = "Taip.", *, by: User | None = None) -> Sent:
    return messages.send(consultation, text=text, language="lt", client_id=uuid4(), by=by or people.bob())


def taken_by_bob() -> Consultation:
    """Alice asked, Bob took it."""
    return consultations.claim(alice_asks().consultation, by=people.bob())


def institution(code: str) -> Institution:
    made, _ = Institution.objects.get_or_create(code=code, defaults={"name": code, "slug": code})
    return made
