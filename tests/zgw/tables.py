"""What the stand-in remembers, and addresses: kept without a host, since each request's Host gives them theirs."""

from __future__ import annotations

import hashlib
import json
import uuid
from typing import Any

from tests.zgw.problems import not_found, wrong

Row = dict[str, Any]
ROOTS = {
    "zaken": "zaken",
    "rollen": "zaken",
    "statussen": "zaken",
    "resultaten": "zaken",
    "zaakinformatieobjecten": "zaken",
    "zaaktypen": "catalogi",
    "statustypen": "catalogi",
    "roltypen": "catalogi",
    "resultaattypen": "catalogi",
    "informatieobjecttypen": "catalogi",
    "zaaktype-informatieobjecttypen": "catalogi",
    "enkelvoudiginformatieobjecten": "documenten",
    "objectinformatieobjecten": "documenten",
    "bestandsdelen": "documenten",
}
INDEXED = {"zaak", "identificatie", "informatieobject"}  # what a big registry is asked by; it never changes in a row


class Tables:
    """Rows by kind, in the order they came."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[str, Row]] = {kind: {} for kind in ROOTS}
        self._found: dict[tuple[str, str, str], dict[str, Row]] = {}

    def add(self, kind: str, row: Row) -> Row:
        name = str(uuid.uuid4())
        made = {"url": f"@/{ROOTS[kind]}/api/v1/{kind}/{name}", "uuid": name} | row
        self._rows[kind][name] = made
        for column in INDEXED & made.keys():
            self._found.setdefault((kind, column, made[column]), {})[name] = made
        return made

    def remove(self, kind: str, name: str) -> None:
        gone = self._rows[kind].pop(name)
        for column in INDEXED & gone.keys():
            del self._found[(kind, column, gone[column])][name]

    def row(self, kind: str, name: str) -> Row:
        if name not in self._rows[kind]:
            raise not_found()
        return self._rows[kind][name]

    def at(self, kind: str, address: Any, *, name: str) -> Row:
        """The row an address in a body means; one under another host name is an unknown service."""
        start = f"@/{ROOTS[kind]}/api/v1/{kind}/"
        if not isinstance(address, str) or not address.startswith("@/"):
            raise wrong(name, "unknown-service")
        row = self._rows[kind].get(address.removeprefix(start))
        if row is None:
            raise wrong(name, "does_not_exist")
        return row

    def where(self, kind: str, **wanted: Any) -> list[Row]:
        among = next(
            (self._found.get((kind, name, is_), {}) for name, is_ in wanted.items() if name in INDEXED),
            self._rows[kind],
        )
        return [row for row in among.values() if all(row.get(name) == is_ for name, is_ in wanted.items())]


def outward(told: Any, host: str) -> bytes:
    return json.dumps(told).replace('"@/', f'"http://{host}/').encode()


def inward(sent: str, host: str) -> str:
    return sent.replace(f"http://{host}/", "@/")


def etag(told: Any) -> str:
    return f'"{hashlib.md5(json.dumps(told).encode(), usedforsecurity=False).hexdigest()}"'
