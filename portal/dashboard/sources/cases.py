"""Measured on cases: decisions within the promised days.

A request counts on the day of its decision; undecided ones on the day they missed.
"""

from __future__ import annotations

import datetime as dt

from charter.models import ServiceStandard
from portal.cases.measuring import decisions
from portal.core import clock
from portal.dashboard.sources.base import Record


def decided_records(standard: ServiceStandard, since: dt.datetime, until: dt.datetime) -> list[Record]:
    """Every request that was counted, newest first."""
    last = clock.day_of(until) - dt.timedelta(days=1)
    found = [
        Record(case.reference, case.decided_on or case.promised_until, case.institution, case.is_kept)
        for case in decisions(standard.code, since=clock.day_of(since), until=last)
    ]
    return sorted(found, key=lambda record: record.day, reverse=True)
