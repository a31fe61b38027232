"""Cases of the stand-in: what must stand in a request, what the registry fills in, and when it says no."""

from __future__ import annotations

import datetime as dt
from typing import Any

from tests.zgw.problems import Problem, wrong
from tests.zgw.tables import Row, Tables

PERSON = "rol__betrokkeneIdentificatie__natuurlijkPersoon__anpIdentificatie"
EXPANDABLE = {
    "zaaktype",
    "status",
    "status.statustype",
    "rollen",
    "zaakinformatieobjecten",
    "resultaat",
    "resultaat.resultaattype",
}


class Cases:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def create(self, sent: Row) -> Row:
        for name in ("bronorganisatie", "verantwoordelijkeOrganisatie", "zaaktype", "startdatum"):
            if not sent.get(name):
                raise wrong(name, "required")
        for name in ("bronorganisatie", "verantwoordelijkeOrganisatie"):
            _check_rsin(sent[name], name)
        if len(sent.get("omschrijving", "")) > 80:
            raise wrong("omschrijving", "max_length")
        kind = self._tables.at("zaaktypen", sent["zaaktype"], name="zaaktype")
        number = sent.get("identificatie") or f"ZAAK-{len(self._tables.where('zaken')) + 1:010d}"
        if self._tables.where("zaken", identificatie=number, bronorganisatie=sent["bronorganisatie"]):
            raise wrong("identificatie", "identificatie-niet-uniek")
        start = dt.date.fromisoformat(sent["startdatum"])
        filled: Row = {
            "identificatie": number,
            "omschrijving": "",
            "toelichting": "",
            "kenmerken": [],
            "einddatum": None,
            "einddatumGepland": _after(start, kind["servicenorm"]),
            "uiterlijkeEinddatumAfdoening": _after(start, kind["doorlooptijd"]),
            "opschorting": {"indicatie": False, "reden": ""},
            "archiefnominatie": None,
            "archiefactiedatum": None,
            "laatstGemuteerd": _now(),
        }
        return self._tables.add("zaken", filled | sent | {"identificatie": number})

    def delete(self, name: str) -> None:
        """Gone either way – but with a paper in it the answer is 500."""
        case = self._tables.row("zaken", name)
        papers = self._tables.where("zaakinformatieobjecten", zaak=case["url"])
        self._tables.remove("zaken", name)
        if papers:
            raise Problem(500, "error")

    def add_role(self, sent: Row) -> Row:
        case = self._tables.at("zaken", sent.get("zaak"), name="zaak")
        kind = self._tables.at("roltypen", sent.get("roltype"), name="roltype")
        who = sent.get("betrokkeneIdentificatie")
        if not who and not sent.get("betrokkene"):
            raise wrong("nonFieldErrors", "invalid-betrokkene")
        if len((who or {}).get("anpIdentificatie", "")) > 17:
            raise wrong("betrokkeneIdentificatie.anpIdentificatie", "max_length")
        generic = kind["omschrijvingGeneriek"]
        if generic == "initiator" and self._tables.where("rollen", zaak=case["url"], omschrijvingGeneriek=generic):
            raise wrong("nonFieldErrors", "max-occurences")
        case["laatstGemuteerd"] = _now()
        return self._tables.add("rollen", {"roltoelichting": ""} | sent | {"omschrijvingGeneriek": generic})

    def set_status(self, sent: Row) -> Row:
        case = self._tables.at("zaken", sent.get("zaak"), name="zaak")
        kind = self._tables.at("statustypen", sent.get("statustype"), name="statustype")
        at = dt.datetime.fromisoformat(sent["datumStatusGezet"])
        if at > dt.datetime.now(dt.UTC):
            raise wrong("datumStatusGezet", "date-in-future")
        if any(_at(one) == at for one in self._tables.where("statussen", zaak=case["url"])):
            raise wrong("nonFieldErrors", "unique")
        if kind["isEindstatus"]:
            self._close(case, at)
        case["laatstGemuteerd"] = _now()
        return self._tables.add("statussen", {"statustoelichting": ""} | sent)

    def _close(self, case: Row, at: dt.datetime) -> None:
        if not self._tables.where("resultaten", zaak=case["url"]):
            raise wrong("nonFieldErrors", "resultaat-does-not-exist")
        for link in self._tables.where("zaakinformatieobjecten", zaak=case["url"]):
            paper = self._tables.at("enkelvoudiginformatieobjecten", link["informatieobject"], name="informatieobject")
            if paper["indicatieGebruiksrecht"] is None:
                raise wrong("nonFieldErrors", "indicatiegebruiksrecht-unset")
        case.update(
            einddatum=at.date().isoformat(),
            archiefnominatie="vernietigen",
            archiefactiedatum=(at + dt.timedelta(days=1825)).date().isoformat(),
        )

    def set_result(self, sent: Row) -> Row:
        case = self._tables.at("zaken", sent.get("zaak"), name="zaak")
        self._tables.at("resultaattypen", sent.get("resultaattype"), name="resultaattype")
        if self._tables.where("resultaten", zaak=case["url"]):
            raise wrong("zaak", "unique")
        return self._tables.add("resultaten", {"toelichting": ""} | sent)

    def told(self, case: Row, expand: str = "") -> Row:
        """The case with what belongs to it; what was asked for lies beside it in `_expand`."""
        wanted = {part.strip() for part in expand.split(",") if part.strip()}
        if wanted - EXPANDABLE:
            raise wrong("expand", "invalid_choice")
        statuses = self._tables.where("statussen", zaak=case["url"])
        parts: dict[str, Any] = {
            "rollen": self._tables.where("rollen", zaak=case["url"]),
            "zaakinformatieobjecten": self._tables.where("zaakinformatieobjecten", zaak=case["url"]),
            "status": max(statuses, key=_at, default=None),
            "resultaat": next(iter(self._tables.where("resultaten", zaak=case["url"])), None),
        }
        told = case | {name: _address(part) for name, part in parts.items()}
        if wanted:
            parts["zaaktype"] = self._tables.at("zaaktypen", case["zaaktype"], name="zaaktype")
            told["_expand"] = {
                name: self._deep(name, part, wanted) for name, part in parts.items() if name in wanted and part
            }
        return told

    def _deep(self, name: str, part: Any, wanted: set[str]) -> Any:
        child, kind = f"{name}type", f"{name}typen"
        if f"{name}.{child}" not in wanted:
            return part
        return part | {"_expand": {child: self._tables.at(kind, part[child], name=child)}}

    def found(self, asked: dict[str, str]) -> list[Row]:
        """The cases that fit each of the terms."""
        cases = self._tables.where("zaken")
        for name, value in asked.items():
            cases = [case for case in cases if self._fits(case, name, value)]
        return cases

    def _fits(self, case: Row, name: str, value: str) -> bool:
        if name == "startdatum__gte":
            return bool(case["startdatum"] >= value)
        if name == PERSON:
            roles = self._tables.where("rollen", zaak=case["url"])
            return value in {(role.get("betrokkeneIdentificatie") or {}).get("anpIdentificatie") for role in roles}
        if name == "rol__omschrijvingGeneriek":
            return bool(self._tables.where("rollen", zaak=case["url"], omschrijvingGeneriek=value))
        return bool(case[name] == value)


def _address(part: Any) -> Any:
    return [one["url"] for one in part] if isinstance(part, list) else part and part["url"]


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat()


def _at(status: Row) -> dt.datetime:
    return dt.datetime.fromisoformat(status["datumStatusGezet"])


def _after(start: dt.date, term: str) -> str:
    return (start + dt.timedelta(days=int(term.strip("PD")))).isoformat()


def _check_rsin(number: str, name: str) -> None:
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    fits = len(number) == 9 and number.isdecimal()
    if not fits or sum(int(sign) * weight for sign, weight in zip(number, weights, strict=True)) % 11:
        raise wrong(name, "invalid")
