"""Papers of the stand-in: put in whole, linked once, handed out with a token only."""

from __future__ import annotations

import base64
import datetime as dt

from tests.zgw.problems import wrong
from tests.zgw.tables import Row, Tables

KIND = "enkelvoudiginformatieobjecten"


class Papers:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self.contents: dict[str, bytes] = {}

    def create(self, sent: Row) -> Row:
        self._tables.at("informatieobjecttypen", sent.get("informatieobjecttype"), name="informatieobjecttype")
        number = sent.get("identificatie", "")
        if number and self._tables.where(KIND, identificatie=number, bronorganisatie=sent["bronorganisatie"]):
            raise wrong("identificatie", "identificatie-niet-uniek")
        content = base64.b64decode(sent["inhoud"])
        if len(content) != sent["bestandsomvang"]:
            raise wrong("bestandsomvang", "file-size")
        filled = {"indicatieGebruiksrecht": None, "bestandsnaam": "", "status": "", "versie": 1}
        paper = self._tables.add(KIND, filled | sent | {"beginRegistratie": dt.datetime.now(dt.UTC).isoformat()})
        paper["inhoud"] = f"{paper['url']}/download?versie=1"
        self.contents[paper["uuid"]] = content
        return paper

    def link(self, sent: Row) -> Row:
        case = self._tables.at("zaken", sent.get("zaak"), name="zaak")["url"]
        paper = self._tables.at(KIND, sent.get("informatieobject"), name="informatieobject")["url"]
        if self._tables.where("zaakinformatieobjecten", zaak=case, informatieobject=paper):
            raise wrong("nonFieldErrors", "unique")
        self._tables.add("objectinformatieobjecten", {"object": case, "informatieobject": paper, "objectType": "zaak"})
        return self._tables.add("zaakinformatieobjecten", sent)
