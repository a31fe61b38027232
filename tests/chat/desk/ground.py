"""Bob at his desk."""

from __future__ import annotations

from uuid import uuid4

from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from chat.models import Consultation
from portal.core.models import User
from tests import people


def at_the_desk(user: User | None = None) -> Client:
    client = Client()
    client.force_login(user or people.bob())
    return client


def address(name: str, consultation: Consultation | None = None) -> str:
    with override("en"):
        return reverse(f"desk:{name}", args=[consultation.public_id] if consultation else [])


def answers(**changed: str) -> dict[str, str]:
    """The three answers at the end, and the form's key."""
    return {"topic": "bustas", "outcome": "answered", "found": "yes", "key": str(uuid4())} | changed
