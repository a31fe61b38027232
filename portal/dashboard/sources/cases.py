"""Measured on cases: decisions within the promised days."""

from __future__ import annotations

import datetime as dt

from charter.models import ServiceStandard
from portal.cases.measuring import decisions
from portal.core import clock
from portal.dashboard.sources.base import Counted, Tally


def decided_within_days(standard: ServiceStandard, since: dt.datetime, until: dt.datetime) -> Counted:
    """Requests decided by the promised day, in the month of the decision; undecided ones in that of the missed day."""
    found: Counted = {}
    last = clock.day_of(until) - dt.timedelta(days=1)
    for case in decisions(standard.code, since=clock.day_of(since), until=last):
        key = ((case.decided_on or case.promised_until).replace(day=1), case.institution)
        found[key] = found.get(key, Tally()) + Tally(int(case.is_kept), 1)
    return found
