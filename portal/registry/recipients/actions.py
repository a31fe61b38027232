"""Recipients: written down once, changed, opened with a reason, and two records of one person made one."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction

from portal.core import audit, clock
from portal.registry.law import graph, restricting, wording
from portal.registry.models import (
    Assessment,
    HouseholdMember,
    Income,
    Paper,
    Post,
    Programme,
    ProgrammeState,
    Recipient,
    Representative,
)
from portal.registry.models.people import code_index
from portal.registry.questions import counted
from portal.registry.refusals import Refused

OPENING = dt.timedelta(minutes=15)
CONTACTS = ("phone", "email", "address", "beware", "district")
FACTS = ("name", "birth_date", *CONTACTS, "language", "other_languages", "worker")


@transaction.atomic
def write_down(facts: dict[str, Any], *, code: str, by: Post) -> Recipient:
    """A new record in the post's own department. Raises Refused when the code belongs to somebody."""
    recipient = Recipient(department=by.department, **{name: facts[name] for name in FACTS if name in facts})
    _keep_code(recipient, code)
    recipient.save()
    audit.record("registry.recipient_written", recipient, by=by.user)
    return recipient


@transaction.atomic
def change(recipient: Recipient, facts: dict[str, Any], *, code: str, by: Post) -> Recipient:
    """Change what is known; an empty `code` keeps the one that is there. Raises Refused."""
    restricting.check(recipient)
    before = {name: getattr(recipient, name) for name in FACTS}
    given = {name: facts[name] for name in FACTS if name in facts}
    changed = sorted(name for name, value in given.items() if value != before[name])
    for name in changed:
        setattr(recipient, name, given[name])
    if code and code_index(code) != recipient.code_index:
        _keep_code(recipient, code)
        changed.append("code")
    if changed:
        columns = [name for name in changed if name != "code"]
        recipient.save(update_fields=[*columns, *(("code_encrypted", "code_index") if "code" in changed else ())])
        audit.record("registry.recipient_changed", recipient, by=by.user, fields=changed)
    return recipient


def opened(recipient: Recipient, *, by: Post) -> None:
    """Somebody looks at the record: once in a quarter of an hour it goes on record."""
    audit.record_once("registry.recipient_opened", recipient, by=by.user, within=OPENING)


def reveal(recipient: Recipient, *, by: Post, reason: str) -> dict[str, Any]:
    """The identifiers in full; who saw them and why goes on record first. Raises Refused without a reason."""
    if len(reason.strip()) < 3:
        raise Refused("no_reason", field="reason")
    audit.record("registry.identifiers_seen", recipient, by=by.user, reason=wording.plain(reason, recipient))
    papers = {paper.pk: paper.number for paper in recipient.papers.all()}
    return {"code": recipient.code, "papers": papers}


@transaction.atomic
def add_member(recipient: Recipient, *, name: str, relation: str, income_cents: int, by: Post) -> HouseholdMember:
    """Somebody lives with the person. Raises Refused."""
    restricting.check(recipient)
    member = HouseholdMember.objects.create(
        recipient=recipient, name=name, relation=relation, income_cents=income_cents
    )
    audit.record("registry.household_changed", recipient, by=by.user)
    return member


@transaction.atomic
def add_income(recipient: Recipient, *, valid_from: dt.date, cents: int, source: str, by: Post) -> Income:
    """The person's income from a day on. Raises Refused when one begins on that day already."""
    restricting.check(recipient)
    try:
        with transaction.atomic():
            income = Income.objects.create(recipient=recipient, valid_from=valid_from, cents=cents, source=source)
    except IntegrityError:
        raise Refused("income_begins_twice", field="valid_from") from None
    audit.record("registry.income_changed", recipient, by=by.user, valid_from=valid_from.isoformat())
    return income


@transaction.atomic
def add_paper(
    recipient: Recipient, *, kind: str, number: str, issued_on: dt.date | None, expires_on: dt.date | None, by: Post
) -> Paper:
    """A document of the person; an older one of the same kind is no longer waited for. Raises Refused."""
    restricting.check(recipient)
    recipient.papers.filter(kind=kind).update(is_replaced=True)
    paper = Paper(recipient=recipient, kind=kind, issued_on=issued_on, expires_on=expires_on)
    paper.set_number(number)
    paper.save()
    audit.record("registry.paper_added", recipient, by=by.user, paper_kind=kind)
    return paper


