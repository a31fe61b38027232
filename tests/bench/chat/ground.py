"""Conversations to talk in, made straight in the tables; prints as JSON what browsers and desks hold.

`python -m tests.bench.chat.ground CONVERSATIONS DESKS`: each desk holds its share of the conversations.
"""

from __future__ import annotations

import datetime as dt
import json
import secrets
import sys
from importlib import import_module
from typing import Any

import django


def main(conversations: int, desks: int) -> dict[str, Any]:
    from django.db import transaction

    from charter.models import Membership, Role
    from chat.access import token_digest
    from chat.models import Author, Channel, Choice, Consultation, Event, EventKind, Grant, Presence, State
    from portal.core import clock
    from portal.core.models import User

    now, run = clock.now(), secrets.token_hex(3)
    with transaction.atomic():
        users = [User(username=f"load-{run}-{n}", display_name=f"Desk {n}", password="!") for n in range(desks)]
        users = User.objects.bulk_create(users)
        Membership.objects.bulk_create([Membership(user=user, role=Role.CONSULTANT) for user in users])
        # The embedded run takes conversations from whoever gives no sign of life: these do for as long as it lasts.
        there = now + dt.timedelta(hours=2)
        presences = [Presence(user=user, choice=Choice.BREAK, chosen_at=now, heartbeat_at=there) for user in users]
        Presence.objects.bulk_create(presences)
        begun = [
            Consultation(
                reference=f"L{run[:5]}{n:06}",
                secret_digest="",
                channel=Channel.CHAT,
                language="lt",
                state=State.ACTIVE,
                consultant=users[n % desks],
                public_sequence=1,
                staff_sequence=1,
                started_at=now,
                claimed_at=now,
                changed_at=now,
            )
            for n in range(conversations)
        ]
        begun = Consultation.objects.bulk_create(begun, batch_size=500)
        tokens = [secrets.token_urlsafe(32) for _ in begun]
        grants = [
            Grant(consultation=one, token_digest=token_digest(token), given_at=now)
            for one, token in zip(begun, tokens, strict=True)
        ]
        Grant.objects.bulk_create(grants, batch_size=500)
        first = [
            Event(
                consultation=one,
                staff_sequence=1,
                public_sequence=1,
                kind=EventKind.MESSAGE,
                author=Author.RESIDENT,
                text="Laba diena, turiu klausimą.",
                language="lt",
                at=now,
            )
            for one in begun
        ]
        Event.objects.bulk_create(first, batch_size=500)
    sessions = [_session(user) for user in users]
    return {
        "conversations": [
            {"id": one.public_id, "pk": one.pk, "token": token, "desk": n % desks}
            for n, (one, token) in enumerate(zip(begun, tokens, strict=True))
        ],
        "desks": sessions,
    }


def _session(user: Any) -> str:
    """A signed-in browser; signing in by the form costs a tenth of a second of hashing each."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


if __name__ == "__main__":
    django.setup()
    json.dump(main(int(sys.argv[1]), int(sys.argv[2])), sys.stdout)
