"""What a week is planned with: the workers of a department as busy as they are, and the hours of a person's group."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Exists, OuterRef

from portal.core import clock
from portal.core.languages import DEFAULT
from portal.registry.models import (
    Assessment,
    CarePackage,
    PlanState,
    PlanStop,
    Post,
    PostRole,
    Programme,
    ProgrammeState,
    WeekPlan,
)
from portal.registry.plans.proposing import Need, Span, Wish, Worker

Busy = dict[int, dict[int, list[Span]]]  # post → weekday → visits
WEEK = (2400, dt.time(8), dt.time(17), "01234")


def needs_of(programme: Programme) -> list[Need]:
    """The services of a programme."""
    lines = programme.lines.select_related("service").order_by("service__order", "pk")
    return [Need(line.service.code, line.times, line.per, line.minutes) for line in lines]


def wish_of(programme: Programme) -> Wish:
    """What is known of the person and was said in the programme."""
    person = programme.recipient
    return Wish(
        languages=(person.language,),
        district=person.district.strip(),
        worker=programme.worker_id or person.worker_id,
        days=tuple(int(day) for day in programme.weekdays),
        hour=minute(programme.hour) if programme.hour else None,
    )


def workers(department: str, *, without: Programme) -> list[Worker]:
    """The social workers of a department, each with what the week is full of but for this programme. Four queries."""
    posts = Post.objects.filter(department=department, role=PostRole.SOCIAL_WORKER, user__is_active=True)
    found = list(posts.select_related("user", "capacity").order_by("user__display_name", "pk"))
    busy = _busy([post.pk for post in found], without=without)
    return [_worker(post, busy.get(post.pk, {})) for post in found]


def worker(post: Post, *, without: Programme) -> Worker:
    """One of them."""
    return _worker(post, _busy([post.pk], without=without).get(post.pk, {}))


def package_of(programme: Programme, day: dt.date) -> int | None:
    """The minutes a week of the person's group on a day; None without an assessment or where no hours are set."""
    known = Assessment.objects.filter(recipient=programme.recipient_id, is_latest=True)
    latest = known.values_list("version__instrument__code", "group").first()
    if latest is None:
        return None
    packages = CarePackage.objects.filter(instrument=latest[0], group=latest[1], valid_from__lte=day)
    return packages.order_by("-valid_from").values_list("minutes_week", flat=True).first()


def minute(hour: dt.time) -> int:
    """Minutes since midnight."""
    return hour.hour * 60 + hour.minute


def hour(minutes: int) -> dt.time:
    """The time of day so many minutes after midnight."""
    return dt.time(minutes // 60 % 24, minutes % 60)


def _worker(post: Post, busy: dict[int, list[Span]]) -> Worker:
    capacity = getattr(post, "capacity", None)
    week, begins, ends, days = (
        (capacity.minutes_week, capacity.begins, capacity.ends, capacity.weekdays) if capacity else WEEK
    )
    languages = capacity.languages if capacity and capacity.languages else [DEFAULT]
    districts = capacity.districts if capacity else []
    return Worker(
        post=post.pk,
        name=str(post.user),
        minutes_week=week,
        begins=minute(begins),
        ends=minute(ends),
        weekdays=frozenset(int(day) for day in days),
        districts=frozenset(district.casefold() for district in districts),
        languages=frozenset(languages),
        busy=busy,
    )


def _busy(posts: Iterable[int], *, without: Programme) -> Busy:
    """Visits by signed plans; where a programme has none, its days and hour with all its services."""
    posts, found = list(posts), Busy()
    running = Programme.objects.filter(state=ProgrammeState.SIGNED, runs_until__gte=clock.today())
    running = running.exclude(number=without.number)
    stops = PlanStop.objects.filter(plan__state=PlanState.SIGNED, plan__worker__in=posts, plan__programme__in=running)
    for post, day, starts, minutes in stops.order_by().values_list("plan__worker_id", "weekday", "starts", "minutes"):
        _add(found, post, day, minute(starts), minutes)
    planned = WeekPlan.objects.filter(programme=OuterRef("pk"), state=PlanState.SIGNED)
    others = running.filter(~Exists(planned), worker__in=posts, hour__isnull=False).exclude(weekdays="")
    for programme in others.prefetch_related("lines"):
        length = sum(line.minutes for line in programme.lines.all())
        for weekday in programme.weekdays:
            if programme.worker_id and programme.hour:
                _add(found, programme.worker_id, int(weekday), minute(programme.hour), length)
    return found


def _add(found: Busy, post: int, day: int, begins: int, minutes: int) -> None:
    found.setdefault(post, {}).setdefault(day, []).append((begins, begins + minutes))
