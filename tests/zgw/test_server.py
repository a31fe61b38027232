"""The stand-in answers as a registry behind the ZGW APIs was seen to answer, else what it proves is worth nothing."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import httpx
import jwt
import pytest

from tests.zgw.server import CLIENT_ID, CRS, ORGANISATION, SECRET, StandIn

ZAKEN = "/zaken/api/v1/zaken"


def token(**changes: Any) -> dict[str, str]:
    claims = {"client_id": CLIENT_ID, "iat": int(time.time())} | changes
    signed = jwt.encode({name: value for name, value in claims.items() if value is not None}, SECRET, algorithm="HS256")
    return {"Authorization": f"Bearer {signed}"}


@pytest.fixture
def office() -> Iterator[StandIn]:
    with StandIn().running() as stand_in:
        yield stand_in


@pytest.fixture
def http(office: StandIn) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=office.url, headers=token() | {"Accept-Crs": CRS, "Content-Crs": CRS}) as client:
        yield client


def address(office: StandIn, kind: str, **of: Any) -> str:
    return str(office.tables.where(kind, **of)[0]["url"]).replace("@", office.url, 1)


def case(office: StandIn, http: httpx.Client, **changes: Any) -> httpx.Response:
    body = {
        "bronorganisatie": ORGANISATION,
        "verantwoordelijkeOrganisatie": ORGANISATION,
        "zaaktype": address(office, "zaaktypen"),
        "startdatum": "2026-11-04",
        "identificatie": "P-1",
    }
    return http.post(ZAKEN, json=body | changes)


def codes(answer: httpx.Response) -> tuple[int, str]:
    assert answer.headers["Content-Type"] == "application/json"
    told = answer.json()
    return answer.status_code, told.get("invalidParams", [told])[0]["code"]


@pytest.mark.parametrize(
    ("headers", "code"),
    [
        ({"Authorization": ""}, "permission_denied"),
        ({"Authorization": "Bearer nonsense"}, "invalid-jwt-signature"),
        (token(iat=None), "jwt-missing-iat-claim"),
        (token(iat=int(time.time()) - 4000), "jwt-expired"),
        (token(exp=int(time.time()) - 60), "jwt-expiredsignatureerror"),
        (token(client_id="stranger"), "invalid-client-identifier"),
        (token(client_id=None, iss=CLIENT_ID), "missing-client-identifier"),
    ],
)
def test_a_token_that_is_not_right_is_forbidden(http: httpx.Client, headers: dict[str, str], code: str) -> None:
    assert codes(http.get(ZAKEN, headers=headers)) == (403, code)


def test_cases_ask_for_their_coordinates_and_nothing_else_does(office: StandIn, http: httpx.Client) -> None:
    del http.headers["Accept-Crs"]
    assert http.get(ZAKEN).status_code == 412
    assert http.get("/zaken/api/v1/statussen").status_code == 200
    assert http.get(ZAKEN, headers={"Accept-Crs": "EPSG:28992"}).status_code == 406
    assert http.get(ZAKEN, headers={"Accept-Crs": CRS, "Accept": "application/problem+json"}).status_code == 406


def test_a_case_is_made_once_with_its_terms(office: StandIn, http: httpx.Client) -> None:
    made = case(office, http).json()
    assert (made["einddatumGepland"], made["uiterlijkeEinddatumAfdoening"]) == ("2026-11-18", "2026-12-04")
    assert codes(case(office, http)) == (400, "identificatie-niet-uniek")
    assert codes(case(office, http, bronorganisatie="123456789")) == (400, "invalid")
    assert codes(case(office, http, omschrijving="x" * 81)) == (400, "max_length")


def test_addresses_are_those_of_the_host_that_was_asked(office: StandIn, http: httpx.Client) -> None:
    other = address(office, "zaaktypen").replace("127.0.0.1", "localhost")
    assert codes(case(office, http, zaaktype=other)) == (400, "unknown-service")
    assert case(office, http).json()["url"].startswith(office.url)


def test_lists_have_pages_and_know_their_parameters(office: StandIn, http: httpx.Client) -> None:
    for number in range(3):
        case(office, http, identificatie=f"P-{number}")
    first = http.get(ZAKEN, params={"pageSize": "2"}).json()
    assert (first["count"], len(first["results"]), bool(first["next"])) == (3, 2, True)
    assert codes(http.get(ZAKEN, params={"page": "9"})) == (404, "not_found")
    assert codes(http.get(ZAKEN, params={"nonsense": "1"})) == (400, "unknown-parameters")
    assert http.get("/zaken/api/v1/zaakinformatieobjecten").json() == []


def test_what_has_not_changed_is_not_sent_again(office: StandIn, http: httpx.Client) -> None:
    made = case(office, http).json()["url"]
    tag = http.get(made).headers["ETag"]
    assert http.get(made, headers={"If-None-Match": tag}).status_code == 304


def test_the_latest_status_counts_and_the_end_needs_a_result(office: StandIn, http: httpx.Client) -> None:
    made = case(office, http).json()["url"]

    def set_status(name: str, at: str) -> httpx.Response:
        kind = address(office, "statustypen", omschrijving=name)
        return http.post("/zaken/api/v1/statussen", json={"zaak": made, "statustype": kind, "datumStatusGezet": at})

    working = set_status("In behandeling", "2020-11-05T10:00:00+00:00").json()["url"]
    assert set_status("Ontvangen", "2020-11-04T10:00:00+00:00").status_code == 201
    assert http.get(made).json()["status"] == working
    assert codes(set_status("Ontvangen", "2020-11-04T10:00:00+00:00")) == (400, "unique")
    assert codes(set_status("Ontvangen", "2999-01-01T10:00:00+00:00")) == (400, "date-in-future")
    assert codes(set_status("Afgehandeld", "2020-11-06T10:00:00+00:00")) == (400, "resultaat-does-not-exist")


def test_a_case_has_one_initiator(office: StandIn, http: httpx.Client) -> None:
    made = case(office, http).json()["url"]
    role = {"zaak": made, "roltype": address(office, "roltypen", omschrijvingGeneriek="initiator")}
    assert codes(http.post("/zaken/api/v1/rollen", json=role)) == (400, "invalid-betrokkene")
    named = role | {"betrokkeneType": "natuurlijk_persoon", "betrokkeneIdentificatie": {"anpIdentificatie": "A" * 17}}
    assert http.post("/zaken/api/v1/rollen", json=named).status_code == 201
    assert codes(http.post("/zaken/api/v1/rollen", json=named)) == (400, "max-occurences")
    named["betrokkeneIdentificatie"] = {"anpIdentificatie": "A" * 18}
    assert codes(http.post("/zaken/api/v1/rollen", json=named)) == (400, "max_length")


def test_a_case_with_a_paper_answers_500_when_deleted_and_is_gone(office: StandIn, http: httpx.Client) -> None:
    made = case(office, http).json()["url"]
    paper = {
        "bronorganisatie": ORGANISATION,
        "informatieobjecttype": address(office, "informatieobjecttypen"),
        "inhoud": "eA==",
        "bestandsomvang": 1,
    }
    papers = "/documenten/api/v1/enkelvoudiginformatieobjecten"
    assert codes(http.post(papers, json=paper | {"bestandsomvang": 2})) == (400, "file-size")
    put = http.post(papers, json=paper).json()
    link = {"zaak": made, "informatieobject": put["url"]}
    assert http.post("/zaken/api/v1/zaakinformatieobjecten", json=link).status_code == 201
    assert codes(http.post("/zaken/api/v1/zaakinformatieobjecten", json=link)) == (400, "unique")
    assert httpx.get(put["inhoud"]).status_code == 403
    assert http.get(put["inhoud"]).content == b"x"
    assert http.delete(made).status_code == 500
    assert http.get(made).status_code == 404
