"""Calls that were promised: to those who left before anybody answered, and by consultants who had to find out first.

No number is kept: the nightly job would have forgotten it long ago.
"""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from random import Random

from django.utils import timezone

from chat.models import Attempt, State, Task, TaskKind, TaskReason, TaskState, TryResult
from portal.dashboard.periods import moment
from portal.demo.history import plan
from portal.demo.history.consultations import Story
from portal.demo.history.town import Town

AFTER_LEAVING, AFTER_TALKING = 0.6, 0.04  # of conversations: a call was promised
ON_TIME = 0.98
REACHED = 0.8
MINUTE = dt.timedelta(minutes=1)


def promised(stories: list[Story], town: Town) -> tuple[list[Task], list[Attempt]]:
    """Promises with the first try of each, all of them settled; none is made whose day has not come yet."""
    days = town.days()
    following = dict(pairwise(days))
    tasks: list[Task] = []
    tries: list[Attempt] = []
    for story in stories:
        of = story.consultation
        rng = Random(f"callback {of.public_id}")  # noqa: S311  (a demonstration, not a secret)
        has_left = of.state == State.ABANDONED
        day = following.get(timezone.localtime(of.started_at).date())
        if day is None or not plan.happens(rng, AFTER_LEAVING if has_left else AFTER_TALKING):
            continue
        due = moment(day) + rng.randrange(10, 15) * 60 * MINUTE
        late = not plan.happens(rng, ON_TIME)
        tried = due + rng.randrange(5, 90) * MINUTE if late else due - rng.randrange(5, 110) * MINUTE
        by = of.consultant or rng.choice(town.consultants)
        task = Task(
            consultation=of,
            kind=TaskKind.CALLBACK,
            reason=TaskReason.FULL if has_left else TaskReason.FOLLOW_UP,
            state=TaskState.DONE,
            begins_at=due - 120 * MINUTE,
            due_at=due,
            made_at=of.closed_at or of.started_at,
            first_try_at=tried,
            settled_at=tried + 6 * MINUTE,
            settled_by=by,
            is_demo=True,
        )
        tasks.append(task)
        is_reached = plan.happens(rng, REACHED)
        tries.append(
            Attempt(task=task, result=TryResult.REACHED if is_reached else TryResult.NO_ANSWER, by=by, at=tried)
        )
    return tasks, tries
