"""A month: its acts counted and written down by one person, closed by another, corrected with a reason."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction

from portal.core import audit, clock
from portal.core.models import User
from portal.registry.access import May, may
from portal.registry.models import Act, Month, MonthState, Post, Programme, Recipient, Visit
from portal.registry.months.counting import Counted, count
from portal.registry.months.prices import next_month
from portal.registry.refusals import Refused
from portal.registry.visits import actions as visits

AT_ONCE = 500


@transaction.atomic
def prepare(department: str, first: dt.date, *, by: Post, is_demo: bool = False) -> Month:
    """Count the month and write its acts down; from now on no visit is written into it. Raises Refused.

    Visits lock their programme, so whoever writes one down waits here or is counted.
    """
    last = next_month(first) - dt.timedelta(days=1)
    if clock.today() < last:
        raise Refused("month_is_not_over", month=f"{first:%Y-%m}")
    list(
        Programme.objects.running(first, last)
        .filter(department=department)
        .order_by("pk")
        .select_for_update()
        .values_list("pk", flat=True)
    )
    try:
        with transaction.atomic():
            month = Month.objects.create(
                department=department, first=first, prepared_by=by.user, prepared_at=clock.now(), is_demo=is_demo
            )
    except IntegrityError:
        raise Refused("month_is_closed", month=f"{first:%Y-%m}") from None
    counted = count(department, first)
    if not counted:
        raise Refused("nothing_in_the_month", month=f"{first:%Y-%m}")
    Act.objects.bulk_create((_act(month, one, by) for one in counted), AT_ONCE)
    audit.record("registry.month_prepared", month, by=by.user, acts=len(counted))
    return month


@transaction.atomic
def reopen(month: Month, *, by: Post, reason: str) -> None:
    """Throw the prepared acts away, so that visits can be put right. Raises Refused once the month is closed."""
    if not reason.strip():
        raise Refused("no_reason", field="reason")
    found = Month.objects.select_for_update().get(pk=month.pk)
    if found.is_closed:
        raise Refused("month_is_closed", month=str(found))
    audit.record("registry.month_reopened", found, by=by.user, reason=reason.strip())
    found.acts.all().delete()
    found.delete()


@transaction.atomic
def close(month: Month, *, by: Post) -> Month:
    """Close a month that somebody else prepared, and number its acts. Of two at once one is told. Raises Refused."""
    if month.prepared_by_id == by.user_id:
        raise Refused("second_pair_of_eyes")
    waiting = Month.objects.filter(pk=month.pk, state=MonthState.PREPARED)
    if not waiting.update(state=MonthState.CLOSED, closed_by=by.user, closed_at=clock.now()):
        raise Refused("month_is_closed", month=str(month))
    month.refresh_from_db()
    acts = list(month.acts.order_by("recipient__name", "recipient_id"))
    for number, act in enumerate(acts, 1):
        act.number = f"{month.first:%Y-%m}/{number}"
    Act.objects.bulk_update(acts, ["number"], AT_ONCE)
    audit.record("registry.month_closed", month, by=by.user, acts=len(acts))
    return month


@transaction.atomic
def strike_in_closed(visit: Visit, *, reason: str, by: Post) -> Act | None:
    """Strike a visit of a closed month out and count that person's act anew. Raises Refused."""
    visit = visits.locked(visit, reason=reason, by=by)
    month = _closed(visit.department, visit.day, by)
    visits.struck(visit, reason=reason, by=by)
    return recount(month, visit.recipient, reason=reason, by=by)


@transaction.atomic
def add_to_closed(entry: visits.Entry, *, worker: User, reason: str, by: Post) -> Act | None:
    """Write a forgotten visit into a closed month and count that person's act anew. Raises Refused."""
    if not reason.strip():
        raise Refused("no_reason", field="reason")
    programme = visits.programme_of(entry, by)
    month = _closed(programme.department, clock.day_of(entry.started_at), by)
    visits.write(entry, programme, worker=worker, by=by, corrects=reason.strip())
    return recount(month, programme.recipient, reason=reason, by=by)


@transaction.atomic
def recount(month: Month, recipient: Recipient, *, reason: str, by: Post) -> Act | None:
    """The next version of one person's act; the one before stays. None: it comes to what it was."""
    counted = next(iter(count(month.department, month.first, recipient=recipient.pk)), None)
    before = month.acts.select_for_update().filter(recipient=recipient, is_latest=True).first()
    counted = counted or Counted.nothing(recipient.pk, before.worker_id if before else None)
    fresh = _act(month, counted, by)
    if before is not None:
        if (before.lines, before.person_cents, before.visits) == (fresh.lines, fresh.person_cents, fresh.visits):
            return None
        Act.objects.filter(pk=before.pk).update(is_latest=False)
        fresh.version = before.version + 1
    fresh.number = before.number if before else f"{month.first:%Y-%m}/{month.acts.count() + 1}"
    fresh.reason = reason.strip()[:200]
    fresh.save()
    change = fresh.to_pay_cents - (before.to_pay_cents if before else 0)
    audit.record("registry.act_corrected", fresh, by=by.user, reason=reason.strip(), change_cents=change)
    return fresh


def _closed(department: str, day: dt.date, by: Post) -> Month:
    if not may(by, May.CLOSE):
        raise Refused("month_is_closed", field="started", month=f"{day:%Y-%m}")
    month = Month.objects.filter(department=department, first=day.replace(day=1)).first()
    if month is None or not month.is_closed:
        raise Refused("month_is_open", month=f"{day:%Y-%m}")
    return month


def _act(month: Month, counted: Counted, by: Post) -> Act:
    return Act(
        month=month,
        recipient_id=counted.recipient,
        worker_id=counted.worker,
        lines=list(counted.lines),
        visits=counted.visits,
        minutes=counted.minutes,
        cost_cents=counted.sums.cost,
        ceiling_cents=counted.ceiling,
        person_cents=counted.sums.person,
        extra_cents=counted.sums.extra,
        town_cents=counted.sums.town,
        made_by=by.user,
        made_at=clock.now(),
    )
