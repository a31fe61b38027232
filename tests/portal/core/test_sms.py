"""Short messages: by gateway or as files, one contract."""

from __future__ import annotations

import json
import stat
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from portal.core.sms import NotSent
from portal.core.sms.files import FileSms
from portal.core.sms.gateway import GatewaySms


class Gateway(HTTPServer):
    """Takes messages like a real one."""

    status = 202

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.taken: list[tuple[str, dict[str, Any]]] = []


class Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        assert isinstance(self.server, Gateway)
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.taken.append((self.headers["Authorization"], body))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    with Gateway() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def test_the_gateway_gets_number_text_and_token(gateway: Gateway) -> None:
    GatewaySms(f"http://parama:t0ken@127.0.0.1:{gateway.server_port}/sms").send("+37061234567", "Labas")

    assert gateway.taken == [("Bearer t0ken", {"to": "+37061234567", "text": "Labas"})]


def test_a_refusing_gateway_has_not_sent(gateway: Gateway) -> None:
    gateway.status = 500
    with pytest.raises(NotSent):
        GatewaySms(f"http://127.0.0.1:{gateway.server_port}/sms").send("+37061234567", "Labas")


def test_a_gateway_that_is_not_there_has_not_sent() -> None:
    with pytest.raises(NotSent):
        GatewaySms("http://127.0.0.1:9/sms").send("+37061234567", "Labas")


def test_a_message_as_a_file_is_readable_by_the_server_alone(tmp_path: Path) -> None:
    FileSms(str(tmp_path / "sms")).send("+37061234567", "x" * 5000)

    kept = next((tmp_path / "sms").iterdir())
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert len(kept.read_text()) < 700
