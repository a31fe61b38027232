"""Papers: how they get into the registry, whole when they are small, in parts when they are large.

A paper's number comes from our key, so what is sent again is found, and what was begun is gone on with: each part tells
the lock it waits under. One that was unlocked without its parts can't be helped: it is left behind, linked to no case,
and the paper goes in under a next number.
"""

from __future__ import annotations

import base64
import mimetypes
from dataclasses import dataclass
from typing import Any

from portal.cases.registries.base import Away
from portal.cases.registries.zgw import reading
from portal.cases.registries.zgw.catalogue import id_of
from portal.cases.registries.zgw.client import CATALOGI, DOCUMENTEN, Client, Problem
from portal.cases.registries.zgw.reading import Told
from portal.core import clock

PAPERS = f"{DOCUMENTEN}enkelvoudiginformatieobjecten"
TAKEN = frozenset({"identificatie-niet-uniek"})
LONGEST_NAME = 200
LARGE = 2 * 1024 * 1024  # from here on in parts: in one piece it would grow by a third, and all of it in memory
MOST_NUMBERS = 5


@dataclass(frozen=True, slots=True)
class Sheet:
    """One paper to be put in. `seen_by`: who may read it, in the registry's own word."""

    key: str
    title: str
    content: bytes
    kind: str
    seen_by: str


class Papers:
    """The papers of one organisation."""

    def __init__(self, client: Client, organisation: str) -> None:
        self._client, self._organisation = client, organisation

    def put(self, sheet: Sheet, *, kind: str) -> Told:
        """The paper, whole; the one that is there when it was sent before. `kind`: the type of document."""
        for attempt in range(MOST_NUMBERS):
            number = reading.paper_number(sheet.key if not attempt else f"{sheet.key} {attempt}")
            try:
                put = self._create(sheet, number, kind)
            except Problem as problem:
                if not problem.codes & TAKEN:
                    raise
                put = self._known(number)
            if is_unfinished(put):
                self._send_parts(put, sheet.content)
                return put
            if put["inhoud"] is not None or not put["bestandsomvang"]:
                return put
        raise Away("has begun this paper again and again")

    def _known(self, number: str) -> Told:
        found = self._client.all(PAPERS, {"identificatie": number, "bronorganisatie": self._organisation})
        known = next((one for one in found if one["identificatie"] == number), None)
        if known is None:
            raise Away("says a paper is there, and does not find it")
        return known

    def _create(self, sheet: Sheet, number: str, kind: str) -> Told:
        is_large = len(sheet.content) > LARGE
        content = None if is_large else base64.b64encode(sheet.content).decode()
        made: Told = self._client.post(PAPERS, self._body(sheet, number, kind) | {"inhoud": content})
        return made

    def _send_parts(self, paper: Told, content: bytes) -> None:
        """Each part that is missing, as long as the registry wants it; then the lock is given back."""
        parts = sorted(paper["bestandsdelen"], key=lambda part: int(part["volgnummer"]))
        if sum(int(part["omvang"]) for part in parts) != len(content):
            raise Away("wants another paper than the one that was announced")
        start = 0
        for part in parts:
            end = start + int(part["omvang"])
            if not part["voltooid"]:
                address = f"{DOCUMENTEN}bestandsdelen/{id_of(part['url'])}"
                self._client.put_part(address, content[start:end], lock=part["lock"])
            start = end
        self._client.post(f"{PAPERS}/{id_of(paper['url'])}/unlock", {"lock": parts[0]["lock"]})

    def _body(self, sheet: Sheet, number: str, kind: str) -> dict[str, Any]:
        suffix = "" if "." in sheet.title else mimetypes.guess_extension(sheet.kind) or ""
        title = sheet.title[:LONGEST_NAME]
        return {
            "identificatie": number,
            "bronorganisatie": self._organisation,
            "informatieobjecttype": self._client.address(f"{CATALOGI}informatieobjecttypen/{kind}"),
            "creatiedatum": clock.today().isoformat(),
            "titel": title,
            "auteur": "Parama",
            "taal": "lit",
            "status": "definitief",
            "formaat": sheet.kind,
            "bestandsnaam": f"{title}{suffix}",
            "bestandsomvang": len(sheet.content),
            "vertrouwelijkheidaanduiding": sheet.seen_by,
            "indicatieGebruiksrecht": False,
        }


def is_unfinished(paper: Told) -> bool:
    """Whether parts of it are awaited. What was unlocked without them awaits none, and has no content."""
    return paper["inhoud"] is None and bool(paper["locked"]) and bool(paper["bestandsdelen"])
