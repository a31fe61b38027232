"""Papers of the stand-in: put in whole or in parts, linked once, handed out with a token only."""

from __future__ import annotations

import base64
import datetime as dt
import uuid

from tests.zgw.problems import wrong
from tests.zgw.tables import Row, Tables

PART = 1024 * 1024
KIND = "enkelvoudiginformatieobjecten"


class Papers:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self.contents: dict[str, bytes] = {}
        self._parts: dict[str, bytes] = {}

    def create(self, sent: Row) -> Row:
        self._tables.at("informatieobjecttypen", sent.get("informatieobjecttype"), name="informatieobjecttype")
        number = sent.get("identificatie", "")
        if number and self._tables.where(KIND, identificatie=number, bronorganisatie=sent["bronorganisatie"]):
            raise wrong("identificatie", "identificatie-niet-uniek")
        is_whole = sent["inhoud"] is not None
        content = base64.b64decode(sent["inhoud"] or "")
        if is_whole and len(content) != sent["bestandsomvang"]:
            raise wrong("bestandsomvang", "file-size")
        filled: Row = {"indicatieGebruiksrecht": None, "bestandsnaam": "", "status": "", "versie": 1}
        filled |= {"locked": not is_whole, "bestandsdelen": []}
        paper = self._tables.add(KIND, filled | sent | {"beginRegistratie": dt.datetime.now(dt.UTC).isoformat()})
        if is_whole:
            self._fill(paper, content)
        else:
            self._announce(paper)
        return paper | ({} if is_whole else {"lock": paper["bestandsdelen"][0]["lock"]})

    def _fill(self, paper: Row, content: bytes) -> None:
        paper["inhoud"] = f"{paper['url']}/download?versie=1"
        self.contents[paper["uuid"]] = content

    def _announce(self, paper: Row) -> None:
        """The parts it waits for, all under one lock that each of them tells."""
        lock = uuid.uuid4().hex
        for number, start in enumerate(range(0, paper["bestandsomvang"], PART), 1):
            size = min(PART, paper["bestandsomvang"] - start)
            facts: Row = {"volgnummer": number, "omvang": size, "voltooid": False, "lock": lock}
            part = self._tables.add("bestandsdelen", facts)
            self._parts[part["uuid"]] = b""
            paper["bestandsdelen"].append(part)

    def put_part(self, name: str, content: bytes, lock: str) -> Row:
        part = self._tables.row("bestandsdelen", name)
        if lock != part["lock"]:
            raise wrong("nonFieldErrors", "incorrect-lock-id")
        if len(content) != part["omvang"]:
            raise wrong("nonFieldErrors", "file-size")
        self._parts[name], part["voltooid"] = content, True
        return part

    def unlock(self, name: str, lock: str) -> None:
        """Whole now, or for ever without its content: the real one unlocks that too."""
        paper = self._tables.row(KIND, name)
        parts = paper["bestandsdelen"]
        if not parts or lock != parts[0]["lock"]:
            raise wrong("nonFieldErrors", "incorrect-lock-id")
        if all(part["voltooid"] for part in parts):
            self._fill(paper, b"".join(self._parts[part["uuid"]] for part in parts))
        paper.update(locked=False, bestandsdelen=[])

    def link(self, sent: Row) -> Row:
        case = self._tables.at("zaken", sent.get("zaak"), name="zaak")["url"]
        paper = self._tables.at(KIND, sent.get("informatieobject"), name="informatieobject")["url"]
        if self._tables.where("zaakinformatieobjecten", zaak=case, informatieobject=paper):
            raise wrong("nonFieldErrors", "unique")
        self._tables.add("objectinformatieobjecten", {"object": case, "informatieobject": paper, "objectType": "zaak"})
        return self._tables.add("zaakinformatieobjecten", sent)
