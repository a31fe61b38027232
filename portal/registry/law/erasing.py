"""Erasing a person: shown first, confirmed by a second person, done in one transaction, and again after a restore.

Rows that only tell about the person go. Rows that are counted stay with nothing of the person in them. What has to
be kept is kept until its day and then goes by itself.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Case as When
from django.db.models import CharField, DateField, DateTimeField, Field, ForeignKey, JSONField, Model, TextField, Value
from django.db.models import When as Then
from django.dispatch import Signal

from portal.core import audit, clock, uploads
from portal.registry.law import graph, keeping
from portal.registry.law.keeping import GONE, REACHED_BY, Group
from portal.registry.models import Case, Erasure, ErasureGround, Post, Recipient
from portal.registry.refusals import Refused

# Sent within the transaction with `handles`: other systems' own words for the person, and `cases`: numbers of cases.
erased = Signal()
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of one table's rows: how many, why they are kept and until when, or that they go."""

    title: str
    count: int
    group: Group
    until: dt.date | None
    stays: bool


def preview(person: Recipient) -> list[Fate]:
    """What would be erased today and what would be kept, table by table."""
    people = graph.everybody(person)
    until, due = keeping.kept_until(people), keeping.due(people, clock.today())
    found = [_fate(Recipient, len(people), until, due)]
    found += [_fate(table.model, table.rows(people).count(), until, due) for table in graph.tables()]
    return [fate for fate in found if fate.count]


@transaction.atomic
def prepare(person: Recipient, *, ground: str, by: Post) -> Erasure:
    """Ask for a person to be erased; nothing happens before a second person confirms it. Raises Refused."""
    if ground not in ErasureGround.values:
        raise Refused("no_ground", field="ground")
    _care_is_over(graph.everybody(person))
    if keeping.is_erased(person):
        raise Refused("erased_already")
    try:
        with transaction.atomic():
            made = Erasure.objects.create(recipient=person, ground=ground, prepared_by=by.user, prepared_at=clock.now())
    except IntegrityError:
        raise Refused("prepared_already") from None
    audit.record("registry.erasure_prepared", made, by=by.user, ground=ground, recipient=person.pk)
    return made


@transaction.atomic
def confirm(erasure: Erasure, *, by: Post) -> Erasure:
    """Erase what may go today, for good; the rest goes on its day. Raises Refused for whoever prepared it."""
    erasure = _waiting(erasure)
    if erasure.prepared_by_id == by.user_id:
        raise Refused("second_person_erases")
    _care_is_over(graph.everybody(erasure.recipient))
    erasure.confirmed_by, erasure.confirmed_at = by.user, clock.now()
    erasure.save(update_fields=["confirmed_by", "confirmed_at"])
    _carry_out(erasure, clock.today())
    audit.record("registry.person_erased", erasure, by=by.user, done=erasure.done, recipient=erasure.recipient_id)
    return erasure


@transaction.atomic
def call_off(erasure: Erasure, *, by: Post) -> Erasure:
    """Nothing is erased. Raises Refused when that was settled before."""
    erasure = _waiting(erasure)
    erasure.cancelled_at = clock.now()
    erasure.save(update_fields=["cancelled_at"])
    audit.record("registry.erasure_called_off", erasure, by=by.user, recipient=erasure.recipient_id)
    return erasure


def erase_the_rest(day: dt.date) -> int:
    """What had to be kept of erased persons and need not be any more; each in a transaction of its own."""
    count = 0
    for erasure in Erasure.objects.filter(rest_on__lte=day).order_by("pk"):
        with transaction.atomic():
            _carry_out(erasure, day)
            audit.record("registry.person_erased", erasure, by=audit.SYSTEM, done=erasure.done)
        count += 1
    return count


def erase_again() -> int:
    """After a backup was restored: whoever was erased since it was made is erased once more. Safe to repeat."""
    count = 0
    for pk in dict.fromkeys(_listed()):
        person = Recipient.objects.filter(pk=pk).first()
        if person is None:
            continue
        with transaction.atomic():
            count += bool(_erase(person, clock.today()))
    return count


def _care_is_over(people: list[int]) -> None:
    until = keeping.going_on(people)
    if until is not None:
        raise Refused("care_goes_on", day=until)


