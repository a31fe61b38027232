"""The port, spoken in ZGW: Zaken, Catalogi, Documenten.

Numbers of cases and papers come from our keys, so whatever is sent again is found and not made twice. Notes are
internal papers, since the APIs have no notes; the person's own papers and what the office made public are shown.
"""

from __future__ import annotations

import datetime as dt
import mimetypes
import uuid
from collections.abc import Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.cases.registries.base import Away, CaseRegistry, NotThere, Refused
from portal.cases.registries.facts import (
    DECIDED,
    ENDED,
    Applicant,
    Capability,
    CaseState,
    Changes,
    Contact,
    Document,
    File,
    KnownType,
    NewAnswer,
    NewCase,
    NewDocument,
    NewEnquiry,
    NewNote,
    PersonLink,
    Status,
)
from portal.cases.registries.zgw import polling, reading, terms
from portal.cases.registries.zgw.catalogue import Catalogue, Words, id_of
from portal.cases.registries.zgw.client import CATALOGI, DOCUMENTEN, ZAKEN, Client, Problem
from portal.cases.registries.zgw.papers import LONGEST_NAME, PAPERS, Papers, Sheet
from portal.cases.registries.zgw.reading import EXPAND, IN_BODY, Told
from portal.core import clock
from portal.core.languages import DEFAULT

PERSON = "rol__betrokkeneIdentificatie__natuurlijkPersoon__anpIdentificatie"
TAKEN = frozenset({"identificatie-niet-uniek"})
DONE = frozenset({"unique", "max-occurences"})
LONGEST_TITLE = 80
LONGEST_TEXT = 1000


