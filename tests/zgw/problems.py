"""How the stand-in says no: the fields of a problem, sent as plain JSON, with codes to decide by."""

from __future__ import annotations

from typing import Any


class Problem(Exception):
    def __init__(self, status: int, code: str, *, name: str = "") -> None:
        super().__init__(code)
        self.status, self.code, self.name = status, code, name

    @property
    def body(self) -> dict[str, Any]:
        told = {
            "type": "https://ergens/ref/fouten/",
            "code": "invalid" if self.name else self.code,
            "title": "Fout.",
            "status": self.status,
            "detail": "Er is iets mis.",
            "instance": "urn:uuid:0",
        }
        return (
            told | {"invalidParams": [{"name": self.name, "code": self.code, "reason": "Nee."}]} if self.name else told
        )


def wrong(name: str, code: str) -> Problem:
    return Problem(400, code, name=name)


def not_found() -> Problem:
    return Problem(404, "not_found")
