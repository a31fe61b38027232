"""A resident's own short session: a sealed cookie, nothing kept by the server, nothing to do with staff accounts."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass

from django.http import HttpRequest

from portal.cases import people
from portal.cases.registries.facts import Applicant
from portal.cases.signin.provider import Identity
from portal.core.crypto import Unreadable, decrypt, encrypt
from portal.core.grants import Answer, Grant

SESSION = Grant("resident", 30 * 60)
UNDER_WAY = Grant("signing-in", 10 * 60)
LEAVING = Grant("signing-out", 10 * 60)


@dataclass(frozen=True, slots=True)
class Resident:
    """Who is signed in: our own word for the person, their name, how sure the provider was. Not their code."""

    person_link: str
    name: str
    level: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """What must come back as it went: the state, the nonce, and the verifier that only we know."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def new(cls) -> Attempt:
        return cls(secrets.token_urlsafe(24), secrets.token_urlsafe(24), secrets.token_urlsafe(48))


def begin(response: Answer, identity: Identity) -> Answer:
    """The resident is signed in from now on, for half an hour."""
    link = people.link_of(Applicant(identity.name, identifier=identity.code))
    return SESSION.give(response, _sealed(asdict(Resident(link, identity.name, identity.level))))


def resident_of(request: HttpRequest) -> Resident | None:
    """Who is signed in in this browser; None for nobody."""
    facts = _opened(SESSION.held(request))
    return Resident(**facts) if facts else None


def remember(response: Answer, attempt: Attempt) -> Answer:
    """Keep an attempt until the browser comes back from the provider."""
    return UNDER_WAY.give(response, _sealed(asdict(attempt)))


def attempt_of(request: HttpRequest) -> Attempt | None:
    facts = _opened(UNDER_WAY.held(request))
    return Attempt(**facts) if facts else None


def _sealed(facts: dict[str, str]) -> str:
    return encrypt(json.dumps(facts, ensure_ascii=False))


def _opened(sealed: str | None) -> dict[str, str] | None:
    try:
        return dict(json.loads(decrypt(sealed))) if sealed else None
    except (Unreadable, ValueError):
        return None
