"""A department of the demonstration city: six workers, forty made-up recipients, three months of visits.

Drawn from fixed seeds, marked as demonstration, written once; nobody of it lives anywhere. Only this module,
`department_papers` and `office` know the registry's tables.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from random import Random
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from charter.models import BaseAmount
from portal.core import clock
from portal.core.models import User
from portal.demo.department_papers import put_to_use
from portal.demo.department_plan import FIRST_NAMES, PEOPLE, RULE, SERVICES, STREETS, SURNAMES, Service
from portal.instruments import scoring
from portal.instruments import selectors as instruments
from portal.instruments.models import Purpose
from portal.registry import actions
from portal.registry.models import (
    Assessment,
    BaseSum,
    CareService,
    Case,
    Month,
    Outcome,
    Payment,
    PaymentRule,
    Post,
    PostRole,
    Programme,
    ProgrammeLine,
    Provided,
    Recipient,
    Tariff,
    Visit,
)
from portal.registry.months import actions as months
from portal.registry.plans import actions as plans
from portal.registry.posts import give_post
from portal.registry.programmes import actions as programmes

DAY = dt.timedelta(days=1)
INSTRUMENT = "kasdiene-pagalba"
MONTHS = 3
HOURS = (120, 300, 600, 1200)  # minutes a week of each group: invented


@dataclass(frozen=True, slots=True)
class Team:
    """Who works in the department."""

    department: str
    head: Post
    clerk: Post
    workers: list[Post]


@transaction.atomic
def furnish() -> int:
    """Write the department unless there is one; returns how many programmes it has."""
    if not Programme.objects.filter(is_demo=True).exists():
        team = _team()
        if team is not None:
            services, rule = _catalogue(clock.today()), _rule()
            for number in range(PEOPLE):
                _person(number, team, services, rule)
            _close_what_is_over(team)
            put_to_use(team.clerk)
            _hours(team)
    return Programme.objects.filter(is_demo=True).count()


def _team() -> Team | None:
    """Around the case worker and the others of the demonstration's accounts; None where there are none."""
    first = Post.objects.filter(user__username="aiste").first()
    head, clerk = (Post.objects.filter(user__username=name).first() for name in ("gintare", "loreta"))
    if first is None or head is None or clerk is None:
        return None
    department = first.department
    Post.objects.filter(user__username__in=("gintare", "loreta", "kristina")).update(department=department)
    for post in (head, clerk):
        post.refresh_from_db()
    workers = [first]
    for name in ("Birutė", "Svetlana", "Andrius", "Lina", "Halyna"):
        user, made = User.objects.get_or_create(username=f"demo-{len(workers)}", defaults={"display_name": name})
        if made:
            user.set_unusable_password()
            user.save(update_fields=["password"])
        workers.append(give_post(user, department=department, role=PostRole.SOCIAL_WORKER))
    return Team(department, head, clerk, workers)


def _hours(team: Team) -> None:
    """When, where and in which languages each worker visits, and the invented hours of each group."""
    for number, worker in enumerate(team.workers):
        facts = {
            "minutes_week": 1800,
            "begins": dt.time(8),
            "ends": dt.time(17),
            "weekdays": "01234",
            "districts": [],
            "languages": [("lt",), ("lt", "ru"), ("lt", "ru", "uk")][number % 3],
        }
        plans.set_capacity(worker, facts, by=team.head)
    for group, minutes in enumerate(HOURS):
        since = dt.date(clock.today().year, 1, 1)
        plans.set_package(INSTRUMENT, f"group-{group}", valid_from=since, minutes=minutes, by=team.head)


def _catalogue(today: dt.date) -> list[tuple[CareService, Service]]:
    found = []
    for order, plan in enumerate(SERVICES):
        facts = {"names": plan.names, "unit": plan.unit, "is_extra": plan.is_extra, "order": order}
        service, _made = CareService.objects.get_or_create(code=plan.code, defaults=facts)
        for year, cents in ((today.year - 1, plan.cents - 60), (today.year, plan.cents)):
            Tariff.objects.get_or_create(service=service, valid_from=dt.date(year, 1, 1), defaults={"cents": cents})
        found.append((service, plan))
    for base in BaseAmount.objects.filter(code="VRP"):
        cents = int(base.amount * 100)
        BaseSum.objects.get_or_create(code="VRP", valid_from=dt.date(base.year, 1, 1), defaults={"cents": cents})
    return found


