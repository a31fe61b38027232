"""A case as the ZGW APIs tell it, read into our facts."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import logging
from collections.abc import Sequence
from typing import Any

from portal.cases.registries.facts import DECIDED, CaseState, Document, Enquiry, PersonLink, Status, Step
from portal.cases.registries.zgw.catalogue import CaseType, Words, id_of
from portal.core import clock

logger = logging.getLogger(__name__)
# The case type is left out: it is known from the catalogue, and costs the registry more than all the rest.
EXPAND = "status,rollen,zaakinformatieobjecten,resultaat,resultaat.resultaattype"
IN_BODY = {"expand": EXPAND.split(",")}  # a search by body takes a list, and breaks on text
SERVICE, SUBMITTED = "Parama: service", "Parama: submitted"
NOBODY = PersonLink("")
OURS = "PARAMA-"
FOR_PERSON = frozenset({"openbaar", "beperkt_openbaar", "zaakvertrouwelijk"})
DRAFTS = frozenset({"in_bewerking", "ter_vaststelling"})

Told = dict[str, Any]


def short(person: PersonLink) -> str:
    """What stands for the person there: 17 signs, 85 bits of the link's own chance."""
    return _digest(f"person {person}", 17)


def number_of(key: str, year: int) -> str:
    """A case's number, of its key: sent again, the request has the same, and the registry refuses the second."""
    return f"{OURS}{year}-{_digest(f'case {key}', 12)}"


def paper_number(key: str) -> str:
    """The same for papers and notes."""
    return f"{OURS}{_digest(f'paper {key}', 20)}"


def _digest(text: str, length: int) -> str:
    return base64.b32encode(hashlib.sha256(text.encode()).digest()).decode()[:length]


def person_of(told: Told) -> PersonLink:
    """Whose case it is: the link beside the initiator, when it belongs to their number; else nobody we know."""
    for role in _expanded(told, "rollen") or ():
        if role["omschrijvingGeneriek"] == "initiator" and role["betrokkeneType"] == "natuurlijk_persoon":
            link = PersonLink(role["roltoelichting"])
            if link and short(link) == (role["betrokkeneIdentificatie"] or {}).get("anpIdentificatie"):
                return link
    return NOBODY


def paper_links(told: Told) -> list[str]:
    """Ids of the papers that lie in the case."""
    return [id_of(link["informatieobject"]) for link in _expanded(told, "zaakinformatieobjecten") or ()]


def current_status(told: Told) -> list[Told]:
    """The one status that comes with a case in a list."""
    status = _expanded(told, "status")
    return [status] if status else []


def state_of(told: Told, statuses: Sequence[Told], case_type: CaseType, words: Words) -> CaseState:
    """The case, with its way as far as `statuses` tell it."""
    ordered = sorted(statuses, key=lambda one: moment(one["datumStatusGezet"]))
    end = _ending(told, words)
    steps = tuple(
        Step(
            _meaning(one, case_type, end),
            moment(one["datumStatusGezet"]),
            one.get("statustoelichting") or "",
            code=_own_word(one, case_type),
        )
        for one in ordered
    )
    submitted = _mark(told, SUBMITTED)
    since = moment(submitted) if submitted else _midnight(told["startdatum"])
    status = steps[-1].status if steps else Status.RECEIVED
    changed = steps[-1].at if steps else since
    return CaseState(
        id=id_of(told["url"]),
        person=person_of(told),
        number=told["identificatie"],
        service=_mark(told, SERVICE) or case_type.code,
        title=told["omschrijving"],
        status=status,
        submitted_at=since,
        changed_at=changed,
        decided_on=clock.day_of(changed) if status in DECIDED else None,
        steps=steps,
        enquiries=_enquiries(ordered, steps),
        kind=case_type.code,
    )


def _ending(told: Told, words: Words) -> Status:
    """What the case's result means. An unknown word is not guessed at: the case stays in work until it is mapped."""
    kind = _expanded(_expanded(told, "resultaat") or {}, "resultaattype")
    if not kind:
        return Status.WORKING
    read = words.result(kind["omschrijving"])
    if read is None:
        logger.error("registry: result %r has no meaning in ZGW_RESULTS", kind["omschrijving"])
    return read or Status.WORKING


def _meaning(status: Told, case_type: CaseType, end: Status) -> Status:
    kind = id_of(status["statustype"])
    return end if kind == case_type.last else case_type.statuses.get(kind, Status.WORKING)


def _own_word(status: Told, case_type: CaseType) -> str:
    """What the office calls the status; the end has none: the result says what it means."""
    kind = id_of(status["statustype"])
    return "" if kind == case_type.last else case_type.names.get(kind, "")


def _enquiries(statuses: Sequence[Told], steps: Sequence[Step]) -> tuple[Enquiry, ...]:
    """Whenever the case waits for the person, what it waits for; it has come when the case goes on."""
    following = [*steps[1:], None]
    return tuple(
        Enquiry(id_of(told["url"]), step.note, step.at, None, after.at if after else None)
        for told, step, after in zip(statuses, steps, following, strict=True)
        if step.status == Status.WAITING
    )


def document_of(told: Told, case: str, person: PersonLink) -> Document:
    return Document(
        id=id_of(told["url"]),
        case=case,
        person=person,
        name=told["bestandsnaam"] or told["titel"],
        at=moment(told["beginRegistratie"]),
        from_person=told["identificatie"].startswith(OURS),
    )


def is_for_person(told: Told) -> bool:
    """Finished, and meant for whoever the case is about."""
    return told["vertrouwelijkheidaanduiding"] in FOR_PERSON and told["status"] not in DRAFTS


def moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text)


def _midnight(day: str) -> dt.datetime:
    return dt.datetime.combine(dt.date.fromisoformat(day), dt.time(), dt.UTC)


def _mark(told: Told, source: str) -> str:
    return next((str(one["kenmerk"]) for one in told.get("kenmerken") or () if one["bron"] == source), "")


def _expanded(told: Told, name: str) -> Any:
    return (told.get("_expand") or {}).get(name)
