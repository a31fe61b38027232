"""What changed, found by asking again: the APIs tell news only through another program.

A pass walks the cases of the last `WATCHED` days, some pages a time, newest first; the cursor says since when we look,
which page comes next and the latest change seen in this pass.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from portal.cases.registries.base import NotThere
from portal.cases.registries.facts import CaseState, Changes, PersonLink
from portal.cases.registries.zgw import reading
from portal.cases.registries.zgw.client import ZAKEN, Client
from portal.cases.registries.zgw.reading import EXPAND, Told
from portal.core import clock

logger = logging.getLogger(__name__)
WATCHED = dt.timedelta(days=400)
PAGES = 3
_BETWEEN = ";"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a pass stands."""

    since: str
    page: int = 1
    latest: str = ""

    @classmethod
    def read(cls, cursor: str) -> Place:
        since, page, latest = [*cursor.split(_BETWEEN), "", ""][:3]
        return cls(since, int(page or 1), latest or since)

    def __str__(self) -> str:
        return self.since if self.page == 1 else _BETWEEN.join((self.since, str(self.page), self.latest))


def changes(client: Client, cursor: str, full: Callable[[Told], CaseState]) -> Changes:
    """Cases whose latest status is not older than the cursor says, oldest change first."""
    place = Place.read(cursor)
    changed: list[Told] = []
    for _ in range(PAGES):
        results, is_last = _page(client, place.page)
        changed += [told for told in results if _changed(told) >= place.since]
        latest = max([place.latest, *map(_changed, results)])
        place = Place(latest) if is_last else Place(place.since, place.page + 1, latest)
        if is_last:
            break
    states = [full(told) for told in changed if reading.person_of(told)]
    return Changes(tuple(sorted(states, key=lambda state: state.changed_at)), str(place))


def _page(client: Client, page: int) -> tuple[list[Told], bool]:
    since = (clock.today() - WATCHED).isoformat()
    asked = {"startdatum__gte": since, "ordering": "-identificatie", "page": str(page), "expand": EXPAND}
    try:
        told = client.get(f"{ZAKEN}zaken", asked)
    except NotThere:  # a page past the end: cases were taken away meanwhile
        return [], True
    return told["results"], not told["next"]


def _changed(told: Told) -> str:
    """When its latest status was set, in one form, so that it can be compared as text; "" when it has none."""
    at = [reading.moment(status["datumStatusGezet"]) for status in reading.current_status(told)]
    return max(at).astimezone(dt.UTC).isoformat(timespec="microseconds") if at else ""


def belonging(found: Iterable[Told], person: PersonLink) -> list[Told]:
    """Those that are the person's. A registry that answers with more has not filtered, and that is said aloud."""
    told = list(found)
    mine = [one for one in told if reading.person_of(one) == person]
    if len(mine) < len(told):
        logger.error("registry: %s foreign cases were refused in a search by person", len(told) - len(mine))
    return mine
