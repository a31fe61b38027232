"""A small city by chance: two departments, their people, programmes with pauses, a year of visits, requests, acts."""

from __future__ import annotations

import datetime as dt
import random
from uuid import uuid4

from django.utils.timezone import make_aware

from portal.registry.models import (
    Act,
    CareService,
    Case,
    Month,
    Outcome,
    Post,
    Programme,
    ProgrammeLine,
    Provided,
    Recipient,
    Status,
    StatusChange,
    Suspension,
    Tariff,
    Visit,
)
from tests.portal.registry.conftest import post

TODAY = dt.date(2026, 11, 25)
DAY = dt.timedelta(days=1)
PLACES = ("Centras", "Šventoji")
DISTRICTS = ("Melnragė", "Smiltynė", "")


def build(seed: int, *, people: int = 24, visits: int = 400) -> list[Post]:
    """Furnish everything; returns the workers' posts."""
    chance = random.Random(seed)
    workers = [post(f"Worker{n}", "social_worker", PLACES[n % 2]) for n in range(4)]
    services = []
    for n, unit in enumerate(("hour", "time", "hour")):
        service = CareService.objects.create(code=f"s{n}", names={"en": f"Service {n}"}, unit=unit, order=n)
        Tariff.objects.create(service=service, valid_from=dt.date(2025, 1, 1), cents=700 + n)
        Tariff.objects.create(service=service, valid_from=dt.date(2026, 6, 15), cents=911 + n)
        services.append(service)
    for n in range(people):
        worker = chance.choice(workers)
        person = Recipient.objects.create(
            name=f"Person {n}",
            department=worker.department,
            district=chance.choice(DISTRICTS),
            language=chance.choice(("lt", "lt", "ru", "uk")),
            birth_date=chance.choice((None, dt.date(1930 + chance.randrange(80), 1 + chance.randrange(12), 25))),
            worker=worker,
        )
        _case(chance, person, worker)
        _programme(chance, person, worker, services, n)
    for _n in range(visits):
        _visit(chance, services, workers)
    _acts(chance, workers)
    return workers


def _moment(day: dt.date, hour: int = 9) -> dt.datetime:
    return make_aware(dt.datetime.combine(day, dt.time(hour)))


def _case(chance: random.Random, person: Recipient, worker: Post) -> None:
    submitted = TODAY - chance.randrange(300) * DAY
    status = chance.choice((Status.NEW, Status.GRANTED, Status.GRANTED, Status.REFUSED, Status.WITHDRAWN))
    decided = submitted + chance.randrange(20) * DAY if status in (Status.GRANTED, Status.REFUSED) else None
    case = Case.objects.create(
        recipient=person,
        person_handle=str(person.pk),
        service_code="x",
        title="Help",
        department=worker.department,
        worker=worker,
        status=status,
        submitted_at=_moment(submitted, 23),
        decided_on=decided,
        changed_at=_moment(submitted),
    )
    if status == Status.WITHDRAWN:
        StatusChange.objects.create(case=case, status=status, at=_moment(submitted + 3 * DAY))


def _programme(chance: random.Random, person: Recipient, worker: Post, services: list[CareService], n: int) -> None:
    since = dt.date(2026, 1, 1) + chance.randrange(300) * DAY
    case = person.cases.first()
    for version in range(1, 1 + chance.choice((1, 2))):
        ends = since + chance.randrange(20, 120) * DAY
        made = Programme.objects.create(
            number=f"IP-{n}",
            version=version,
            recipient=person,
            case=case if case and case.status == Status.GRANTED else None,
            department=worker.department,
            worker=worker,
            state=chance.choice(("signed", "signed", "signed", "draft")),
            since=since,
            until=ends,
            runs_until=ends,
            weekdays=chance.choice(("024", "13", "0123456", "")),
            payment="full",
            drafted_at=_moment(since),
            signed_at=_moment(since + chance.randrange(-5, 5) * DAY, 23),
            signed_by=worker.user,
        )
        for service in chance.sample(services, 2):
            ProgrammeLine.objects.create(
                programme=made,
                service=service,
                times=chance.randrange(1, 4),
                per=chance.choice(("day", "week", "month")),
                minutes=chance.randrange(10, 70),
            )
        if chance.random() < 0.5:
            stands = since + chance.randrange(0, 15) * DAY
            until = chance.choice((None, stands + chance.randrange(0, 20) * DAY))
            Suspension.objects.create(programme=made, since=stands, until=until, reason="away", by=worker.user)
        since = ends + DAY


def _visit(chance: random.Random, services: list[CareService], workers: list[Post]) -> None:
    programme = chance.choice(list(Programme.objects.exclude(state="draft")))
    day = min(TODAY, programme.since + chance.randrange((programme.runs_until - programme.since).days + 1) * DAY)
    if day < programme.since:
        return
    outcome = chance.choice((Outcome.DONE, Outcome.DONE, Outcome.DONE, Outcome.NOBODY_OPENED, Outcome.DECLINED))
    struck = chance.random() < 0.1
    worker = chance.choice(workers)
    visit = Visit.objects.create(
        client_id=uuid4(),
        programme=programme,
        recipient=programme.recipient,
        department=programme.department,
        worker=worker.user,
        day=day,
        started_at=_moment(day, 7) + chance.randrange(50_000) * dt.timedelta(seconds=1),
        minutes=chance.randrange(5, 120),
        outcome=outcome,
        entered_by=worker.user,
        entered_at=_moment(day + chance.choice((0, 0, 0, 1, 5)) * DAY, 23),
        corrects=chance.choice(("", "", "", "forgotten")),
        struck_at=_moment(day) if struck else None,
        struck_by=worker.user if struck else None,
        struck_reason="wrong" if struck else "",
    )
    if outcome == Outcome.DONE:
        for service in chance.sample(services, chance.randrange(1, 3)):
            Provided.objects.create(
                visit=visit, service=service, minutes=chance.randrange(60), times=chance.randrange(1, 3)
            )


def _acts(chance: random.Random, workers: list[Post]) -> None:
    for department in PLACES:
        for number in (8, 9, 10):
            month = Month.objects.create(
                department=department,
                first=dt.date(2026, number, 1),
                prepared_by=workers[0].user,
                prepared_at=_moment(TODAY),
            )
            for person in Recipient.objects.filter(department=department):
                own, town = chance.randrange(9000), chance.randrange(9000)
                for version in range(1, 1 + chance.choice((1, 2))):
                    Act.objects.filter(month=month, recipient=person).update(is_latest=False)
                    Act.objects.create(
                        month=month,
                        recipient=person,
                        worker=workers[0].user,
                        version=version,
                        reason="" if version == 1 else "mended",
                        cost_cents=own + town + version,
                        person_cents=own,
                        extra_cents=chance.randrange(500),
                        town_cents=town + version,
                        made_by=workers[0].user,
                        made_at=_moment(TODAY),
                    )