def _rule() -> PaymentRule | None:
    """The invented rule; none where the pack brought no base amounts to count by."""
    if not BaseSum.objects.filter(code="VRP").exists():
        return None
    names, document = RULE
    facts = {"names": names, "document": document, "is_invented": True}
    return PaymentRule.objects.get_or_create(code="parodomoji", defaults=facts)[0]


def _person(number: int, team: Team, services: list[tuple[CareService, Service]], rule: PaymentRule | None) -> None:
    rng, today = Random(f"recipient {number}"), clock.today()  # noqa: S311  (a demonstration, not a secret)
    worker = team.workers[number % len(team.workers)]
    person = _recipient(number, team, worker, rng)
    _around(person, rng, today)
    begun = months_before(today, MONTHS)
    case = _case(person, team, begun)
    _assessment(person, case, worker, rng, begun)
    plan = _plan(services, rule, worker, rng, begun, today)
    programme = programmes.sign(programmes.draft(person, plan, case=case, by=team.clerk, is_demo=True), by=team.head)
    _visits(programme, services, rng, worker.user)


def _recipient(number: int, team: Team, worker: Post, rng: Random) -> Recipient:
    language = ("lt", "lt", "lt", "ru", "uk")[number % 5]
    first, surname = FIRST_NAMES[language], SURNAMES[language]
    person = Recipient(
        name=f"{surname[number % len(surname)]} {first[(number // 2) % len(first)]}",
        birth_date=dt.date(rng.randrange(1931, 1958), rng.randrange(1, 13), rng.randrange(1, 29)),
        address=f"{STREETS[number % len(STREETS)]} {rng.randrange(1, 90)}",
        language=language,
        department=team.department,
        worker=worker,
        is_demo=True,
    )
    person.set_code(f"DEMO-{number:05d}")
    person.save()
    return person


def _around(person: Recipient, rng: Random, today: dt.date) -> None:
    person.incomes.create(valid_from=dt.date(today.year, 1, 1), cents=rng.randrange(32000, 98000, 500), source="Sodra")
    if rng.random() < 0.3:
        person.household.create(name="Pavyzdys", relation="spouse", income_cents=rng.randrange(25000, 60000, 500))
    expires = today + rng.choice((-20, 8, 25, 90, 300, 700)) * DAY
    paper = person.papers.model(recipient=person, kind="disability", expires_on=expires)
    paper.set_number(f"DEMO-{person.pk}")
    paper.save()


def _case(person: Recipient, team: Team, begun: dt.date) -> Case:
    at = _moment(begun - 20 * DAY, dt.time(10))
    case = actions.open_case(
        person=actions.Person(person.name, code=person.code, language=person.language),
        handle=f"demo-{person.pk}",
        service_code="pagalba_i_namus",
        title="Pagalba į namus",
        by=team.clerk,
        submitted_at=at,
        department=team.department,
        is_demo=True,
    )
    actions.decide(case, "granted", by=team.head, note="Parodomasis sprendimas: pagalba skirta.")
    Case.objects.filter(pk=case.pk).update(decided_on=begun - 6 * DAY)
    case.refresh_from_db()
    return case


def _assessment(person: Recipient, case: Case, worker: Post, rng: Random, begun: dt.date) -> None:
    """By the pack's own invented questions, where it has them."""
    sheet = instruments.current(Purpose.CHECK, INSTRUMENT)
    if sheet is None:
        return
    countable = [
        [one.code for one in question.options if one.points is not None] for question in sheet.definition.questions
    ]
    codes = [question.code for question in sheet.definition.questions]
    answers = {code: (rng.choice(options),) for code, options in zip(codes, countable, strict=True) if options}
    found = scoring.score(sheet.definition, answers, {})
    if not found.found:
        return
    outcome = found.found[0].outcome
    day = begun - 10 * DAY
    Assessment.objects.create(
        recipient=person,
        case=case,
        version_id=sheet.id,
        answers={code: list(given) for code, given in answers.items()},
        points=found.points,
        group=outcome.code,
        day=day,
        by=worker.user,
        repeat_on=months_after(day, rng.choice((3, 4, 6, 12))),
    )


