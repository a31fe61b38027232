"""Taking a file in: every row by the same rules as a form, in one transaction – all of it, or nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from portal.core.models import User
from portal.core.templatetags.parama import in_figures
from portal.core.text_keys import name_key
from portal.registry import access
from portal.registry.exchange import reading
from portal.registry.exchange.fields import SERVICE, Wrong, fields_of, read
from portal.registry.models import CareService, ExchangeKind, ExchangeProfile, Post, Recipient, Unit
from portal.registry.models.people import code_index
from portal.registry.recipients import actions as recipients
from portal.registry.refusals import Refused
from portal.registry.visits import actions as visits
from portal.registry.visits.actions import Done, Entry

TOLD = 100  # so many mistakes are told; the others are counted
MOST = 200_000  # rows that one transaction may hold
STEP = 500
# A visit of a spreadsheet is known again by its person, worker and hour, wherever its row has moved to.
VISITS = UUID("8a0f7f0e-4b1c-4d6f-9a55-0d3b5f6c1e77")
Progress = Callable[[int], None]


class _Back(Exception):
    """Undo what was done."""


@dataclass(slots=True)
class Outcome:
    """What became of the rows."""

    rows: int = 0
    new: int = 0
    changed: int = 0
    known: int = 0
    wrong: int = 0
    mistakes: list[dict[str, Any]] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        return {name: getattr(self, name) for name in ("rows", "new", "changed", "known", "wrong")}

    def mistake(self, line: int, column: str, refused: Refused) -> None:
        """Count it; keep the first ones, without anything that names a person."""
        self.wrong += 1
        if len(self.mistakes) < TOLD:
            facts = {name: "…" if name == "name" else _said(fact) for name, fact in refused.facts.items()}
            self.mistakes.append({"line": line, "column": column[:80], "why": refused.why, "facts": facts})


def take(path: Path, profile: ExchangeProfile, *, by: Post, keep: bool, told: Progress | None = None) -> Outcome:
    """Read the file and do what each row says; with a mistake, or without `keep`, everything is undone."""
    outcome = Outcome()
    try:
        with transaction.atomic():
            _read(path, profile, by, outcome, told)
            if outcome.wrong or not keep:
                raise _Back
    except _Back:
        pass
    except Refused as whole:
        outcome.mistake(0, "", whole)
    return outcome


def _read(path: Path, profile: ExchangeProfile, by: Post, outcome: Outcome, told: Progress | None) -> None:
    fields = fields_of(profile.kind)
    do = _recipient if profile.kind == ExchangeKind.RECIPIENTS else _Visits(by).do
    for row in reading.rows(path, profile):
        outcome.rows += 1
        if told and outcome.rows % STEP == 0:
            told(outcome.rows)
        try:
            values = read(row.cells, profile, fields)
            if outcome.wrong >= TOLD:
                continue  # nothing of it will be kept: only what can't be read is still counted
            if outcome.rows > MOST:
                raise Refused("too_many_rows", most=MOST)
            with transaction.atomic():
                what = do(values, by)
            setattr(outcome, what, getattr(outcome, what) + 1)
        except Refused as refused:
            outcome.mistake(row.line, profile.columns.get(refused.field, ""), refused)


def _recipient(values: dict[str, Any], by: Post) -> str:
    """Write a person down, or change what the file knows better; an empty cell changes nothing."""
    code = values.pop("code", "")
    known = person_of(code, values.get("name", ""), values.get("birth_date"), by)
    if known is None:
        recipients.write_down(values, code=code, by=by)
        return "new"
    is_same_code = not code or code_index(code) == known.code_index
    if is_same_code and all(getattr(known, name) == value for name, value in values.items()):
        return "known"
    recipients.change(known, values, code=code, by=by)
    return "changed"


def person_of(code: str, name: str, born: dt.date | None, by: Post) -> Recipient | None:
    """Whom a row is about: by the code, else by name and day of birth. Raises Refused for several, or elsewhere."""
    mine = access.people(by)
    if code:
        holder = Recipient.objects.filter(code_index=code_index(code)).first()
        if holder is not None:
            found = mine.filter(pk=holder.pk).first()
            if found is None:
                raise Refused("person_is_elsewhere")
            return found
    if not name or born is None:
        return None
    alike = list(mine.filter(name_key=name_key(name)[:120], birth_date=born)[:3])
    alike = [one for one in alike if not (code and one.code_index)]
    if len(alike) > 1:
        raise Refused("several_are_alike")
    return alike[0] if alike else None


class _Visits:
    """Visits of a file: workers and services are looked up once."""

    def __init__(self, by: Post) -> None:
        colleagues = Post.objects.select_related("user")
        if by.department:
            colleagues = colleagues.filter(department__in=("", by.department))
        self.workers: dict[str, User] = {one.user.username: one.user for one in colleagues}
        self.services = {one.code: one for one in CareService.objects.all()}

    def do(self, values: dict[str, Any], by: Post) -> str:
        """Write a visit down by the same rules as any other. Raises Refused."""
        person = person_of(values.get("code", ""), values.get("name", ""), values.get("birth_date"), by)
        if person is None:
            raise Refused("person_is_unknown")
        worker = self.workers.get(values["worker"])
        if worker is None:
            raise Wrong("worker_is_unknown", field="worker")
        started = timezone.make_aware(dt.datetime.combine(values["day"], values["at"]))
        entry = Entry(
            client_id=uuid5(VISITS, f"{person.pk}|{worker.pk}|{started.isoformat()}"),
            recipient=person.pk,
            started_at=started,
            minutes=values["minutes"],
            services=tuple(self._services(values)),
            outcome=values.get("outcome", "done"),
            note=values.get("note", ""),
        )
        return "new" if visits.record(entry, worker=worker, by=by).is_new else "known"

    def _services(self, values: dict[str, Any]) -> list[Done]:
        found = []
        for name, number in values.items():
            service = self.services.get(name.removeprefix(SERVICE)) if name.startswith(SERVICE) else None
            if service is not None and number:
                by_hour = service.unit == Unit.HOUR
                found.append(Done(service.pk, minutes=number if by_hour else 0, times=1 if by_hour else number))
        return found


def _said(fact: Any) -> Any:
    return in_figures(fact) if isinstance(fact, dt.date) else fact if isinstance(fact, int) else str(fact)[:200]
