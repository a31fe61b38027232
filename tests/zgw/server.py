"""The stand-in's wire: tokens, headers, pages, and moods that a registry on the other side of a city may have."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import jwt

from tests.zgw import catalogue
from tests.zgw.cases import PERSON, Cases
from tests.zgw.papers import KIND as PAPERS
from tests.zgw.papers import Papers
from tests.zgw.problems import Problem, not_found
from tests.zgw.tables import ROOTS, Row, Tables, etag, inward, outward

CLIENT_ID, SECRET, ORGANISATION = "portal", "a secret of thirty-two characters", "000000000"
CRS = "EPSG:4326"
SLOW = 5.0
FILTERS = {
    "zaken": {"identificatie", "bronorganisatie", "zaaktype", "startdatum__gte", PERSON, "rol__omschrijvingGeneriek"},
    "zaaktypen": {"identificatie"},
    "statustypen": {"zaaktype"},
    "roltypen": {"zaaktype", "omschrijvingGeneriek"},
    "resultaattypen": {"zaaktype"},
    "zaaktype-informatieobjecttypen": {"zaaktype"},
    "statussen": {"zaak"},
    "rollen": {"zaak"},
    "resultaten": {"zaak"},
    "zaakinformatieobjecten": {"zaak", "informatieobject"},
    "objectinformatieobjecten": {"object", "informatieobject"},
    PAPERS: {"identificatie", "bronorganisatie"},
}
BARE = {"zaakinformatieobjecten", "objectinformatieobjecten"}


class StandIn:
    """A registry. `mood` is asked before each answer: "" (well), "down", "slow", "500", "html", "half", "lost" (done,
    but the answer is 500), "foreign" (filters are ignored, and another's case is told) or "expired"."""

    def __init__(self) -> None:
        self.tables = Tables()
        catalogue.fill(self.tables)
        self.cases, self.papers = Cases(self.tables), Papers(self.tables)
        self.mood: str | Callable[[], str] = ""
        self.calls: list[str] = []
        self.lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @contextmanager
    def running(self) -> Iterator[StandIn]:
        thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()

    def mood_now(self) -> str:
        return self.mood if isinstance(self.mood, str) else self.mood()

    def create(self, kind: str, sent: Row) -> Row:
        make: dict[str, Callable[[Row], Row]] = {
            "zaken": self.cases.create,
            "rollen": self.cases.add_role,
            "statussen": self.cases.set_status,
            "resultaten": self.cases.set_result,
            "zaakinformatieobjecten": self.papers.link,
            PAPERS: self.papers.create,
        }
        if kind not in make:
            raise Problem(405, "method_not_allowed")
        row = make[kind](sent)
        return self.cases.told(row) if kind == "zaken" else row

    def listed(self, kind: str, asked: dict[str, str], mood: str) -> Any:
        page, size = int(asked.pop("page", "1")), min(int(asked.pop("pageSize", "100")), 500)
        expand, ordering = asked.pop("expand", ""), asked.pop("ordering", "")
        if set(asked) - FILTERS[kind]:
            raise Problem(400, "unknown-parameters")
        if mood == "foreign":
            asked = {}
        rows = self.cases.found(asked) if kind == "zaken" else self.tables.where(kind, **asked)
        if ordering:
            rows.sort(key=lambda row: str(row[ordering.lstrip("-")]), reverse=ordering.startswith("-"))
        if kind in BARE:
            return rows
        part = rows[(page - 1) * size : page * size]
        if not part and page > 1:
            raise not_found()
        more = f"@/{ROOTS[kind]}/api/v1/{kind}?page={page + 1}" if page * size < len(rows) else None
        told = [self.cases.told(row, expand) for row in part] if kind == "zaken" else part
        return {"count": len(rows), "next": more, "previous": None, "results": told}

    def one(self, kind: str, name: str, expand: str, mood: str) -> Row:
        row = self.tables.row(kind, name)
        if kind != "zaken":
            return row
        if mood == "foreign":
            row = next(other for other in self.tables.where("zaken") if other is not row)
        return self.cases.told(row, expand)


def _handler(stand_in: StandIn) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1  # an answer leaves in one piece

        def do_GET(self) -> None:
            self._answer("GET")

        def do_POST(self) -> None:
            self._answer("POST")

        def do_PUT(self) -> None:
            self._answer("PUT")

        def do_DELETE(self) -> None:
            self._answer("DELETE")

        def _answer(self, method: str) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            stand_in.calls.append(f"{method} {self.path}")
            mood = stand_in.mood_now()
            if mood == "down":
                self.close_connection = True
                return
            if mood == "slow":
                time.sleep(SLOW)
            if mood == "html":
                return self._send(200, b"<html>Even geduld</html>", "text/html")
            try:
                if mood == "500":
                    raise Problem(500, "error")
                self._check(mood, method)
                with stand_in.lock:
                    status, told = self._told(method, raw, mood)
                if mood == "lost" and method in {"POST", "PUT"}:
                    raise Problem(500, "error")
            except Problem as problem:
                status, told = problem.status, problem.body
            if status == 204:
                return self._send(204, b"", "application/json")
            if isinstance(told, bytes):
                return self._send(status, told, "application/octet-stream", half=mood == "half")
            tag = etag(told)
            if method == "GET" and status == 200 and self.headers.get("If-None-Match") == tag:
                return self._send(304, b"", "application/json", tag=tag)
            self._send(status, outward(told, self.headers["Host"]), "application/json", tag=tag, half=mood == "half")

        def _check(self, mood: str, method: str) -> None:
            _check_token(self.headers.get("Authorization", ""), expired=mood == "expired")
            if self.headers.get("Accept", "*/*") not in {"*/*", "application/json"}:
                raise Problem(406, "not_acceptable")
            if self._path().startswith("/zaken/api/v1/zaken"):
                needed = ["Accept-Crs"] + (["Content-Crs"] if method == "POST" else [])
                for name in needed if method != "DELETE" else []:
                    if name not in self.headers:
                        raise Problem(412, "precondition_failed")
                    if self.headers[name] != CRS:
                        raise Problem(406, "not_acceptable")

        def _path(self) -> str:
            return urlsplit(self.path).path

        def _told(self, method: str, raw: bytes, mood: str) -> tuple[int, Any]:
            asked = {name: inward(value, self.headers["Host"]) for name, value in parse_qsl(urlsplit(self.path).query)}
            parts = self._path().removeprefix("/").split("/")[3:]
            kind, rest = (parts or [""])[0], parts[1:]
            if kind not in ROOTS or not self._path().startswith(f"/{ROOTS[kind]}/api/v1/"):
                raise not_found()
            if method == "PUT":
                lock, content = form_of(raw, self.headers["Content-Type"])
                return 200, stand_in.papers.put_part(rest[0], content, lock)
            body = inward(raw.decode(), self.headers["Host"])
            if method == "POST" and rest[1:] == ["unlock"]:
                stand_in.papers.unlock(rest[0], json.loads(body)["lock"])
                return 204, {}
            if method == "POST" and rest == ["_zoek"]:
                return 200, stand_in.listed(kind, asked | searched(json.loads(body)), mood)
            if method == "POST":
                return 201, stand_in.create(kind, json.loads(body))
            if method == "DELETE":
                stand_in.cases.delete(rest[0])
                return 204, {}
            if rest[1:] == ["download"]:
                return 200, stand_in.papers.contents[stand_in.tables.row(kind, rest[0])["uuid"]]
            return 200, stand_in.one(kind, rest[0], asked.get("expand", ""), mood) if rest else stand_in.listed(
                kind, asked, mood
            )

        def _send(self, status: int, body: bytes, kind: str, *, tag: str = "", half: bool = False) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            if tag and status in {200, 304}:
                self.send_header("ETag", tag)
            self.end_headers()
            if half:
                body = body[: len(body) // 2]
                self.close_connection = True
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    return Handler


def form_of(raw: bytes, content_type: str) -> tuple[str, bytes]:
    """The lock and the content in a form of parts."""
    boundary = content_type.partition("boundary=")[2].strip('"').encode()
    read: dict[str, bytes] = {}
    for part in raw.split(b"--" + boundary)[1:-1]:
        head, _, content = part.partition(b"\r\n\r\n")
        read[head.partition(b'name="')[2].partition(b'"')[0].decode()] = content.removesuffix(b"\r\n")
    return read["lock"].decode(), read["inhoud"]


def searched(body: Row) -> dict[str, str]:
    """The terms of a search by body; what to expand is a list there, and anything else breaks the real one."""
    expand = body.get("expand", [])
    if not isinstance(expand, list):
        raise Problem(500, "error")
    return body | {"expand": ",".join(expand)}


def _check_token(header: str, *, expired: bool) -> None:
    token = header.removeprefix("Bearer ")
    if not token:
        raise Problem(403, "permission_denied")
    try:
        claims = jwt.decode(token, SECRET, algorithms=["HS256"], leeway=5)
    except jwt.ExpiredSignatureError as old:
        raise Problem(403, "jwt-expiredsignatureerror") from old
    except jwt.InvalidTokenError as wrong:
        raise Problem(403, "invalid-jwt-signature") from wrong
    if "client_id" not in claims:
        raise Problem(403, "missing-client-identifier")
    if claims["client_id"] != CLIENT_ID:
        raise Problem(403, "invalid-client-identifier")
    if "iat" not in claims:
        raise Problem(403, "jwt-missing-iat-claim")
    if expired or claims["iat"] < time.time() - 3600:
        raise Problem(403, "jwt-expired")