def _plan(
    services: list[tuple[CareService, Service]],
    rule: PaymentRule | None,
    worker: Post,
    rng: Random,
    begun: dt.date,
    today: dt.date,
) -> programmes.Plan:
    usual = [(service, plan) for service, plan in services if not plan.is_extra]
    chosen = rng.sample(usual, rng.randrange(2, 4))
    days = rng.choice(("02", "13", "024", "01234"))
    lines = [programmes.Line(service, len(days), "week", plan.minutes) for service, plan in chosen]
    return programmes.Plan(
        since=begun,
        until=today + rng.choice((6, 13, 28, 120, 200, 270)) * DAY,
        lines=lines,
        payment=Payment.RULE if rule and rng.random() < 0.8 else rng.choice((Payment.FREE, Payment.FULL)),
        rule=rule,
        weekdays=days,
        hour=dt.time(rng.randrange(8, 16), rng.choice((0, 30))),
        worker=worker,
    )


def _visits(programme: Programme, services: list[tuple[CareService, Service]], rng: Random, worker: User) -> None:
    """Every day that was due until yesterday; some missed, some in vain, a few with an extra service."""
    lines = list(programme.lines.all())
    extras = [service for service, plan in services if plan.is_extra]
    day, visits, provided = programme.since, [], []
    while day < clock.today():
        if str(day.weekday()) in programme.weekdays and rng.random() > 0.04:
            visit, given = _visit(programme, lines, extras, rng, worker, day)
            visits.append(visit)
            provided += given
        day += DAY
    Visit.objects.bulk_create(visits, 400)
    Provided.objects.bulk_create(provided, 800)


def _visit(
    programme: Programme, lines: list[ProgrammeLine], extras: list[CareService], rng: Random, worker: User,
    day: dt.date,
) -> tuple[Visit, list[Provided]]:  # fmt: skip
    in_vain = rng.random() < 0.03
    lasted = [(line, max(10, line.minutes + rng.randrange(-10, 11))) for line in lines]
    visit = Visit(
        client_id=UUID(int=rng.getrandbits(128), version=4),
        programme=programme,
        recipient_id=programme.recipient_id,
        department=programme.department,
        worker=worker,
        day=day,
        started_at=_moment(day, programme.hour or dt.time(9)) + rng.randrange(-8, 20) * dt.timedelta(minutes=1),
        minutes=10 if in_vain else sum(minutes for _line, minutes in lasted),
        outcome=Outcome.NOBODY_OPENED if in_vain else Outcome.DONE,
        entered_by=worker,
        entered_at=_moment(day, dt.time(17)),
        is_demo=True,
    )
    if in_vain:
        return visit, []
    given = [Provided(visit=visit, service_id=line.service_id, line=line, minutes=minutes) for line, minutes in lasted]
    if extras and rng.random() < 0.05:
        given.append(Provided(visit=visit, service=rng.choice(extras), line=None, minutes=0))
    return visit, given


def _close_what_is_over(team: Team) -> None:
    """The first months are closed; the last that is over waits for the head."""
    first = clock.today().replace(day=1)
    over = [months_before(first, n) for n in range(MONTHS, 0, -1)]
    for place, month in enumerate(over):
        if not Visit.objects.filter(
            department=team.department, day__gte=month, day__lt=months_after(month, 1)
        ).exists():
            continue
        prepared = months.prepare(team.department, month, by=team.clerk, is_demo=True)
        if place < len(over) - 1:
            prepared = months.close(prepared, by=team.head)
            done = _moment(months_after(month, 1) + 2 * DAY, dt.time(11))
            Month.objects.filter(pk=prepared.pk).update(prepared_at=done, closed_at=done + DAY)


def months_before(day: dt.date, count: int) -> dt.date:
    """The first day of the month that many months before."""
    for _ in range(count):
        day = day.replace(day=1) - DAY
    return day.replace(day=1)


def months_after(day: dt.date, count: int) -> dt.date:
    """The same day, or the 28th, that many months later."""
    month = day.month - 1 + count
    return dt.date(day.year + month // 12, month % 12 + 1, min(day.day, 28))


def _moment(day: dt.date, hour: dt.time) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, hour))
