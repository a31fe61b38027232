"""What the catalogue says of terms and statuses, in the facts of the port."""

from __future__ import annotations

import logging
import re

from portal.cases.registries.base import Refused
from portal.cases.registries.facts import KnownStatus, KnownType
from portal.cases.registries.zgw.catalogue import CaseType, Catalogue

logger = logging.getLogger(__name__)
_DAYS = re.compile(r"P(?:(\d{1,3})W)?(?:(\d{1,4})D)?")
WEEK = 7


def days_of(duration: str) -> int:
    """Days of an ISO duration of weeks and days. 0 for any other: how long a month is, is not ours to guess."""
    found = _DAYS.fullmatch(duration)
    return int(found[1] or 0) * WEEK + int(found[2] or 0) if found else 0


def case_types(catalogue: Catalogue) -> tuple[KnownType, ...]:
    """Every published type that we can read; one without statuses, roles or papers is left out and said in the log."""
    found = []
    for uuid in catalogue.published():
        try:
            found.append(_known(catalogue.by_id(uuid)))
        except Refused as refused:
            logger.warning("registry: %s", refused)
    return tuple(found)


def _known(found: CaseType) -> KnownType:
    return KnownType(
        kind=found.code,
        title=found.title,
        promised_days=days_of(found.promised),
        legal_days=days_of(found.legal),
        statuses=tuple(
            KnownStatus(found.names[uuid], meaning) for uuid, meaning in found.statuses.items() if uuid != found.last
        ),
    )
