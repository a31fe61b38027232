"""What comes round by itself: promises at closing time, promises kept, and what is late."""

from __future__ import annotations

import datetime as dt
import logging

from chat import access, hours, presence, wallboard
from chat.actions import alerts, offers, tasks
from chat.actions.errors import Refused
from chat.models import AlertKind, Channel, Presence, State, Task, TaskKind, TaskReason, TaskState
from portal.core import audit, clock
from portal.core.schedule import every

logger = logging.getLogger(__name__)
MINUTE = 60
BEFORE_DUE = dt.timedelta(minutes=15)


@every(MINUTE, "promises at closing time")
def promise_what_stays_open() -> int:
    """After closing time nobody is left waiting: who waits – or whose consultant is gone – is promised an answer."""
    if hours.opening_now().is_open:
        return 0
    promised = 0
    going_on = access.for_statistics().filter(channel=Channel.CHAT, state__in=(State.WAITING, State.ACTIVE))
    for consultation in going_on.exclude(tasks__state=TaskState.OPEN):
        reason = TaskReason.CLOSING
        if consultation.state == State.ACTIVE:
            if not _is_cut_off(consultation.consultant_id):
                continue
            reason = TaskReason.LOST
        try:
            tasks.promise_written(consultation, by=audit.SYSTEM, reason=reason)
            promised += 1
        except Refused:  # it ended in this moment
            continue
    return promised


@every(MINUTE, "promises kept")
def settle_what_was_answered() -> int:
    """A written answer settles its promise where it is sent; this catches what another way has answered or ended."""
    open_ones = Task.objects.filter(state=TaskState.OPEN, kind=TaskKind.WRITTEN).select_related("consultation")
    return sum(tasks.settle_written(task.consultation, by=None) for task in open_ones)


@every(MINUTE, "promises that are late")
def remind() -> int:
    """Once a promise: shortly before it is due, its consultant's desk and the supervisor hear of it."""
    soon = Task.objects.filter(state=TaskState.OPEN, reminded_at=None, due_at__lte=clock.now() + BEFORE_DUE)
    reminded = 0
    for task in soon.select_related("consultation"):
        task.reminded_at = clock.now()
        task.save(update_fields=["reminded_at"])
        alerts.raise_alert(AlertKind.OVERDUE, subject=task.public_id, consultation=task.consultation)
        reminded += 1
    return reminded


every(5, "offers")(offers.distribute)


@every(MINUTE, "alerts of the floor")
def look_at_the_floor() -> int:
    """Who is cut off, who waits for a language nobody speaks now, which language waits too long."""
    raised = 0
    for consultation in access.for_statistics().filter(state=State.ACTIVE).exclude(consultant=None):
        if _is_cut_off(consultation.consultant_id):
            subject = consultation.public_id
            raised += alerts.raise_alert(AlertKind.CUT_OFF, subject=subject, consultation=consultation)
    if hours.opening_now().is_open:
        waiting = set(access.waiting().values_list("language", flat=True))
        nobody = [language for language in waiting if not presence.count_available(language)]
        raised += sum(alerts.raise_alert(AlertKind.NOBODY, subject=language) for language in nobody)
        slow = wallboard.slow_languages(wallboard.waits_today())
        raised += sum(alerts.raise_alert(AlertKind.SLOW_LANGUAGE, subject=language) for language in slow)
    return raised


def _is_cut_off(user_id: int | None) -> bool:
    """Whether their desk has given no sign of life for a while, whatever they chose."""
    if user_id is None:
        return True
    last = Presence.objects.filter(user_id=user_id).values_list("heartbeat_at", flat=True).first()
    return last is None or last < clock.now() - presence.CUT_OFF
