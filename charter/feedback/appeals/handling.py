"""What staff do with an appeal: take it, give it to an institution, ask, extend, pass on, answer, check an answer."""

from __future__ import annotations

from django.db import transaction

from charter.feedback.appeals import access, deadlines, mail
from charter.feedback.appeals.actions import locked, note, unsent_answer
from charter.feedback.appeals.errors import Closed, NotYours, Unfit
from charter.feedback.models import Appeal, AppealAnswer, AppealOutcome, AppealState, Deed, Improvement, Story
from charter.models import Institution
from portal.core import audit, clock
from portal.core.models import User

LONGEST_ANSWER = 6000
MOST_DAYS = 20
NEEDS_SECOND_EYES = frozenset({AppealOutcome.REFUSED})


@transaction.atomic
def take(appeal: Appeal, *, by: User) -> Appeal:
    """Be the one who answers it. Raises Closed."""
    appeal = _open(appeal)
    appeal.responsible = by
    if appeal.state == AppealState.RECEIVED:
        appeal.state = AppealState.WORKING
    appeal.save(update_fields=["responsible", "state"])
    note(appeal, Deed.TAKEN, by=by)
    audit.record("appeal.taken", appeal, by=by)
    return appeal


@transaction.atomic
def route(appeal: Appeal, institution: Institution, *, by: User, text: str = "") -> Appeal:
    """Give it to an institution; the clock goes on as it went. Raises Closed."""
    appeal = _open(appeal)
    appeal.institution, appeal.responsible = institution, None
    appeal.save(update_fields=["institution", "responsible"])
    note(appeal, Deed.ROUTED, by=by, institution=institution)
    if text.strip():
        note(appeal, Deed.NOTED, by=by, text=text.strip()[:2000])
    audit.record("appeal.routed", appeal, by=by, to=institution.code)
    return appeal


@transaction.atomic
def write_note(appeal: Appeal, text: str, *, by: User) -> None:
    """For colleagues only. Raises Unfit."""
    if not text.strip():
        raise Unfit("note")
    note(appeal, Deed.NOTED, by=by, text=text.strip()[:2000])
    audit.record("appeal.noted", appeal, by=by)


@transaction.atomic
def ask(appeal: Appeal, text: str, *, by: User) -> Appeal:
    """Ask the resident for something: the clock stands until they add it. Raises Unfit, Closed."""
    if not text.strip():
        raise Unfit("question")
    appeal = _open(appeal)
    appeal.state = AppealState.WAITING
    note(appeal, Deed.ASKED, by=by, text=text.strip()[:2000])
    appeal.due_on = deadlines.due_of(appeal)
    appeal.save(update_fields=["state", "due_on"])
    audit.record("appeal.asked", appeal, by=by)
    mail.tell_on_commit(appeal)
    return appeal


@transaction.atomic
def extend(appeal: Appeal, days: int, reason: str, *, by: User) -> Appeal:
    """Take longer, once a level, before the day is over, and say why: the resident reads it. Raises Unfit, Closed."""
    if not reason.strip():
        raise Unfit("reason")
    if not 1 <= days <= MOST_DAYS:
        raise Unfit("days")
    appeal = _open(appeal)
    if appeal.extended_days or appeal.due_on is None or appeal.due_on < clock.today():
        raise Closed
    appeal.extended_days, appeal.extension_reason = days, reason.strip()[:300]
    appeal.due_on = deadlines.due_of(appeal)
    appeal.save(update_fields=["extended_days", "extension_reason", "due_on"])
    note(appeal, Deed.EXTENDED, by=by, text=appeal.extension_reason)
    audit.record("appeal.extended", appeal, by=by, days=days)
    mail.tell_on_commit(appeal)
    return appeal


@transaction.atomic
def pass_on(appeal: Appeal, to: str, *, by: User, text: str = "") -> Appeal:
    """It is not ours: hand it to the body whose matter it is, and say so to the resident. Raises Unfit, Closed."""
    if not to.strip():
        raise Unfit("passed_to")
    appeal = _open(appeal)
    appeal.state, appeal.passed_to = AppealState.PASSED_ON, to.strip()[:200]
    appeal.passed_on, appeal.closed_at = clock.today(), clock.now()
    appeal.save(update_fields=["state", "passed_to", "passed_on", "closed_at"])
    note(appeal, Deed.PASSED_ON, by=by, text=text.strip()[:2000])
    audit.record("appeal.passed_on", appeal, by=by)
    mail.tell_on_commit(appeal)
    return appeal


