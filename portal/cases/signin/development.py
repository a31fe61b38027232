"""A small identity provider for development: invented people, one press, real signatures. Never in production."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import secrets
import threading
import time
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from django.conf import settings
from joserfc import jwt
from joserfc.jwk import RSAKey

# Invented: no person has these codes.
PEOPLE = {
    "49001010000": ("Valentina", "Petrauskienė"),
    "38505050000": ("Jonas", "Petrauskas"),
}


class NotHere(RuntimeError):
    """This provider lets anybody be anybody: a production site does not start it."""


class DevelopmentProvider:
    """An OpenID provider at `http://127.0.0.1:<port>`.

    `twist` changes the claims it signs, to try what goes wrong; `left` counts who has signed out here.
    """

    def __init__(self, port: int = 0) -> None:
        if settings.PRODUCTION:
            raise NotHere("The development provider does not run with PROFILE=production.")
        self.key = RSAKey.generate_key(2048, {"kid": "development", "use": "sig", "alg": "RS256"})
        self.twist: dict[str, Any] = {}
        self._codes: dict[str, dict[str, str]] = {}
        self.left = 0
        self._server = ThreadingHTTPServer(("127.0.0.1", port), _handler(self))
        self.issuer = f"http://127.0.0.1:{self._server.server_port}"

    def serve(self) -> None:
        """Until stopped."""
        self._server.serve_forever()

    def start(self) -> None:
        threading.Thread(target=self.serve, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "end_session_endpoint": f"{self.issuer}/leave",
        }

    def keys(self) -> dict[str, Any]:
        return {"keys": [self.key.as_dict(private=False)]}

    def page(self, asked: Mapping[str, str]) -> str:
        """Whom to be, or nobody."""
        back = asked.get("redirect_uri", "")
        lines = [
            f'<li><a href="{html.escape(self._answer(back, asked, person))}">{" ".join(PEOPLE[person])}</a></li>'
            for person in PEOPLE
        ]
        cancelled = f"{back}?{urlencode({'error': 'access_denied', 'state': asked.get('state', '')})}"
        return (
            '<!doctype html><html lang="en"><meta charset="utf-8"><title>Development sign-in</title>'
            f"<h1>Who are you today?</h1><ul>{''.join(lines)}</ul>"
            f'<p><a href="{html.escape(cancelled)}">Cancel</a></p></html>'
        )

    def leave(self, asked: Mapping[str, str]) -> str:
        """Where the browser goes once nobody is signed in here any more: back to who sent it, with what it brought."""
        self.left += 1
        back = asked.get("post_logout_redirect_uri", "")
        return f"{back}?{urlencode({'state': asked.get('state', '')})}" if asked.get("client_id") and back else ""

    def _answer(self, back: str, asked: Mapping[str, str], person: str) -> str:
        code = secrets.token_urlsafe(16)
        self._codes[code] = {**asked, "person": person}
        return f"{back}?{urlencode({'code': code, 'state': asked.get('state', '')})}"

    def token(self, given: Mapping[str, str]) -> dict[str, Any] | None:
        """A signed token for a code, once, to who holds the verifier."""
        asked = self._codes.pop(given.get("code", ""), None)
        digest = hashlib.sha256(given.get("code_verifier", "").encode()).digest()
        if asked is None or asked.get("code_challenge") != base64.urlsafe_b64encode(digest).rstrip(b"=").decode():
            return None
        now, names = int(time.time()), PEOPLE[asked["person"]]
        claims = {
            "iss": self.issuer,
            "sub": hashlib.sha256(asked["person"].encode()).hexdigest(),
            "aud": asked.get("client_id", ""),
            "iat": now,
            "exp": now + 300,
            "nonce": asked.get("nonce", ""),
            "acr": "high",
            "personal_code": asked["person"],
            "given_name": names[0],
            "family_name": names[1],
        }
        signed = jwt.encode({"alg": "RS256", "kid": "development"}, claims | self.twist, self.key)
        return {"access_token": "-", "token_type": "Bearer", "id_token": signed}


def _handler(of: DevelopmentProvider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if parts.path == "/authorize":
                asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
                self._send(of.page(asked).encode(), "text/html; charset=utf-8")
            elif parts.path == "/leave":
                self._go(of.leave({name: values[0] for name, values in parse_qs(parts.query).items()}))
            elif parts.path == "/.well-known/openid-configuration":
                self._json(of.discovery())
            else:
                self._json(of.keys() if parts.path == "/keys" else None)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            self._json(of.token({name: values[0] for name, values in parse_qs(body).items()}))

        def log_message(self, format: str, *args: Any) -> None:
            """Nothing: a code would stand in it."""

        def _go(self, place: str) -> None:
            self.send_response(302 if place else 400)
            if place:
                self.send_header("Location", place)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def _json(self, facts: dict[str, Any] | None) -> None:
            self._send(json.dumps(facts or {"error": "invalid_grant"}).encode(), "application/json", bool(facts))

        def _send(self, body: bytes, kind: str, is_well: bool = True) -> None:
            self.send_response(200 if is_well else 400)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    return Handler
