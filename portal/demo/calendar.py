"""calendar.yaml: when consultants work, and holidays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from charter.models import Holiday, WorkingHours
from portal.demo.reading import Entry, Pack
from portal.demo.records import Record


def read(pack: Pack) -> Iterator[Record]:
    if not pack.has("calendar.yaml"):
        return
    calendar = pack.one("calendar.yaml")
    calendar.knows("is_demonstration", "note", "working_hours", "holidays")
    for entry in calendar.entries("working_hours"):
        entry.knows("weekday", "opens", "closes")
        yield Record(
            WorkingHours,
            entry.place,
            key={
                "weekday": entry.get("weekday", int),
                "opens": _time(entry, "opens"),
                "closes": _time(entry, "closes"),
            },
            values={"is_demo": calendar.get("is_demonstration", bool)},
        )
    for entry in calendar.entries("holidays"):
        entry.knows("date", "name")
        yield Record(Holiday, entry.place, key={"date": entry.date("date")}, texts={"name": entry.texts("name")})


def _time(entry: Entry, name: str) -> dt.time:
    try:
        return dt.time.fromisoformat(entry.get(name, str))
    except ValueError as error:
        raise entry.wrong(name, "should be a time like “08:00”, in quotes") from error
