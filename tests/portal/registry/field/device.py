"""A worker's tablet as the server meets it: it seals, it sends, and its network is what the test makes of it."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from portal.core import clock
from portal.registry.field import reading, sealing
from portal.registry.models import Post

HERE = {"Sec-Fetch-Site": "same-origin"}
FIELD = "/en/registry/field/"


def posted(client: Client, path: str, said: Any) -> Any:
    body = said if isinstance(said, str) else json.dumps(said)
    return client.post(f"{FIELD}{path}", body, content_type="application/json", headers=HERE)


@dataclass
class Device:
    """An opened tablet. `off`: how many seconds its clock is fast."""

    client: Client
    tablet: str
    carry: str
    pen: str
    key: dict[str, str]
    off: int = 0
    offset: int = 0
    waiting: list[dict[str, str]] = field(default_factory=list)

    def now(self) -> dt.datetime:
        return clock.now() + dt.timedelta(seconds=self.off)

    def body(self, who: int, what: list[dict[str, int]], /, **changes: Any) -> dict[str, Any]:
        return {
            "client_id": str(uuid.uuid4()),
            "tablet": self.tablet,
            "recipient": who,
            "started_at": (self.now() + dt.timedelta(seconds=self.offset)).isoformat(),
            "by_clock": True,
            "written_at": self.now().isoformat(),
            "offset": self.offset,
            "minutes": 60,
            "outcome": "done",
            "services": what,
            "note": "",
            "is_emergency": False,
            "confirmation": "signature",
            "path": "M10 10L40 60",
            "reason": "",
        } | changes

    def seal(self, body: dict[str, Any], *, pen: str | None = None, **others: str) -> dict[str, str]:
        """The record as it waits on the tablet."""
        text = json.dumps(body)
        mark = reading.mark_of(text, (pen or self.pen).encode())
        plain = json.dumps({"body": text, "mark": mark}).encode()
        key = self.key | others
        sealed = sealing.seal(plain, public=key["public"], key_id=key["id"], client_id=body["client_id"])
        return {"client_id": body["client_id"], "key": key["id"], "sealed": sealed}

    def write(self, *args: Any, **changes: Any) -> str:
        record = self.seal(self.body(*args, **changes))
        self.waiting.append(record)
        return record["client_id"]

    def send(self, *records: dict[str, str], client: Client | None = None, **more: Any) -> Any:
        """One contact; nobody need be signed in."""
        said = {"tablet": self.tablet, "carry": self.carry, "now": self.now().isoformat(), "waiting": 0}
        return posted(client or Client(), "records/", said | {"records": list(records)} | more)

    def bring(self) -> list[dict[str, Any]]:
        """Send what waits; what is kept waits no more."""
        answers: list[dict[str, Any]] = self.send(*self.waiting).json()["answers"]
        gone = {one["client_id"] for one in answers if one["state"] in {"kept", "known"}}
        self.waiting = [one for one in self.waiting if one["client_id"] not in gone]
        return answers


def taken_along(client: Client, post: Post, *, off: int = 0) -> Device:
    """The worker opens the field page on a device."""
    client.force_login(post.user)
    told = posted(client, "open/", {"name": "Android, Chrome"}).json()
    return Device(client, told["tablet"], told["carry"], told["pen"], told["key"], off=off, offset=-off)
