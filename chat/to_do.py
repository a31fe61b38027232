"""What is promised and not done yet, as the desk reads it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from chat import access
from chat.models import Task, TaskKind, TaskReason, TaskState
from portal.core import clock
from portal.core.languages import Localised
from portal.core.models import User
from portal.core.translations import columns_of, text

SOON = dt.timedelta(minutes=30)
_FACTS = (
    *("public_id", "kind", "reason", "begins_at", "due_at", "assigned_to_id", "assigned_to__display_name"),
    *("is_agreed", "is_shared_phone", "consultation__public_id", "consultation__reference", "consultation__name"),
    *("consultation__language", "consultation__is_urgent", "tries"),
    *columns_of(("name",), prefix="consultation__topic__"),
)


@dataclass(frozen=True, slots=True)
class Row:
    """One promise on the list. `tries`: how often somebody has rung already."""

    public_id: str
    kind: str
    reason: str
    begins_at: dt.datetime | None
    due_at: dt.datetime
    assigned: str
    is_mine: bool
    consultation: str
    reference: str
    name: str
    language: str
    is_urgent: bool
    topic: Localised
    tries: int
    is_overdue: bool
    is_soon: bool

    @property
    def is_call(self) -> bool:
        return self.kind == TaskKind.CALLBACK

    @property
    def why(self) -> str:
        return str(TaskReason(self.reason).label)


def for_staff(user: User) -> QuerySet[Task]:
    """Promises about what this member of staff may open."""
    return Task.objects.filter(consultation__in=access.for_staff(user).values("pk"))


def get_for_staff(public_id: str, *, user: User) -> Task:
    """Raises NotThere."""
    found = for_staff(user).filter(public_id=public_id).select_related("consultation").first()
    if found is None:
        raise access.NotThere
    return found


def rows(user: User, language: str, *, only_mine: bool = False) -> list[Row]:
    """Everything that is open, the most pressing first. One query."""
    found = for_staff(user).filter(state=TaskState.OPEN)
    if only_mine:
        found = found.filter(Q(assigned_to=user) | Q(assigned_to=None))
    now = clock.now()
    facts = found.annotate(tries=Count("attempts")).order_by("-consultation__is_urgent", "due_at", "id")
    return [
        Row(
            public_id=fact["public_id"],
            kind=fact["kind"],
            reason=fact["reason"],
            begins_at=fact["begins_at"],
            due_at=fact["due_at"],
            assigned=fact["assigned_to__display_name"] or "",
            is_mine=fact["assigned_to_id"] == user.pk,
            consultation=fact["consultation__public_id"],
            reference=fact["consultation__reference"],
            name=fact["consultation__name"],
            language=fact["consultation__language"],
            is_urgent=fact["consultation__is_urgent"],
            topic=text(fact, "name", language, prefix="consultation__topic__"),
            tries=fact["tries"],
            is_overdue=fact["due_at"] < now,
            is_soon=(fact["begins_at"] or fact["due_at"]) <= now + SOON,
        )
        for fact in facts.values(*_FACTS)
    ]


def count_pressing(user: User) -> int:
    """How many are due within half an hour or late, and mine or nobody's: the number beside the link."""
    mine = Q(assigned_to=user) | Q(assigned_to=None)
    soon = Q(due_at__lte=clock.now() + SOON) | Q(begins_at__lte=clock.now() + SOON)
    return for_staff(user).filter(mine, soon, state=TaskState.OPEN).count()
