"""Programs that mean ill, or are broken, at the live end of a conversation: they are cut off, Alice notices nothing."""

from __future__ import annotations

import json
import os
import re
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from typing import Any
from uuid import uuid4

import httpx
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from tests.site import Site

MOST_GROWTH = 50 * 1024 * 1024
LANGUAGE = "language=en"


class Browser:
    """A program that has begun a conversation by docs/protocol.md, and knows nothing else of us."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.web = httpx.Client(base_url=site.url, headers={"Referer": site.url}, timeout=30)
        form = self.web.get("/en/chat/").text
        key = re.findall(r'name="key" value="([^"]+)"', form)[0]
        fields = {"key": key, "text": "Is there help with the rent?", "language": "en"}
        answer = self.web.post("/en/chat/", data=self._signed(fields))
        self.path = answer.headers["Location"]
        self.id = self.path.strip("/").rpartition("/")[2]

    def _signed(self, fields: dict[str, str]) -> dict[str, str]:
        return fields | {"csrfmiddlewaretoken": self.web.cookies["csrftoken"]}

    @contextmanager
    def line(self, *, origin: str | None = "", live: bool = True) -> Iterator[ClientConnection]:
        """An open socket that has said hello."""
        url = f"{self.site.url.replace('http', 'ws')}/ws/consultations/{self.id}?{LANGUAGE}"
        cookie = f"consultation={self.web.cookies['consultation']}"
        said: Any = self.site.url if origin == "" else origin
        with connect(url, origin=said, additional_headers={"Cookie": cookie}, compression=None) as open_line:
            if live:
                open_line.send(json.dumps({"type": "hello", "since": 0}))
                heard(open_line, "live")
            yield open_line

    def post(self, text: str, client_id: str) -> tuple[int, Any]:
        fields = self._signed({"client_id": client_id, "text": text})
        answer = self.web.post(f"{self.path}events", data=fields, headers={"Accept": "application/json"})
        return answer.status_code, answer.json()


def heard(line: ClientConnection, kind: str) -> dict[str, Any]:
    while (frame := json.loads(line.recv(timeout=10)))["type"] != kind:
        pass
    return dict(frame)


def code_of_the_end(line: ClientConnection) -> int:
    try:
        while True:
            line.recv(timeout=10)
    except ConnectionClosed as end:
        return int(end.rcvd.code) if end.rcvd else 0


@pytest.fixture
def open_browser(site: Site) -> Iterator[Callable[[], Browser]]:
    opened: list[Browser] = []

    def opens() -> Browser:
        opened.append(Browser(site))
        return opened[-1]

    yield opens
    for browser in opened:
        browser.web.close()


@pytest.fixture
def alice(open_browser: Callable[[], Browser]) -> Iterator[ClientConnection]:
    """Alice, in a conversation of her own; in the end her line must still carry a message."""
    with open_browser().line() as line:
        yield line
        line.send(json.dumps({"type": "send", "client_id": str(uuid4()), "text": "Still here"}))
        assert heard(line, "ack")["duplicate"] is False


@pytest.fixture
def eve(open_browser: Callable[[], Browser], alice: ClientConnection) -> Browser:
    return open_browser()


def memory(pid: int) -> int:
    with open(f"/proc/{pid}/statm") as facts:
        return int(facts.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def test_frames_of_two_mebibytes_close_the_line_and_cost_no_memory(eve: Browser, site: Site) -> None:
    before = memory(site.pid)
    for _time in range(20):
        with eve.line() as line:
            line.send(json.dumps({"type": "send", "client_id": str(uuid4()), "text": "x" * 2 * 1024 * 1024}))
            assert code_of_the_end(line) == 1009
    assert memory(site.pid) - before < MOST_GROWTH


def test_a_flood_of_frames_ends_the_line(eve: Browser) -> None:
    with eve.line() as line:
        with suppress(ConnectionClosed):
            for _time in range(5000):
                line.send('{"type": "hello", "since": 0}')
        assert code_of_the_end(line) == 4429


@pytest.mark.parametrize("frame", ["\x00\x01", "[" * 20_000, '{"type": "send"}', b"\xff\xfe\x00"])
def test_garbage_ends_the_line_with_a_code(eve: Browser, frame: str | bytes) -> None:
    with eve.line() as line:
        line.send(frame)
        assert code_of_the_end(line) == 4400


@pytest.mark.parametrize("origin", [None, "null", "https://evil.example", "file://", "http://127.0.0.1"])
def test_another_sites_page_or_none_opens_no_line(eve: Browser, origin: str | None) -> None:
    with pytest.raises(InvalidStatus) as refused, eve.line(origin=origin, live=False):
        pass
    assert refused.value.response.status_code == 403


def test_a_hundred_handshakes_that_are_never_finished_hinder_nobody(eve: Browser, site: Site) -> None:
    with ExitStack() as lines:
        for _number in range(100):
            half = lines.enter_context(closing(socket.create_connection(("127.0.0.1", site.port))))
            half.sendall(b"GET /ws/consultations/x HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: webs")
        with eve.line() as line:
            line.send(json.dumps({"type": "send", "client_id": str(uuid4()), "text": "Hello"}))
            assert heard(line, "ack")["duplicate"] is False


@pytest.mark.parametrize("since", [-1, 10**9, 10**30, "x", None])
def test_a_number_nobody_could_have_is_no_trouble(eve: Browser, since: object) -> None:
    with eve.line(live=False) as line:
        line.send(json.dumps({"type": "hello", "since": since}))
        try:
            outcome = heard(line, "live")["type"]
        except ConnectionClosed as end:
            outcome = str(end.rcvd and end.rcvd.code)
        assert outcome in {"live", "4400"}
        answer = eve.web.get(f"{eve.path}events", params={"since": str(since)})
    assert answer.status_code == 200


def test_the_same_id_with_another_text_is_refused_at_both_doors(eve: Browser) -> None:
    client_id = str(uuid4())
    assert eve.post("One", client_id)[0] == 201

    with eve.line() as line:
        line.send(json.dumps({"type": "send", "client_id": client_id, "text": "Two"}))
        refused = heard(line, "refused")

    assert refused == {"type": "refused", "client_id": client_id, "code": "conflict"}
    assert eve.post("Three", client_id) == (409, {"code": "conflict"})
    assert eve.post("One", client_id)[0] == 200


def test_the_4001st_sign_is_refused_at_both_doors_and_the_4000th_is_not(eve: Browser) -> None:
    assert eve.post("ž" * 4000, str(uuid4()))[0] == 201
    assert eve.post("ž" * 4001, str(uuid4())) == (422, {"code": "too_long"})

    with eve.line() as line:
        line.send(json.dumps({"type": "send", "client_id": str(uuid4()), "text": "ž" * 4001}))
        assert heard(line, "refused")["code"] == "too_long"


def test_the_twenty_first_message_of_a_minute_waits_and_none_is_lost(eve: Browser) -> None:
    with eve.line() as line:
        codes = []
        for number in range(22):
            line.send(json.dumps({"type": "send", "client_id": str(uuid4()), "text": f"No. {number}"}))
            frame = json.loads(line.recv(timeout=10))
            while frame["type"] not in {"ack", "refused"}:
                frame = json.loads(line.recv(timeout=10))
            codes.append(frame.get("code", "stored"))
    assert codes[:20] == ["stored"] * 20
    assert set(codes[20:]) == {"too_many"}
