"""The wire: a token for each request, time limits, and errors said in the words of the port.

Addresses in answers are never followed: what is asked next is built from our own base, so that a registry that was
taken over, or stands behind a proxy that changes names, can't send us – and our token – elsewhere.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

import httpx
import jwt

from portal.cases.registries import timing
from portal.cases.registries.base import Away, NotThere, Refused

ZAKEN, CATALOGI, DOCUMENTEN = "/zaken/api/v1/", "/catalogi/api/v1/", "/documenten/api/v1/"
CRS = "EPSG:4326"
CONNECT, READ = 1.0, 3.0
MOST_PAGES = 20
LATER = frozenset({"date-in-future"})  # their clock is behind ours: it works in a moment
NO_CONTENT = 204
Form = tuple[dict[str, str], dict[str, tuple[str, bytes]]]  # fields, and files by name
_SLACK = 5  # seconds our clock may be ahead of theirs
_LIMITS = httpx.Limits(max_connections=20, max_keepalive_connections=4)


class Problem(Refused):
    """The registry said no, with a code; `codes` has that of each field too."""

    def __init__(self, codes: frozenset[str]) -> None:
        super().__init__(", ".join(sorted(codes)))
        self.codes = codes


class Client:
    """One registry, spoken to as one application. `base` is what stands before /zaken/api/v1."""

    def __init__(self, base: str, client_id: str, secret: str) -> None:
        self._base, self._id, self._secret = base.rstrip("/"), client_id, secret
        self._http = httpx.Client(limits=_LIMITS, trust_env=False, follow_redirects=False)

    def close(self) -> None:
        self._http.close()

    def address(self, path: str) -> str:
        """The whole address of a resource, as the registry wants it in bodies and filters."""
        return self._base + path

    def get(self, path: str, params: Mapping[str, str] | None = None) -> Any:
        return _json(self._send("GET", path, params=params))

    def post(self, path: str, body: Mapping[str, Any]) -> Any:
        answer = self._send("POST", path, body=body)
        return None if answer.status_code == NO_CONTENT else _json(answer)

    def put_part(self, path: str, content: bytes, *, lock: str) -> None:
        """One part of a large paper, under the lock that was given with the paper."""
        self._send("PUT", path, form=({"lock": lock}, {"inhoud": ("part", content)}))

    def download(self, path: str, params: Mapping[str, str]) -> bytes:
        return self._send("GET", path, params=params).content

    def all(self, path: str, params: Mapping[str, str]) -> list[dict[str, Any]]:
        """Everything a list has. Raises Away when it has more than `MOST_PAGES`, or not what it says."""
        return self._pages(lambda page: self.get(path, {**params, "page": str(page)}))

    def found(self, path: str, body: Mapping[str, Any]) -> list[dict[str, Any]]:
        """The same for a search whose terms must not stand in an access log."""
        return self._pages(
            lambda page: _json(self._send("POST", path, body=body, params={"page": str(page)} if page > 1 else None))
        )

    def _pages(self, ask: Any) -> list[dict[str, Any]]:
        results: list[dict[str, Any]] = []
        for page in range(1, MOST_PAGES + 1):
            try:
                told = ask(page)
            except NotThere as changed:
                raise Away("answered with half a list") from changed
            results += told["results"]
            if not told["next"]:
                if len(results) != told["count"]:
                    raise Away("answered with half a list")
                return results
        raise Away("answered with a list without end")

    def _send(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        body: Mapping[str, Any] | None = None,
        form: Form | None = None,
    ) -> httpx.Response:
        left = timing.left()
        if left <= 0:
            raise Away("too slow")
        limits = httpx.Timeout(min(READ, left), connect=min(CONNECT, left / 3))
        try:
            answer = self._http.request(
                method,
                self._base + path,
                params=params,
                json=body,
                data=form and form[0],
                files=form and form[1],
                headers=self._headers(path, body),
                timeout=limits,
            )
        except httpx.HTTPError as trouble:
            raise Away(type(trouble).__name__) from trouble
        if not answer.is_success:
            raise _trouble(answer)
        return answer

    def _headers(self, path: str, body: object) -> dict[str, str]:
        claims = {
            "iss": self._id,
            "client_id": self._id,
            "iat": int(time.time()) - _SLACK,
            "user_id": "portal",
            "user_representation": "portal",
        }
        headers = {"Authorization": f"Bearer {jwt.encode(claims, self._secret, algorithm='HS256')}"}
        if path.startswith(f"{ZAKEN}zaken"):
            headers["Accept-Crs"] = CRS
            if body is not None:
                headers["Content-Crs"] = CRS
        return headers


def _json(answer: httpx.Response) -> Any:
    try:
        return answer.json()
    except ValueError as nonsense:
        raise Away("answered with something that is no JSON") from nonsense


def _trouble(answer: httpx.Response) -> Exception:
    """What an error means: 404 is the only one that says a thing is not there, and only from the API itself."""
    codes = _codes(answer)
    status = answer.status_code
    if status == 404 and "not_found" in codes:
        return NotThere("not_found")
    if status in {400, 409, 413} and codes and not codes & LATER:
        return Problem(codes)
    return Away(f"{status} {', '.join(sorted(codes))}".strip())


def _codes(answer: httpx.Response) -> frozenset[str]:
    try:
        told = answer.json()
        return frozenset({told["code"]} | {one["code"] for one in told.get("invalidParams", ())})
    except (ValueError, KeyError, TypeError, AttributeError):
        return frozenset()