def _waiting(erasure: Erasure) -> Erasure:
    found = Erasure.objects.select_for_update().select_related("recipient").get(pk=erasure.pk)
    if not found.is_waiting:
        raise Refused("erasure_is_settled")
    return found


def _carry_out(erasure: Erasure, day: dt.date) -> None:
    """Erase what is due and note when the rest will be."""
    person = erasure.recipient
    gone = _erase(person, day)
    erasure.done = {
        label: erasure.done.get(label, 0) + count for label, count in (erasure.done | gone).items() if count
    }
    left = [until for until in keeping.kept_until(graph.everybody(person)).values() if until and until >= day]
    erasure.rest_on = min(left) + DAY if left and not keeping.is_erased(person) else None
    erasure.save(update_fields=["done", "rest_on"])
    transaction.on_commit(lambda: _list(person.pk))


def _erase(person: Recipient, day: dt.date) -> dict[str, int]:
    """Every group that is due on this day; returns {table: rows}. The furthest tables go first."""
    people = graph.everybody(person)
    due, done, files = keeping.due(people, day), {}, []
    cases = list(Case.objects.filter(recipient__in=people).values_list("number", "person_handle"))
    for table in reversed(graph.tables()):
        rule = keeping.rule_of(table.model)
        if rule.group not in due:
            continue
        rows = table.rows(people)
        if any(field.name == "kept_name" for field in table.model._meta.fields):
            files += list(rows.values_list("kept_name", flat=True))
        done[table.label] = _emptied(table.model, rows, rule.counted) if rule.stays else rows.delete()[0]
    known = Recipient.objects.filter(pk__in=people)
    done["registry.Recipient"] = known.update(**dict.fromkeys(REACHED_BY, ""))
    if Group.PERSON in due:
        _emptied(Recipient, known, keeping.rule_of(Recipient).counted)
    person.refresh_from_db()
    transaction.on_commit(lambda: uploads.forget(files))
    if Group.FILE in due:
        erased.send(Recipient, cases=[number for number, _handle in cases], handles=[one for _number, one in cases])
    return {label: count for label, count in done.items() if count}


def _emptied(model: type[Model], rows: Any, counted: frozenset[str]) -> int:
    """Leave only what is counted; returns how many rows had something else in them."""
    changes = {field.name: _nothing(field) for field in model._meta.concrete_fields if _tells(field, counted)}
    return int(rows.update(**changes)) if changes else 0


def _tells(field: Field[Any, Any], counted: frozenset[str]) -> bool:
    """Whether a column may tell who it was: words, data and days do, unless the rule says that they are counted."""
    if field.primary_key or isinstance(field, ForeignKey) or field.name in counted:
        return False
    is_words = isinstance(field, CharField | TextField | JSONField)
    return is_words or (isinstance(field, DateField) and not isinstance(field, DateTimeField) and field.null)


def _nothing(field: Field[Any, Any]) -> Any:
    """Nothing, as this column can hold it; words that a constraint wants to be there become a dash."""
    if field.null:
        return None
    if isinstance(field, JSONField):
        return field.get_default()
    if field.name.endswith(("_encrypted", "_key", "_index")):
        return ""
    return When(Then(**{field.name: ""}, then=Value("")), default=Value(GONE))


def _fate(model: type[Model], count: int, until: dict[Group, dt.date | None], due: Iterable[Group]) -> Fate:
    rule = keeping.rule_of(model)
    title = str(model._meta.verbose_name_plural)
    kept = None if rule.group in due else until[rule.group]
    return Fate(title[:1].upper() + title[1:], count, rule.group, kept, rule.stays)


def _list_path() -> Path:
    return Path(settings.DATA_DIR) / "erased.jsonl"


def _list(pk: int) -> None:
    """Beside the database, so that a restored backup does not bring the person back: only a number of a record."""
    with _list_path().open("a") as out:
        out.write(json.dumps({"recipient": pk, "at": clock.now().isoformat()}) + "\n")


def _listed() -> list[int]:
    try:
        lines = _list_path().read_text().splitlines()
    except FileNotFoundError:
        return []
    return [int(json.loads(line)["recipient"]) for line in lines if line.strip()]
