"""A city with a registry, made by the database itself: departments, workers, recipients, programmes, visits."""

from __future__ import annotations

import datetime as dt

from django.db import connection

from tests.bench.dashboard_city import insert


def furnish(*, departments: int, workers: int, people: int, days: int) -> None:
    """Everything but the visits."""
    from portal.core.models import User
    from portal.registry.models import CareService, Post, Programme, ProgrammeLine, Recipient, Tariff
    from portal.registry.posts import give_post

    head = User.objects.create(username="bench-head", display_name="Head")
    give_post(head, role="head")
    since = dt.date.today() - dt.timedelta(days=days + 40)  # noqa: DTZ011
    for order, code in enumerate(("help", "food", "bath")):
        service = CareService.objects.create(code=code, names={"en": code}, order=order)
        Tariff.objects.create(service=service, valid_from=since, cents=1000 + order)
    for number in range(workers):
        user = User(username=f"bench-{number}", display_name=f"Worker {number}", password="!")
        user.save()
        Post.objects.create(user=user, department=f"Department {number % departments}", role="social_worker")
    made = "(select n from generate_series(0, %s - 1) as n) as made"
    holder = f"(select id from core_user where username = 'bench-' || (n %% {workers}))"
    post = f"(select id from registry_post p where p.user_id = {holder})"
    insert(
        Recipient,
        made,
        people,
        name="'Recipient ' || n",
        name_key="'recipient ' || n",
        department=f"'Department ' || (n %% {departments})",
        language="'lt'",
        worker_id=post,
        created_at="now()",
    )
    insert(
        Programme,
        "registry_recipient r where %s > 0",
        1,
        number="'IP-' || r.id",
        version="1",
        recipient_id="r.id",
        department="r.department",
        worker_id="r.worker_id",
        state="'signed'",
        form="'home'",
        since=f"date '{since}'",
        until="current_date + 20 + (r.id %% 300)::int",
        runs_until="current_date + 20 + (r.id %% 300)::int",
        weekdays="'024'",
        payment="'full'",
        drafted_at="now()",
        signed_at="now()",
        signed_by_id=str(head.pk),
    )
    insert(
        ProgrammeLine,
        "registry_programme p cross join registry_careservice s where %s > 0",
        1,
        programme_id="p.id",
        service_id="s.id",
        times="3",
        per="'week'",
        minutes="40",
    )


def visit(begin: int, end: int, *, days: int) -> None:
    """Visits from number `begin` to `end`, two services each; few people are visited most often."""
    from portal.registry.models import Provided, Visit

    if end <= begin:
        return
    numbered = (
        f"(select n, p.id as programme_id, p.recipient_id, p.department, o.user_id as worker_id, "
        f"(current_date - 1 - (n %% {days})::int) as day, n / {days} as turn "
        f"from generate_series({begin}, {end} - %s) as n "
        f"join registry_programme p on p.id = (select min(id) from registry_programme) "
        f"+ floor(5000 * power((n::bigint * 7919 %% 10007) / 10007.0, 1.6))::int "
        f"join registry_post o on o.id = p.worker_id) as made"
    )
    insert(
        Visit,
        numbered,
        1,
        client_id="gen_random_uuid()",
        programme_id="programme_id",
        recipient_id="recipient_id",
        department="department",
        worker_id="worker_id",
        day="day",
        started_at="day + interval '6 hours' + turn * interval '1 second'",
        minutes="60",
        outcome="'done'",
        entered_by_id="worker_id",
        entered_at="now()",
    )
    insert(
        Provided,
        "registry_visit v join registry_programmeline l on l.programme_id = v.programme_id "
        "where (l.id + v.id) %% 3 < 2 and v.id > coalesce((select max(visit_id) from registry_provided), 0) and %s > 0",
        1,
        visit_id="v.id",
        service_id="l.service_id",
        line_id="l.id",
        minutes="30",
        times="1",
    )
    with connection.cursor() as cursor:
        cursor.execute("analyze")
