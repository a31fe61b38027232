"""When consultants work: supervisors of the whole city change the week and the holidays; everything follows from it."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from charter.memberships import reach_of
from charter.models import Holiday, Role, WorkingHours
from chat import events
from chat.actions.errors import CannotTake, NotYours
from portal.core import audit
from portal.core.models import User


class Overlaps(CannotTake):
    """Two stretches of one day run into each other, or one ends before it begins."""

    code = "overlaps"


def may_plan(user: User) -> bool:
    """The hours are the whole city's."""
    return reach_of(user, Role.SUPERVISOR).whole_city


@transaction.atomic
def set_day(weekday: int, stretches: list[tuple[dt.time, dt.time]], *, by: User) -> None:
    """The working time of one weekday, all of it. Raises NotYours, Overlaps."""
    _check(by)
    ordered = sorted(stretches)
    ends = [closes for _opens, closes in ordered]
    if any(opens >= closes for opens, closes in ordered):
        raise Overlaps
    if any(opens < end for (opens, _closes), end in zip(ordered[1:], ends, strict=False)):
        raise Overlaps
    before = list(WorkingHours.objects.filter(weekday=weekday).values_list("opens", "closes"))
    if before == ordered:
        return
    for row in WorkingHours.objects.filter(weekday=weekday):
        row.delete()
    for opens, closes in ordered:
        made = WorkingHours.objects.create(weekday=weekday, opens=opens, closes=closes)
        audit.record("schedule.changed", made, by=by, weekday=weekday)
    if not ordered:
        audit.record("schedule.changed", by, by=by, weekday=weekday)
    events.desk_changed_on_commit()


@transaction.atomic
def add_holiday(date: dt.date, name: str, *, by: User) -> Holiday:
    """A day without consultants. The same day again is renamed. Raises NotYours."""
    _check(by)
    holiday, _is_new = Holiday.objects.update_or_create(date=date, defaults={"name": name.strip()[:120]})
    audit.record("schedule.holiday_set", holiday, by=by)
    events.desk_changed_on_commit()
    return holiday


@transaction.atomic
def drop_holiday(date: dt.date, *, by: User) -> None:
    """Raises NotYours."""
    _check(by)
    for holiday in Holiday.objects.filter(date=date):
        audit.record("schedule.holiday_dropped", holiday, by=by)
        holiday.delete()
    events.desk_changed_on_commit()


def _check(user: User) -> None:
    if not may_plan(user):
        raise NotYours
