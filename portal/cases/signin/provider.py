"""The identity provider, spoken to by the authorization code flow with PKCE; nothing it says is believed unsigned."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import httpx
from django.conf import settings
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

PATIENCE = httpx.Timeout(3.0, connect=1.0)
ALGORITHMS = ["RS256", "PS256", "ES256"]


class ProviderAway(Exception):
    """The provider can't be reached, or answers with nonsense."""


class NotProven(Exception):
    """What the provider gave is not what it must be: signature, issuer, audience, age or nonce."""


class TooWeak(Exception):
    """Who signed in did so in a way that proves too little."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who signed in: the personal code, the name and how sure the provider is."""

    code: str
    name: str
    level: str


def is_set() -> bool:
    """Whether residents can sign in here at all."""
    return bool(settings.OIDC["issuer"] and settings.OIDC["client_id"])


def address(*, state: str, nonce: str, verifier: str, back: str, language: str) -> str:
    """Where the resident's browser goes to sign in. Raises ProviderAway."""
    challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
    asked = {
        "response_type": "code",
        "client_id": settings.OIDC["client_id"],
        "redirect_uri": back,
        "scope": settings.OIDC["scope"],
        "state": state,
        "nonce": nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
        "ui_locales": language,
    }
    start = _said(_discovered(), "authorization_endpoint")
    return f"{start}{'&' if '?' in start else '?'}{urlencode(asked)}"


def way_out(*, state: str, back: str) -> str:
    """Where the browser goes to sign out at the provider too; empty where it has no such place, or is away."""
    if not is_set():
        return ""
    try:
        place = _discovered().get("end_session_endpoint")
    except ProviderAway:
        return ""
    if not isinstance(place, str) or not place:
        return ""
    asked = {"client_id": settings.OIDC["client_id"], "post_logout_redirect_uri": back, "state": state}
    return f"{place}{'&' if '?' in place else '?'}{urlencode(asked)}"


def identify(code: str, *, nonce: str, verifier: str, back: str) -> Identity:
    """Who signed in. Raises ProviderAway, NotProven, TooWeak."""
    facts = _discovered()
    given = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "client_id": settings.OIDC["client_id"],
        "client_secret": settings.OIDC["secret"],
        "code_verifier": verifier,
    }
    token = _said(_asked("POST", _said(facts, "token_endpoint"), data=given), "id_token")
    keys = _asked("GET", _said(facts, "jwks_uri"))
    return _identity(_claims(token, keys, nonce=nonce))


def _claims(token: str, keys: Mapping[str, Any], *, nonce: str) -> Mapping[str, Any]:
    rules = jwt.JWTClaimsRegistry(
        leeway=60,
        iss={"essential": True, "value": settings.OIDC["issuer"]},
        aud={"essential": True, "value": settings.OIDC["client_id"]},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": nonce},
    )
    try:
        read = jwt.decode(token, KeySet.import_key_set({"keys": list(keys.get("keys", []))}), algorithms=ALGORITHMS)
        rules.validate(read.claims)
    except (JoseError, ValueError, TypeError, KeyError) as wrong:
        raise NotProven(type(wrong).__name__) from wrong
    return read.claims


def _identity(claims: Mapping[str, Any]) -> Identity:
    names = settings.OIDC["claims"]
    said = {part: str(claims.get(claim) or "") for claim, part in names.items()}
    code = "".join(sign for sign in said.get("code", "") if sign.isalnum())
    if not code:
        raise NotProven("no personal code")
    level = said.get("level", "")
    if settings.OIDC["levels"] and level not in settings.OIDC["levels"]:
        raise TooWeak(level)
    name = said.get("name") or f"{said.get('given', '')} {said.get('family', '')}".strip()
    return Identity(code, name, level)


def _discovered() -> Mapping[str, Any]:
    """What the provider says of itself; asked each time: signing in is rare, and keys change."""
    facts = _asked("GET", f"{settings.OIDC['issuer'].rstrip('/')}/.well-known/openid-configuration")
    if facts.get("issuer") != settings.OIDC["issuer"]:
        raise ProviderAway("speaks for another issuer")
    return facts


def _asked(method: str, url: str, **more: Any) -> Mapping[str, Any]:
    try:
        answer = httpx.request(method, url, timeout=PATIENCE, follow_redirects=False, **more)
        facts = answer.json() if answer.status_code == 200 else None
    except (httpx.HTTPError, ValueError) as trouble:
        raise ProviderAway(type(trouble).__name__) from trouble
    if not isinstance(facts, dict):
        raise ProviderAway(f"answered with {answer.status_code}")
    return facts


def _said(facts: Mapping[str, Any], name: str) -> str:
    value = facts.get(name)
    if not isinstance(value, str) or not value:
        raise ProviderAway(f"says no {name}")
    return value
