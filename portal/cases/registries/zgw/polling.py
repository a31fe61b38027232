"""What changed, found by asking again: the APIs tell news only through another program.

A pass walks the cases of the last `WATCHED` days, newest number first, in bare lists: what belongs to a case costs the
registry tens of milliseconds each, so it is fetched only for those that changed, and only some at a time. The cursor
says since when we look, which page comes next, how much of it was told, and the latest change seen in this pass.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from portal.cases.registries import timing
from portal.cases.registries.base import NotThere
from portal.cases.registries.facts import CaseState, Changes, PersonLink
from portal.cases.registries.zgw import reading
from portal.cases.registries.zgw.catalogue import id_of
from portal.cases.registries.zgw.client import ZAKEN, Client
from portal.cases.registries.zgw.reading import Told
from portal.core import clock

logger = logging.getLogger(__name__)
WATCHED = dt.timedelta(days=400)
PAGES = 3
AT_ONCE = 20
LEAST = 1.0  # seconds that must be left to begin another case
_BETWEEN = ";"
CHANGED = "laatstGemuteerd"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a pass stands: `told` cases of the page were told already."""

    since: str
    page: int = 1
    latest: str = ""
    told: int = 0

    @classmethod
    def read(cls, cursor: str) -> Place:
        since, page, latest, told = [*cursor.split(_BETWEEN), "", "", ""][:4]
        return cls(since, int(page or 1), latest or since, int(told or 0))

    def __str__(self) -> str:
        if self.page == 1 and not self.told:
            return self.since
        return _BETWEEN.join((self.since, str(self.page), self.latest, str(self.told)))


def changes(client: Client, cursor: str, read: Callable[[str], CaseState]) -> Changes:
    """Cases of ours that changed since the cursor, oldest change first; `read` fetches a whole one."""
    place, states = Place.read(cursor), list[CaseState]()
    for _ in range(PAGES):
        results, is_last = _page(client, place.page)
        place = replace(place, latest=max([place.latest, *map(_changed, results)]))
        changed = [one for one in results if _is_ours(one) and _changed(one) >= place.since][place.told :]
        taken = 0
        for one in changed:
            if len(states) >= AT_ONCE or (states and timing.left() < LEAST):
                break
            states.append(read(id_of(one["url"])))
            taken += 1
        if taken < len(changed):
            place = replace(place, told=place.told + taken)
            break
        place = Place(place.latest) if is_last else Place(place.since, place.page + 1, place.latest)
        if is_last:
            break
    known = [state for state in states if state.person]
    return Changes(tuple(sorted(known, key=lambda state: state.changed_at)), str(place))


def _page(client: Client, page: int) -> tuple[list[Told], bool]:
    since = (clock.today() - WATCHED).isoformat()
    asked = {"startdatum__gte": since, "ordering": "-identificatie", "page": str(page)}
    try:
        told = client.get(f"{ZAKEN}zaken", asked)
        if any(CHANGED not in one for one in told["results"]):  # an older registry says no more than the status
            told = client.get(f"{ZAKEN}zaken", asked | {"expand": "status"})
    except NotThere:  # a page past the end: cases were taken away meanwhile
        return [], True
    return told["results"], not told["next"]


def _is_ours(told: Told) -> bool:
    return str(told["identificatie"]).startswith(reading.OURS)


def _changed(told: Told) -> str:
    """When it changed last, in one form, so that it can be compared as text; "" when that is not known."""
    at = [told.get(CHANGED), *(status["datumStatusGezet"] for status in reading.current_status(told))]
    moments = [reading.moment(one) for one in at if one]
    return max(moments).astimezone(dt.UTC).isoformat(timespec="microseconds") if moments else ""


def belonging(found: Iterable[Told], person: PersonLink) -> list[Told]:
    """Those that are the person's. A registry that answers with more has not filtered, and that is said aloud."""
    told = list(found)
    mine = [one for one in told if reading.person_of(one) == person]
    if len(mine) < len(told):
        logger.error("registry: %s foreign cases were refused in a search by person", len(told) - len(mine))
    return mine