@transaction.atomic
def answer(appeal: Appeal, outcome: str, text: str, *, by: User) -> AppealAnswer:
    """Answer it. A refusal waits for a colleague who leads; so does a second answer. Raises Unfit, Closed."""
    if outcome not in AppealOutcome.values:
        raise Unfit("outcome")
    if not text.strip():
        raise Unfit("answer")
    appeal = _open(appeal)
    if unsent_answer(appeal) is not None:
        raise Closed
    written = AppealAnswer.objects.create(
        appeal=appeal,
        level=appeal.level,
        outcome=outcome,
        text=text.strip()[:LONGEST_ANSWER],
        written_by=by,
        written_at=clock.now(),
        due_on=appeal.due_on,
    )
    audit.record("appeal.answer_written", appeal, by=by, outcome=outcome)
    if outcome not in NEEDS_SECOND_EYES:
        _send(appeal, written, by=by)
    return written


@transaction.atomic
def confirm(appeal: Appeal, *, by: User) -> AppealAnswer:
    """The second pair of eyes: the answer goes out. Raises NotYours, Closed."""
    appeal, written = _to_check(appeal, by)
    written.checked_by = by
    _send(appeal, written, by=by)
    return written


@transaction.atomic
def return_answer(appeal: Appeal, why: str, *, by: User) -> AppealAnswer:
    """Back to its writer, with the reason. Raises Unfit, NotYours, Closed."""
    if not why.strip():
        raise Unfit("why")
    appeal, written = _to_check(appeal, by)
    written.checked_by, written.returned_because = by, why.strip()[:300]
    written.save(update_fields=["checked_by", "returned_because"])
    note(appeal, Deed.RETURNED, by=by, text=written.returned_because)
    audit.record("appeal.answer_returned", appeal, by=by)
    return written


@transaction.atomic
def group(appeal: Appeal, with_: Appeal | None, *, by: User) -> None:
    """Put an appeal beside a like one, or (None) take it out; groups have one head."""
    appeal = locked(appeal)
    head = (with_.like or with_) if with_ is not None else None
    if head is not None and head.pk == appeal.pk:
        raise Unfit("like")
    appeal.like = head
    appeal.save(update_fields=["like"])
    if head is not None:
        appeal.alike.update(like=head)
    audit.record("appeal.grouped", appeal, by=by)


@transaction.atomic
def tie(appeal: Appeal, *, story: Story | None, improvement: Improvement | None, by: User) -> None:
    """Say what was changed because of it; told in public only where its sender allowed it. Raises Unfit."""
    appeal = locked(appeal)
    if story is not None and not appeal.is_quotable:
        raise Unfit("story")
    appeal.story, appeal.improvement = story, improvement
    appeal.save(update_fields=["story", "improvement"])
    audit.record("appeal.tied", appeal, by=by)


def _open(appeal: Appeal) -> Appeal:
    appeal = locked(appeal)
    if not appeal.is_open:
        raise Closed
    return appeal


def _to_check(appeal: Appeal, by: User) -> tuple[Appeal, AppealAnswer]:
    appeal = _open(appeal)
    written = unsent_answer(appeal)
    if written is None:
        raise Closed
    if written.written_by_id == by.pk or not access.may_lead(by, appeal):
        raise NotYours
    return appeal, written


def _send(appeal: Appeal, written: AppealAnswer, *, by: User) -> None:
    written.sent_at, written.sent_on = clock.now(), clock.today()
    written.save(update_fields=["sent_at", "sent_on", "checked_by"])
    appeal.state, appeal.closed_at = AppealState.ANSWERED, clock.now()
    appeal.save(update_fields=["state", "closed_at"])
    note(appeal, Deed.ANSWERED, by=by)
    audit.record("appeal.answered", appeal, by=by, outcome=written.outcome)
    mail.tell_on_commit(appeal)
