"""The catalogue of the stand-in: one case type, published, with what a case needs."""

from __future__ import annotations

from tests.zgw.tables import Row, Tables

STATES = ("Ontvangen", "In behandeling", "Wacht op informatie", "Afgehandeld")
RESULTS = {"Toegekend": "granted", "Afgewezen": "refused", "Ingetrokken": "withdrawn"}
CASE_TYPE, WAITING = "PORTAL-001", "Wacht op informatie"


def fill(tables: Tables) -> None:
    """Statuses come in no order, as they do from the real one."""
    case_type = tables.add(
        "zaaktypen",
        {
            "identificatie": CASE_TYPE,
            "omschrijving": "Verzoek via het portaal",
            "doorlooptijd": "P30D",
            "servicenorm": "P14D",
            "versiedatum": "2026-01-01",
            "beginGeldigheid": "2026-01-01",
            "eindeGeldigheid": None,
            "concept": False,
        },
    )["url"]
    for number, name in sorted(enumerate(STATES, 1), reverse=True):
        kind: Row = {"zaaktype": case_type, "omschrijving": name, "volgnummer": number}
        tables.add("statustypen", kind | {"isEindstatus": number == len(STATES)})
    for generic in ("behandelaar", "initiator"):
        tables.add("roltypen", {"zaaktype": case_type, "omschrijving": generic, "omschrijvingGeneriek": generic})
    for name in RESULTS:
        tables.add("resultaattypen", {"zaaktype": case_type, "omschrijving": name})
    paper = tables.add("informatieobjecttypen", {"omschrijving": "Bijlage", "concept": False})["url"]
    tables.add(
        "zaaktype-informatieobjecttypen",
        {"zaaktype": case_type, "informatieobjecttype": paper, "volgnummer": 1, "richting": "inkomend"},
    )