@transaction.atomic
def add_representative(recipient: Recipient, facts: dict[str, Any], *, by: Post) -> Representative:
    """Somebody may act for the person. Raises Refused."""
    restricting.check(recipient)
    found = Representative.objects.create(recipient=recipient, **facts)
    audit.record("registry.representative_added", recipient, by=by.user)
    return found


@transaction.atomic
def merge(kept: Recipient, gone: Recipient, *, by: Post, reason: str) -> Recipient:
    """Make one record of two: everything that hangs on `gone` hangs on `kept`; what `kept` lacks is taken over.

    Raises Refused when they can't be one person, or when the two have what one person can't have twice.
    """
    if kept.pk == gone.pk:
        raise Refused("merging_with_itself")
    if not reason.strip():
        raise Refused("no_reason", field="reason")
    pair = Recipient.objects.select_for_update().filter(pk__in=(kept.pk, gone.pk), merged_into__isnull=True)
    locked = {one.pk: one for one in pair.order_by("pk")}
    if len(locked) != 2:
        raise Refused("merged_already")
    kept, gone = locked[kept.pk], locked[gone.pk]
    for one in (kept, gone):
        restricting.check(one)
    if kept.code_index and gone.code_index and kept.code_index != gone.code_index:
        raise Refused("another_code")
    _no_day_twice(kept, gone)
    taken = _fill(kept, gone)
    try:
        with transaction.atomic():
            counted.touch_visits(gone.visits.all())
            moved = _move(kept, gone)
    except IntegrityError:
        raise Refused("both_have_it") from None
    facts = {"other": gone.pk, "taken": taken, "moved": moved}
    why = wording.plain(wording.plain(reason, kept), gone)
    audit.record("registry.recipients_merged", kept, by=by.user, reason=why, **facts)
    return kept


def _no_day_twice(kept: Recipient, gone: Recipient) -> None:
    """Programmes of the two may not run at once, and of two latest assessments the later one stays the latest."""
    for programme in Programme.objects.filter(recipient=gone).exclude(state=ProgrammeState.DRAFT):
        if Programme.objects.running(programme.since, programme.runs_until).filter(recipient=kept).exists():
            raise Refused("both_have_programmes")
    both = Assessment.objects.filter(recipient__in=(kept, gone), is_latest=True).order_by("-day", "-pk")
    for older in both[1:]:
        Assessment.objects.filter(pk=older.pk).update(is_latest=False)


def _fill(kept: Recipient, gone: Recipient) -> list[str]:
    """Take over what is not known of `kept`; the code leaves `gone` first, since two records can't share one."""
    taken = [name for name in FACTS if not getattr(kept, name) and getattr(gone, name)]
    for name in taken:
        setattr(kept, name, getattr(gone, name))
    code = gone.code if not kept.code_index else ""
    gone.code_encrypted, gone.code_index = "", None
    gone.merged_into, gone.merged_at = kept, clock.now()
    gone.save(update_fields=["code_encrypted", "code_index", "merged_into", "merged_at"])
    if code:
        kept.set_code(code)
        taken.append("code")
    kept.save()
    return taken


def _move(kept: Recipient, gone: Recipient) -> dict[str, int]:
    """Hang everything of `gone` on `kept`, whatever tables there are; returns how many rows of which."""
    moved = {}
    for table, key in graph.pointing_at(Recipient):
        rows = table._default_manager.filter(**{key.name: gone})
        if key.name == "recipient" and (count := rows.update(recipient=kept)):
            moved[table._meta.model_name or ""] = count
    return moved


def _keep_code(recipient: Recipient, code: str) -> None:
    if not code:
        return
    holder = Recipient.objects.filter(code_index=code_index(code)).exclude(pk=recipient.pk or 0).first()
    if holder is not None:
        raise Refused("code_is_taken", field="code", name=holder.name)
    recipient.set_code(code)
