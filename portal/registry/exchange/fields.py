"""What a file may carry: the fields of each kind, how a cell is read, and what is wrong when it can't be."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from portal.core.languages import LANGUAGES
from portal.registry.models import CareService, ExchangeKind, ExchangeProfile, Outcome
from portal.registry.refusals import Refused

SERVICE = "service:"
_DAYS = (
    re.compile(r"(?P<y>\d{4})[-./](?P<m>\d\d?)[-./](?P<d>\d\d?)\.?"),
    re.compile(r"(?P<d>\d\d?)[-./](?P<m>\d\d?)[-./](?P<y>\d{4})"),
)
_HOUR = re.compile(r"(\d\d?)[:.](\d\d)(?::\d\d)?")
Read = Callable[[str], Any]


class Wrong(Refused):
    """A cell can't be read; `field` is ours."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a kind: its words for people, whether a row must have it, and how a cell becomes a value."""

    words: Any
    read: Read
    is_needed: bool = False
    has_codes: bool = False


def _text_of(most: int) -> Read:
    def read(cell: str) -> str:
        if len(cell) > most:
            raise Refused("cell_too_long", most=most)
        return cell

    return read


def _day(cell: str) -> dt.date:
    for shape in _DAYS:
        found = shape.fullmatch(cell)
        if found:
            try:
                return dt.date(int(found["y"]), int(found["m"]), int(found["d"]))
            except ValueError:
                break
    raise Refused("cell_is_no_day")


def _hour(cell: str) -> dt.time:
    found = _HOUR.fullmatch(cell)
    try:
        return dt.time(int(found[1]), int(found[2])) if found else dt.time.fromisoformat(cell)
    except ValueError:
        raise Refused("cell_is_no_hour") from None


def _number(cell: str) -> int:
    if not (cell.isascii() and cell.isdigit() and len(cell) < 6):
        raise Refused("cell_is_no_number")
    return int(cell)


def _mail(cell: str) -> str:
    try:
        validate_email(cell)
    except ValidationError:
        raise Refused("cell_is_no_mail") from None
    return cell


def _one_of(*words: str) -> Read:
    def read(cell: str) -> str:
        if cell not in words:
            raise Refused("cell_is_no_code")
        return cell

    return read


_PERSON: dict[str, Field] = {
    "code": Field(_("Personal code"), _text_of(20)),
    "name": Field(_("Surname and first name"), _text_of(120)),
    "birth_date": Field(_("Date of birth"), _day),
}
_RECIPIENT: dict[str, Field] = _PERSON | {
    "name": Field(_("Surname and first name"), _text_of(120), is_needed=True),
    "phone": Field(_("Phone"), _text_of(40)),
    "email": Field(_("E-mail"), _mail),
    "address": Field(_("Address"), _text_of(200)),
    "district": Field(_("Part of town"), _text_of(80)),
    "language": Field(_("Language the person wants to speak"), _one_of(*LANGUAGES), has_codes=True),
    "other_languages": Field(_("Other languages"), _text_of(80)),
}
_VISIT: dict[str, Field] = _PERSON | {
    "day": Field(_("Day"), _day, is_needed=True),
    "at": Field(_("Begun at"), _hour, is_needed=True),
    "minutes": Field(_("Minutes"), _number, is_needed=True),
    "worker": Field(_("Name the worker signs in with"), _text_of(150), is_needed=True),
    "outcome": Field(_("How it went"), _one_of(*Outcome.values), has_codes=True),
    "note": Field(_("Note"), _text_of(2000)),
}


def fields_of(kind: str) -> dict[str, Field]:
    """The fields of a kind; for visits one more for each service: its minutes, or its times."""
    if kind == ExchangeKind.RECIPIENTS:
        return _RECIPIENT
    services = CareService.objects.order_by("order", "code")
    return _VISIT | {f"{SERVICE}{one.code}": Field(one.said.text or one.code, _number) for one in services}


def needed(kind: str) -> set[str]:
    return {name for name, field in fields_of(kind).items() if field.is_needed}


def read(cells: dict[str, str], profile: ExchangeProfile, fields: dict[str, Field]) -> dict[str, Any]:
    """The values of a row by our fields; empty cells are left out. Raises Wrong at the first that can't be read."""
    found: dict[str, Any] = {}
    for name, column in profile.columns.items():
        field, cell = fields.get(name), cells.get(column, "")
        if field is None:
            continue
        if not cell:
            if field.is_needed:
                raise Wrong("cell_is_empty", field=name)
            continue
        try:
            found[name] = field.read(profile.codes.get(name, {}).get(cell, cell))
        except Refused as wrong:
            raise Wrong(wrong.why, field=name, **wrong.facts) from None
    return found
