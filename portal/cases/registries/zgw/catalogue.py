"""What the registry's catalogue says about a case type: its statuses, roles, results and papers. Kept for minutes."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from portal.cases.registries.base import Refused
from portal.cases.registries.facts import Status
from portal.cases.registries.zgw.client import CATALOGI, Client

KEPT = 300.0


@dataclass(frozen=True, slots=True)
class Words:
    """How an office's own words are read: the status type that waits for the person, and what each result means."""

    waiting: str
    results: Mapping[str, Status]

    def result(self, name: str) -> Status | None:
        return self.results.get(name.casefold())


@dataclass(frozen=True, slots=True)
class CaseType:
    """One case type. `statuses` and their `names` by id, in their order; `results` by what they mean."""

    id: str
    code: str
    title: str
    statuses: Mapping[str, Status]
    names: Mapping[str, str]
    first: str
    working: str
    waiting: str
    last: str
    initiator: str
    results: Mapping[Status, str]
    unread_results: tuple[str, ...]
    paper: str
    promised: str
    legal: str


def id_of(address: str) -> str:
    """The last part of an address; the registry may be known there by another name than here."""
    return address.rstrip("/").rsplit("/", 1)[-1]


class Catalogue:
    """The case types of one registry."""

    def __init__(self, client: Client, words: Words, default: str) -> None:
        self._client, self._words, self._default = client, words, default
        self._kept: dict[str, tuple[float, CaseType | None]] = {}

    def for_service(self, service: str) -> CaseType:
        """The case type named as the service, else the one for all. Raises Refused when there is neither."""
        found = self._named(service) or self._named(self._default)
        if found is None:
            raise Refused(f"no published case type {service} or {self._default}")
        return found

    def by_id(self, uuid: str) -> CaseType:
        found = self._keep(uuid, lambda: self._read(self._client.get(f"{CATALOGI}zaaktypen/{uuid}")))
        if found is None:
            raise Refused(f"no case type {uuid}")
        return found

    def report(self) -> tuple[str, ...]:
        """How the case type for all is read, and what in it has no meaning yet."""
        found = self.for_service("")
        terms = f"the office promises {found.promised or 'nothing'}, the law gives {found.legal}"
        lines = [f"case type {found.code}: {len(found.statuses)} status types; {terms}"]
        if self._words.waiting and not found.waiting:
            lines.append(f"no status type is called {self._words.waiting!r}: see ZGW_WAITING_STATUS")
        if found.unread_results:
            lines.append(f"results without a meaning: {', '.join(found.unread_results)}; see ZGW_RESULTS")
        return tuple(lines)

    def published(self) -> list[str]:
        """Ids of the case types that cases may be opened of, the newest version of each."""
        newest: dict[str, dict[str, Any]] = {}
        for told in self._client.all(f"{CATALOGI}zaaktypen", {}):
            known = newest.get(told["identificatie"])
            is_open = not told.get("eindeGeldigheid") and not told.get("concept")
            if is_open and (known is None or known["versiedatum"] < told["versiedatum"]):
                newest[told["identificatie"]] = told
        return [id_of(told["url"]) for told in newest.values()]

    def _named(self, code: str) -> CaseType | None:
        return self._keep(f"code {code}", lambda: self._find(code)) if code else None

    def _keep(self, key: str, read: Any) -> CaseType | None:
        until, kept = self._kept.get(key, (0.0, None))
        if until < time.monotonic():
            kept = read()
            self._kept[key] = time.monotonic() + KEPT, kept
        return kept

    def _find(self, code: str) -> CaseType | None:
        found = self._client.all(f"{CATALOGI}zaaktypen", {"identificatie": code})
        valid = [one for one in found if not one.get("eindeGeldigheid")]
        return self.by_id(id_of(max(valid, key=lambda one: one["versiedatum"])["url"])) if valid else None

    def _read(self, told: dict[str, Any]) -> CaseType:
        mine = {"zaaktype": self._client.address(f"{CATALOGI}zaaktypen/{id_of(told['url'])}")}
        states = sorted(self._client.all(f"{CATALOGI}statustypen", mine), key=lambda one: int(one["volgnummer"]))
        if not states:
            raise Refused(f"case type {told['identificatie']} has no status types")
        statuses = {id_of(one["url"]): self._status(one, states) for one in states}
        last = id_of(next((one for one in states if one["isEindstatus"]), states[-1])["url"])
        between = {uuid: status for uuid, status in statuses.items() if uuid != last}
        roles = self._client.all(f"{CATALOGI}roltypen", mine | {"omschrijvingGeneriek": "initiator"})
        results = {
            one["omschrijving"]: id_of(one["url"]) for one in self._client.all(f"{CATALOGI}resultaattypen", mine)
        }
        papers = self._client.all(f"{CATALOGI}zaaktype-informatieobjecttypen", mine)
        papers.sort(key=lambda one: one["richting"] != "inkomend")
        if not roles or not papers:
            raise Refused(f"case type {told['identificatie']} has no role of initiator, or no type of document")
        return CaseType(
            id=id_of(told["url"]),
            code=told["identificatie"],
            title=told.get("omschrijving") or "",
            statuses=statuses,
            names={id_of(one["url"]): one["omschrijving"] for one in states},
            first=id_of(states[0]["url"]),
            working=_of(between, Status.WORKING),
            waiting=_of(between, Status.WAITING),
            last=last,
            initiator=id_of(roles[0]["url"]),
            results={read: uuid for name, uuid in results.items() if (read := self._words.result(name))},
            unread_results=tuple(name for name in results if self._words.result(name) is None),
            paper=id_of(papers[0]["informatieobjecttype"]),
            promised=told.get("servicenorm") or "",
            legal=told["doorlooptijd"],
        )

    def _status(self, told: dict[str, Any], states: list[dict[str, Any]]) -> Status:
        """The end says only that there is a result: what it means is read from the case."""
        if told is states[0]:
            return Status.RECEIVED
        waits = self._words.waiting and told["omschrijving"].casefold() == self._words.waiting.casefold()
        return Status.WAITING if waits else Status.WORKING


def _of(statuses: Mapping[str, Status], wanted: Status) -> str:
    return next((uuid for uuid, status in statuses.items() if status == wanted), "")
