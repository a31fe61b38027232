"""An editor's "publish on Monday at nine" happens on Monday at nine."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.test import Client

from charter.models import Role
from kb.models import Article
from portal.core.publishing import publish_what_is_due
from tests.factories.answers import article
from tests.people import staff

pytestmark = pytest.mark.django_db
FRIDAY = dt.datetime(2026, 11, 27, 12, 0, tzinfo=dt.UTC)
MONDAY = dt.datetime(2026, 11, 30, 7, 0, tzinfo=dt.UTC)


def titled() -> str:
    return str(Article.objects.get(code="A-001").title_lt)


def test_what_carol_set_for_monday_goes_out_on_monday() -> None:
    with time_machine.travel(FRIDAY, tick=False) as clock:
        article("A-001").save_revision().publish()
        changed = Article.objects.get(code="A-001")
        changed.title_lt, changed.go_live_at = "Naujas klausimas", MONDAY
        changed.save_revision().publish()
        publish_what_is_due()
        assert titled() == "Kaip gauti kompensaciją?"

        clock.move_to(MONDAY + dt.timedelta(minutes=1))
        publish_what_is_due()

    assert titled() == "Naujas klausimas"


def test_what_was_to_end_comes_down() -> None:
    with time_machine.travel(FRIDAY, tick=False) as clock:
        ending = article("A-001", expire_at=MONDAY)
        assert ending.live
        clock.move_to(MONDAY + dt.timedelta(minutes=1))
        publish_what_is_due()

    assert not Article.objects.get(code="A-001").live


@pytest.mark.parametrize("room", ["kb/article", "charter/service", "charter/institution", "charter/servicestandard"])
def test_carol_finds_the_hours_of_publishing_where_she_edits(client: Client, room: str) -> None:
    client.force_login(staff("Adomas", Role.ADMINISTRATOR))

    page = client.get(f"/cms/snippets/{room}/add/").content.decode()

    assert 'name="go_live_at"' in page
