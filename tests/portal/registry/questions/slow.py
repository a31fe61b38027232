"""Answers worked out a second time, one record after another, by whoever does not trust the first."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from django.utils.timezone import localtime

from portal.registry.models import Act, Case, Programme, Recipient, Tariff, Visit

DAY = dt.timedelta(days=1)
Item = dict[str, Any]  # what is known of one thing that counts, and "amount"
BANDS = ("0-17", "18-64", "65-74", "75-84", "85-130")


def answer(words: dict[str, str], first: dt.date, last: dt.date) -> dict[tuple[Any, ...], list[Item]]:
    """The things that count, by the breakdowns; conditions and parts are looked at one thing at a time."""
    found = defaultdict(list)
    for item in items(words["measure"], first, last, int(words.get("days", "7"))):
        if all(_value(item, name, last) == words[name] for name in CONDITIONS if words.get(name)):
            key = tuple(_value(item, words[name], last) for name in ("by", "then") if words.get(name))
            found[key].append(item)
    return found


CONDITIONS = ("department", "worker", "service", "district", "language", "age", "outcome", "person")


def _value(item: Item, name: str, last: dt.date) -> str:
    person: Recipient = item["person"]
    if name == "person":
        return str(person.pk)
    if name == "district":
        return person.district or "-"
    if name == "language":
        return str(person.language)
    if name == "age":
        return band(person, last)
    if name == "group":
        return "-"
    day = item.get("day")
    if name in ("day", "week"):
        return str(day)
    if name == "month" and day:
        return f"{day:%Y-%m}-01"
    if name == "quarter" and day:
        return f"{day.year}-{[1, 4, 7, 10][(day.month - 1) // 3]:02}-01"
    if name == "year" and day:
        return f"{day.year}-01-01"
    return str(item[name])


def age(person: Recipient, day: dt.date) -> int | None:
    if person.birth_date is None:
        return None
    years = day.year - person.birth_date.year
    return years if (person.birth_date.month, person.birth_date.day) <= (day.month, day.day) else years - 1


def band(person: Recipient, day: dt.date) -> str:
    years = age(person, day)
    if years is None:
        return "-"
    return next(one for one in BANDS if int(one.split("-")[0]) <= years <= int(one.split("-")[1]))


def items(measure: str, first: dt.date, last: dt.date, days: int) -> Iterator[Item]:
    if measure in VISITS:
        yield from _visits(first, last, VISITS[measure])
    elif measure in ("times", "service_hours", "served", "worth"):
        yield from _services(first, last)
    elif measure in ("paid", "town"):
        yield from _acts(measure, first, last)
    elif measure in ("received", "granted", "refused", "open", "to_decision"):
        yield from _cases(measure, first, last)
    elif measure == "planned":
        yield from _planned(first, last)
    else:
        yield from _programmes(measure, first, last, days)


Test = Callable[[Visit], bool]
VISITS: dict[str, Test] = {
    "visits": lambda one: True,
    "done": lambda one: one.outcome == "done",
    "people": lambda one: one.outcome == "done",
    "hours": lambda one: one.outcome == "done",
    "nobody_opened": lambda one: one.outcome == "nobody_opened",
    "declined": lambda one: one.outcome == "declined",
    "late": lambda one: localtime(one.entered_at).date() > one.day,
    "corrected": lambda one: one.corrects != "",
}


def _visits(first: dt.date, last: dt.date, counts: Test) -> Iterator[Item]:
    for one in Visit.objects.select_related("recipient"):
        if one.struck_at is None and first <= one.day <= last and counts(one):
            yield {
                "person": one.recipient,
                "department": one.department,
                "worker": one.worker_id,
                "outcome": one.outcome,
                "day": one.day,
                "late": localtime(one.entered_at).date() > one.day,
                "amount": 1,
                "minutes": one.minutes,
            }


def _services(first: dt.date, last: dt.date) -> Iterator[Item]:
    tariffs = list(Tariff.objects.order_by("valid_from"))
    for one in Visit.objects.select_related("recipient").prefetch_related("provided__service"):
        if one.struck_at is not None or not first <= one.day <= last:
            continue
        for given in one.provided.all():
            cents = [t.cents for t in tariffs if t.service_id == given.service_id and t.valid_from <= one.day][-1]
            yield {
                "person": one.recipient,
                "department": one.department,
                "worker": one.worker_id,
                "service": given.service_id,
                "day": one.day,
                "amount": given.times,
                "minutes": given.minutes,
                "worth": given.minutes * cents / 60 if given.service.unit == "hour" else given.times * cents,
            }


def _acts(measure: str, first: dt.date, last: dt.date) -> Iterator[Item]:
    for one in Act.objects.select_related("month", "recipient"):
        if one.is_latest and first <= one.month.first <= last:
            yield {
                "person": one.recipient,
                "department": one.month.department,
                "worker": one.worker_id,
                "day": one.month.first,
                "amount": one.town_cents if measure == "town" else one.person_cents + one.extra_cents,
            }


def _cases(measure: str, first: dt.date, last: dt.date) -> Iterator[Item]:
    for one in Case.objects.select_related("recipient", "worker").prefetch_related("status_changes"):
        came = localtime(one.submitted_at).date()
        left = [localtime(change.at).date() for change in one.status_changes.all() if change.status == "withdrawn"]
        day = came if measure in ("received", "open") else one.decided_on
        if measure == "open":
            fits = (
                came <= last and (one.decided_on is None or one.decided_on > last) and not any(d <= last for d in left)
            )
        else:
            fits = day is not None and first <= day <= last and measure in ("received", "to_decision", one.status)
        if fits and one.worker:
            amount = (one.decided_on - came).days if measure == "to_decision" and one.decided_on else 1
            yield {
                "person": one.recipient,
                "department": one.department,
                "worker": one.worker.user_id,
                "day": day,
                "amount": amount,
            }


def _signed() -> list[Programme]:
    related = Programme.objects.select_related("recipient", "worker", "case").order_by("signed_at", "pk")
    found = related.prefetch_related("suspensions", "lines", "visits")
    return [one for one in found if one.state != "draft"]


def _known(one: Programme) -> Item:
    return {
        "person": one.recipient,
        "department": one.department,
        "worker": one.worker.user_id if one.worker else None,
        "amount": 1,
    }


def _runs(one: Programme, day: dt.date) -> bool:
    return one.since <= day <= one.runs_until


def _stands(one: Programme, day: dt.date) -> bool:
    return any(pause.covers(day) for pause in one.suspensions.all())


def _planned(first: dt.date, last: dt.date) -> Iterator[Item]:
    for one in _signed():
        day = first
        while day <= min(last, dt.date(2026, 11, 24)):
            if _runs(one, day) and str(day.weekday()) in one.weekdays and not _stands(one, day):
                yield _known(one) | {"day": day}
            day += DAY


def _programmes(measure: str, first: dt.date, last: dt.date, days: int) -> Iterator[Item]:
    signed = _signed()
    seen: set[int] = set()
    for one in signed:
        if measure == "in_programme" and _runs(one, last):
            for line in one.lines.all():
                yield _known(one) | {"service": line.service_id}
        elif measure in ("pace", "load"):
            yield from _time(one, first if measure == "load" else last, last, weekly=measure == "pace")
        elif measure == "unvisited" and _runs(one, last) and not _stands(one, last):
            begin = last - (days - 1) * DAY
            before = any(_runs(each, begin) for each in signed if each.recipient_id == one.recipient_id)
            came = Visit.objects.filter(recipient=one.recipient, struck_at=None, outcome="done")
            if before and not any(begin <= visit.day <= last for visit in came):
                yield _known(one)
        elif measure == "to_programme" and one.version == 1 and one.case and one.case.decided_on:
            day = localtime(one.signed_at).date() if one.signed_at else last
            if one.case_id not in seen and first <= day <= last:
                yield _known(one) | {"day": day, "amount": max(0, (day - one.case.decided_on).days)}
            seen.add(one.case_id or 0)
        elif measure == "to_visit" and one.version == 1 and first <= one.since <= last:
            every = Visit.objects.filter(programme__number=one.number, struck_at=None, outcome="done")
            visited = [visit.day for visit in every]
            if visited:
                yield _known(one) | {"day": one.since, "amount": (min(visited) - one.since).days}


def _time(one: Programme, first: dt.date, last: dt.date, *, weekly: bool) -> Iterator[Item]:
    day = first
    while day <= last:
        if _runs(one, day) and not _stands(one, day):
            for line in one.lines.all():
                a_day = line.times * line.minutes * {"day": 1, "week": 1 / 7, "month": 12 / 365}[line.per]
                week = first + (day - first).days // 7 * 7 * DAY
                yield _known(one) | {"service": line.service_id, "day": week, "minutes": a_day * (7 if weekly else 1)}
        day += DAY
