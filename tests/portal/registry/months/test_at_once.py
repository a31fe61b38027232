"""Two heads at once: a month is closed by one of them; programmes of one person are kept apart by the database too."""

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection, connections

from portal.core.models import AuditEntry
from portal.registry.models import Act, Month, Post, Programme, Recipient
from portal.registry.months import actions
from portal.registry.refusals import Refused
from tests.portal.registry.conftest import CENTRE, post

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("frozen")]
FIRST = dt.date(2026, 10, 1)


def at_once(*deeds: Callable[[], Any]) -> list[str]:
    """Press all at the same moment; what was refused, by its word."""
    refused: list[str] = []
    start = threading.Barrier(len(deeds))

    def press(deed: Callable[[], Any]) -> None:
        start.wait()
        try:
            deed()
        except Refused as why:
            refused.append(why.why)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=press, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


@pytest.fixture
def heads(hanna: Post) -> list[Post]:
    return [hanna, *(post(f"Head{number}", "head") for number in range(3))]


def test_of_heads_who_close_one_month_at_once_one_does(clara: Post, heads: list[Post]) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite writes one after the other anyway")
    month = Month.objects.create(
        department=CENTRE, first=FIRST, prepared_by=clara.user, prepared_at=dt.datetime.now(dt.UTC)
    )
    for number in range(3):
        person = Recipient.objects.create(name=f"Person {number}", department=CENTRE)
        sums = {"cost_cents": 0, "person_cents": 0, "town_cents": 0}
        Act.objects.create(month=month, recipient=person, made_by=clara.user, made_at=month.prepared_at, **sums)
    refused = at_once(*(lambda head=head: actions.close(month, by=head) for head in heads))
    assert refused == ["month_is_closed"] * 3
    assert sorted(Act.objects.values_list("number", flat=True)) == ["2026-10/1", "2026-10/2", "2026-10/3"]
    assert AuditEntry.objects.filter(action="registry.month_closed").count() == 1


def test_two_programmes_of_one_person_never_run_at_once(programme: Programme) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite knows no exclusion: there the lock of the person does it")
    programme.pk, programme.number = None, "IP-2"
    with pytest.raises(IntegrityError):
        programme.save()  # the database looks at the end of the transaction
