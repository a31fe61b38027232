"""Short messages through a gateway that takes JSON over HTTPS."""

from __future__ import annotations

import json
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import unquote, urlsplit

from portal.core.sms.base import LONGEST, NotSent, Sms

PATIENCE = 5.0  # seconds


class GatewaySms(Sms):
    """`POST {"to", "text"}` with the password of the address as a bearer token; any 2xx means taken."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._secure = parts.scheme == "https"
        self._host, self._port = parts.hostname or "", parts.port
        self._path = parts.path or "/"
        self._token = unquote(parts.password or parts.username or "")

    def send(self, number: str, text: str) -> None:
        kind = HTTPSConnection if self._secure else HTTPConnection
        connection = kind(self._host, self._port, timeout=PATIENCE)
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self._token}"}
        body = json.dumps({"to": number, "text": text[:LONGEST]})
        try:
            connection.request("POST", self._path, body=body, headers=headers)
            status = connection.getresponse().status
        except (OSError, HTTPException) as trouble:
            raise NotSent(type(trouble).__name__) from trouble
        finally:
            connection.close()
        if not 200 <= status < 300:
            raise NotSent(f"the gateway answered {status}")
