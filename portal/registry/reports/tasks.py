"""Tasks of what is due: taken by one, done with a word, given back."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from portal.core import audit, clock
from portal.registry.models import DueTask, Post
from portal.registry.refusals import Refused
from portal.registry.reports.due import Due, due


def find(post: Post, kind: str, of: int) -> Due | None:
    """One thing of the list, within the post's reach."""
    return next((one for one in due(post) if (one.kind, one.of) == (kind, of)), None)


@transaction.atomic
def take(one: Due, *, by: Post) -> DueTask:
    """Take care of it. Raises Refused when a colleague does."""
    try:
        with transaction.atomic():
            task, made = DueTask.objects.get_or_create(
                kind=one.kind,
                of=one.of,
                day=one.day,
                defaults={"recipient_id": one.recipient, "taken_by": by.user, "taken_at": clock.now()},
            )
    except IntegrityError:  # two at once: the other has it
        raise Refused("task_is_taken") from None
    if not made and task.taken_by_id != by.user_id:
        raise Refused("task_is_taken")
    if made:
        audit.record("registry.task_taken", task, by=by.user, due=one.kind)
    return task


@transaction.atomic
def done(one: Due, *, note: str, by: Post) -> DueTask:
    """It is done, with a word on what came of it; whoever does it has taken it. Raises Refused."""
    if not note.strip():
        raise Refused("nothing_came_of_it", field="note")
    task = DueTask.objects.select_for_update().get(pk=take(one, by=by).pk)
    if task.done_at is None:
        task.done_at, task.done_by, task.note = clock.now(), by.user, note.strip()[:200]
        task.save(update_fields=["done_at", "done_by", "note"])
        audit.record("registry.task_done", task, by=by.user, due=one.kind)
    return task


@transaction.atomic
def give_back(one: Due, *, by: Post) -> None:
    """Somebody else may take it. Nothing happens to what is done, or is a colleague's."""
    mine = DueTask.objects.filter(kind=one.kind, of=one.of, day=one.day, taken_by=by.user, done_at__isnull=True)
    for task in mine:
        audit.record("registry.task_given_back", task, by=by.user, due=one.kind)
        task.delete()