class ZgwRegistry(CaseRegistry):
    """A registry behind the ZGW APIs. Ids are its UUIDs."""

    def __init__(
        self,
        url: str,
        client_id: str,
        secret: str,
        organisation: str,
        case_type: str,
        waiting: str = "",
        results: Mapping[str, str] | None = None,
    ) -> None:
        meanings = {name.casefold(): Status(word) for name, word in (results or {}).items()}
        self._words = Words(waiting, meanings)
        self._client = Client(url, client_id, secret)
        self._catalogue = Catalogue(self._client, self._words, case_type)
        self._organisation = organisation
        self._papers = Papers(self._client, organisation)

    def open_case(self, new: NewCase) -> CaseState:
        case_type = self._catalogue.for_service(new.service)
        number = reading.number_of(new.key, new.submitted_at.year)
        try:
            case = id_of(self._client.post(f"{ZAKEN}zaken", self._new_case(new, number, case_type.id))["url"])
        except Problem as problem:
            if not problem.codes & TAKEN:
                raise
            case = self._by_number(number)
        told = self._case(case)
        if not told["rollen"]:
            self._once(f"{ZAKEN}rollen", self._initiator(new, case, case_type.initiator))
        if not told["status"]:
            self._set_status(case, case_type.first, at=new.submitted_at)
        return self.get_case(case, person=new.person)

    def get_case(self, case: str, *, person: PersonLink) -> CaseState:
        told = self._asked(case, person)
        statuses = self._client.all(f"{ZAKEN}statussen", {"zaak": self._case_address(id_of(told["url"]))})
        return self._state(told, statuses)

    def cases_of(self, person: PersonLink) -> tuple[CaseState, ...]:
        """Newest first, each with the step it is at: one search, however many there are (and a page each hundred)."""
        search = {PERSON: reading.short(person), "rol__omschrijvingGeneriek": "initiator"} | IN_BODY
        found = self._client.found(f"{ZAKEN}zaken/_zoek", search)
        states = [self._state(told, reading.current_status(told)) for told in polling.belonging(found, person)]
        return tuple(sorted(states, key=lambda state: state.submitted_at, reverse=True))

    def add_note(self, case: str, note: NewNote) -> None:
        self._mine(case, note.person)
        with override(DEFAULT):
            title = _("Note: %(author)s") % {"author": note.author}
        self._put_text(case, note.key, title, note.text)

    def add_document(self, case: str, document: NewDocument) -> Document:
        self._mine(case, document.person)
        kind = mimetypes.guess_type(document.path.name)[0] or "application/octet-stream"
        sheet = Sheet(document.key, document.name, document.path.read_bytes(), kind, "zaakvertrouwelijk")
        put = self._put(case, sheet)
        return reading.document_of(put, case, document.person)

    def documents(self, case: str, *, person: PersonLink) -> tuple[Document, ...]:
        told = self._mine(case, person)
        papers = [self._paper(paper) for paper in reading.paper_links(told)]
        shown = [reading.document_of(paper, case, person) for paper in papers if reading.is_for_person(paper)]
        return tuple(sorted(shown, key=lambda document: document.at))

    def open_document(self, document: str, *, person: PersonLink) -> File:
        paper = self._paper(document)
        address = self._client.address(f"{DOCUMENTEN}enkelvoudiginformatieobjecten/{id_of(paper['url'])}")
        links = self._client.get(f"{DOCUMENTEN}objectinformatieobjecten", {"informatieobject": address})
        cases = [id_of(link["object"]) for link in links if link["objectType"] == "zaak"]
        if not reading.is_for_person(paper) or not any(self._is_of(case, person) for case in cases):
            raise NotThere(document)
        path = f"{DOCUMENTEN}enkelvoudiginformatieobjecten/{document}/download"
        content = self._client.download(path, {"versie": str(paper["versie"])})
        if len(content) != paper["bestandsomvang"]:
            raise Away("answered with half a paper")
        return File(paper["bestandsnaam"] or paper["titel"], content)

    def contacts(self, case: str, *, person: PersonLink) -> tuple[Contact, ...]:
        """None: contact moments are another API's. What the office says stands with the steps of the case."""
        self._mine(case, person)
        return ()

    def ask_person(self, case: str, enquiry: NewEnquiry) -> None:
        """The status in which a case waits, set at the moment of asking: sent again, it is there already."""
        told = self._mine(case, enquiry.person)
        if told.get("einddatum"):
            raise Refused("the case has ended")
        waiting = self._type_of(case).waiting
        if not waiting:
            raise Refused("no status of this case type means that we wait for the person")
        text = enquiry.text
        if enquiry.until:
            with override(DEFAULT):
                text = f"{text}\n{_('Send it by %(day)s.') % {'day': date_format(enquiry.until)}}"
        self._set_status(case, waiting, at=enquiry.at, text=text)

    def answer_request(self, case: str, answer: NewAnswer) -> None:
        state = self._full(self._mine(case, answer.person))
        asked = next((one for one in state.enquiries if one.id == answer.enquiry), None)
        if asked is None:
            raise NotThere(answer.enquiry)
        with override(DEFAULT):
            title = _("Answer of the resident")
        self._put_text(case, answer.key, title, answer.text)
        working = self._type_of(case).working
        if asked.answered_at is None and state.status == Status.WAITING and working:
            self._set_status(case, working, at=clock.now())

    def withdraw(self, case: str, *, person: PersonLink, key: str) -> None:
        state = self._full(self._mine(case, person))
        if state.status in DECIDED:
            raise Refused("it has been decided")
        if state.status in ENDED:
            return
        case_type = self._type_of(case)
        result = case_type.results.get(Status.WITHDRAWN)
        if result is None:
            raise Refused("no result of this case type means that it was withdrawn")
        address = self._client.address(f"{CATALOGI}resultaattypen/{result}")
        self._once(f"{ZAKEN}resultaten", {"zaak": self._case_address(case), "resultaattype": address})
        self._set_status(case, case_type.last, at=clock.now())

    def changes(self, since: str) -> Changes:
        return polling.changes(self._client, since, lambda case: self._full(self._case(case)))

    def check(self) -> str:
        count = self._client.get(f"{ZAKEN}zaken", {"pageSize": "1"})["count"]
        return f"{int(count)} cases"

    def report(self) -> tuple[str, ...]:
        return (self.check(), *self._catalogue.report())

    def case_types(self) -> tuple[KnownType, ...]:
        return terms.case_types(self._catalogue)

    def capabilities(self) -> frozenset[Capability]:
        can = {Capability.DOCUMENTS, Capability.CASE_TYPES}
        if self._words.waiting:
            can |= {Capability.ANSWERS, Capability.ENQUIRIES}
        if Status.WITHDRAWN in self._words.results.values():
            can.add(Capability.WITHDRAWAL)
        return frozenset(can)

    def close(self) -> None:
        """Let go of the connections that are held open."""
        self._client.close()

    def _full(self, told: Told) -> CaseState:
        statuses = self._client.all(f"{ZAKEN}statussen", {"zaak": self._case_address(id_of(told["url"]))})
        return self._state(told, statuses)

    def _state(self, told: Told, statuses: list[Told]) -> CaseState:
        return reading.state_of(told, statuses, self._catalogue.by_id(id_of(told["zaaktype"])), self._words)

    def _type_of(self, case: str) -> Any:
        return self._catalogue.by_id(id_of(self._case(case)["zaaktype"]))

    def _case_address(self, case: str) -> str:
        return self._client.address(f"{ZAKEN}zaken/{case}")

    def _case(self, case: str) -> Told:
        told: Told = self._client.get(f"{ZAKEN}zaken/{_known(case)}", {"expand": EXPAND})
        return told

    def _mine(self, case: str, person: PersonLink) -> Told:
        """The case that was asked for, of this person: nothing is read from another, nor written on its word."""
        told = self._asked(case, person)
        if id_of(told["url"]) != case:
            raise Away("answered with another case")
        return told

    def _asked(self, case: str, person: PersonLink) -> Told:
        """The case, when it is this person's. One that was not asked for goes on as it is, to be refused above."""
        told = self._case(case)
        if id_of(told["url"]) == case and reading.person_of(told) != person:
            raise NotThere(case)
        return told

    def _is_of(self, case: str, person: PersonLink) -> bool:
        told = self._case(case)
        return id_of(told["url"]) == case and reading.person_of(told) == person

    def _by_number(self, number: str) -> str:
        search = {"identificatie": number, "bronorganisatie": self._organisation}
        found = [one for one in self._client.found(f"{ZAKEN}zaken/_zoek", search) if one["identificatie"] == number]
        if len(found) != 1:
            raise Away("says a case is there, and does not find it")
        return id_of(found[0]["url"])

    def _paper(self, paper: str) -> Told:
        told: Told = self._client.get(f"{DOCUMENTEN}enkelvoudiginformatieobjecten/{_known(paper)}")
        return told

    def _new_case(self, new: NewCase, number: str, case_type: str) -> dict[str, Any]:
        body = {
            "identificatie": number,
            "bronorganisatie": self._organisation,
            "verantwoordelijkeOrganisatie": self._organisation,
            "zaaktype": self._client.address(f"{CATALOGI}zaaktypen/{case_type}"),
            "startdatum": clock.day_of(new.submitted_at).isoformat(),
            "omschrijving": new.title[:LONGEST_TITLE],
            "toelichting": _about(new.applicant, new.office),
            "kenmerken": [
                {"kenmerk": new.service, "bron": reading.SERVICE},
                {"kenmerk": new.submitted_at.isoformat(), "bron": reading.SUBMITTED},
            ],
        }
        if new.promised_until:
            body["einddatumGepland"] = new.promised_until.isoformat()
        if new.legal_until:
            body["uiterlijkeEinddatumAfdoening"] = new.legal_until.isoformat()
        return body

    def _initiator(self, new: NewCase, case: str, role: str) -> dict[str, Any]:
        return {
            "zaak": self._case_address(case),
            "betrokkeneType": "natuurlijk_persoon",
            "roltype": self._client.address(f"{CATALOGI}roltypen/{role}"),
            "roltoelichting": new.person,
            "betrokkeneIdentificatie": {
                "anpIdentificatie": reading.short(new.person),
                "geslachtsnaam": new.applicant.name[:200],
            },
        }

    def _set_status(self, case: str, kind: str, *, at: dt.datetime, text: str = "") -> None:
        body = {
            "zaak": self._case_address(case),
            "statustype": self._client.address(f"{CATALOGI}statustypen/{kind}"),
            "datumStatusGezet": at.isoformat(),
            "statustoelichting": text[:LONGEST_TEXT],
        }
        self._once(f"{ZAKEN}statussen", body)

    def _once(self, path: str, body: Mapping[str, Any]) -> None:
        """Make it, unless it is there."""
        try:
            self._client.post(path, body)
        except Problem as problem:
            if not problem.codes & DONE:
                raise

    def _put_text(self, case: str, key: str, title: str, text: str) -> None:
        """Words for the office alone."""
        self._put(case, Sheet(key, title, text.encode(), "text/plain", "intern"))

    def _put(self, case: str, sheet: Sheet) -> Told:
        """A paper in the case's file; sent again, the one that is there."""
        put = self._papers.put(sheet, kind=self._type_of(case).paper)
        link = {
            "zaak": self._case_address(case),
            "informatieobject": self._client.address(f"{PAPERS}/{id_of(put['url'])}"),
            "titel": sheet.title[:LONGEST_NAME],
        }
        self._once(f"{ZAKEN}zaakinformatieobjecten", link)
        return put


def _known(name: str) -> str:
    """`name`, when it is an id at all: anything else must not become part of an address."""
    try:
        if str(uuid.UUID(name)) == name:
            return name
    except ValueError:
        pass
    raise NotThere(name)


def _about(applicant: Applicant, office: str) -> str:
    """Who asks, for the office to read: the APIs have no field for a code of ours or for a language."""
    told = (applicant.identifier, applicant.phone, applicant.email, applicant.language, office)
    return "\n".join(part for part in told if part)[:1000]
