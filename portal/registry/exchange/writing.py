"""Giving a file out by the same profile that takes it in: what went out comes in again as it was."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from django.utils.timezone import localtime

from portal.core.exports import as_xlsx, cell
from portal.registry import access
from portal.registry.exchange.fields import SERVICE
from portal.registry.models import ExchangeKind, ExchangeProfile, Post, Recipient, Unit, Visit
from portal.registry.refusals import Refused

AT_ONCE = 2000
MOST = 200_000


def content(profile: ExchangeProfile, *, first: dt.date, last: dt.date, by: Post) -> tuple[bytes, int]:
    """The file and how many rows it has. Raises Refused where the encoding has no letter for what is written."""
    rows = [_coded(values, profile) for values in islice(_values(profile, first, last, by), MOST + 1)]
    if len(rows) > MOST:
        raise Refused("too_many_rows", most=MOST)
    names = list(profile.columns.values())
    if profile.format == "xlsx":
        return as_xlsx(rows, names), len(rows)
    text = _csv(rows, names, profile.delimiter) if profile.format == "csv" else _xml(rows)
    encoding = "utf-8" if profile.format == "xml" else profile.encoding
    try:
        return text.encode(encoding), len(rows)
    except UnicodeEncodeError:
        raise Refused("no_such_letters", encoding=profile.get_encoding_display()) from None


def _values(profile: ExchangeProfile, first: dt.date, last: dt.date, by: Post) -> Iterator[dict[str, Any]]:
    people = access.people(by)
    if profile.kind == ExchangeKind.RECIPIENTS:
        for person in people.order_by("pk").iterator(AT_ONCE):
            yield _person(person) | {
                name: getattr(person, name)
                for name in ("phone", "email", "address", "district", "language", "other_languages")
            }
        return
    visits = Visit.objects.standing().filter(recipient__in=people.values("pk"), day__range=(first, last))
    visits = visits.select_related("recipient", "worker").prefetch_related("provided__service")
    for visit in visits.iterator(AT_ONCE):
        given = {
            f"{SERVICE}{one.service.code}": one.minutes if one.service.unit == Unit.HOUR else one.times
            for one in visit.provided.all()
        }
        told = {
            "day": visit.day,
            "at": f"{localtime(visit.started_at):%H:%M}",
            "minutes": visit.minutes,
            "worker": visit.worker.username,
            "outcome": visit.outcome,
            "note": visit.note,
        }
        yield _person(visit.recipient) | told | given


def _person(person: Recipient) -> dict[str, Any]:
    return {"code": person.code, "name": person.name, "birth_date": person.birth_date}


def _coded(values: dict[str, Any], profile: ExchangeProfile) -> dict[str, str]:
    """A row under their names, with their words for our codes."""
    row = {}
    for name, column in profile.columns.items():
        value = values.get(name)
        theirs = {ours: word for word, ours in profile.codes.get(name, {}).items()}
        row[column] = "" if value is None else theirs.get(str(value), str(value))
    return row


def _csv(rows: Iterable[dict[str, str]], names: list[str], delimiter: str) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(names)
    writer.writerows([cell(row[name]) for name in names] for row in rows)
    return out.getvalue()


def _xml(rows: Iterable[dict[str, str]]) -> str:
    def line(row: dict[str, str]) -> str:
        cells = (f"<value name={quoteattr(name)}>{escape(_allowed(text))}</value>" for name, text in row.items())
        return f"<row>{''.join(cells)}</row>"

    return '<?xml version="1.0" encoding="utf-8"?>\n<rows>\n' + "\n".join(map(line, rows)) + "\n</rows>\n"


def _allowed(text: str) -> str:
    """Without the signs that XML has no place for."""
    return "".join(sign for sign in text if sign >= " " or sign in "\t\n")
