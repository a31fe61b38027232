"""The circle: a complaint, a promise that was missed, a change, a better measurement, and everybody can read it."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
import time_machine
from django.test import Client

from charter.feedback.appeals import access
from charter.feedback.models import Improvement, ImprovementGoal
from chat.models import Channel
from portal.dashboard.measure import measure
from tests import people
from tests.factories import charter as make
from tests.portal.dashboard import records

SPRING, SUMMER = dt.date(2026, 4, 1), dt.date(2026, 7, 1)
NBSP = "\N{NO-BREAK SPACE}"
pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def sheet(client: Client, code: str, period: str) -> Any:
    return client.get(f"/en/dashboard/sheets/{code}/", {"period": period}).context["sheet"]


def calls(day: dt.date, seconds: int, many: int) -> None:
    for _ in range(many):
        records.consultation(day, channel=Channel.PHONE, waited_seconds=seconds)


def test_a_complaint_becomes_a_change_that_is_measured_and_told() -> None:
    alice, mona = Client(), Client()
    with time_machine.travel(dt.datetime(2026, 6, 20, 9, tzinfo=dt.UTC), tick=False):
        make.municipality()
        promise = records.standard("S01", "answered_within_seconds", promised=20, target=0.8)
        calls(dt.date(2026, 6, 19), 15, 30)
        calls(dt.date(2026, 6, 19), 90, 30)
        said = {"key": str(uuid.uuid4()), "kind": "complaint", "text": "I waited for minutes.", "promise": "C01"}
        alice.post("/en/appeals/", {**said, "send": "1"}, HTTP_SEC_FETCH_SITE="same-origin")
        complaint = access.everything().get()
        assert complaint.standard == promise

    with time_machine.travel(dt.datetime(2026, 7, 5, 9, tzinfo=dt.UTC), tick=False):
        measure(since=SPRING)
        mona.force_login(people.mona())
        missed = sheet(mona, "charter", "2026-Q2")
        assert [need.text for need in missed.needs] == ["1 missed promise is not explained yet."]
        change = make.translated(
            Improvement(
                code="I-1",
                title_lt="Du telefonai ryte",
                title_en="Two phones in the morning",
                slug_lt="du-telefonai",
                slug_en="two-phones",
                origin="standard",
                standard=promise,
                proposed_on=dt.date(2026, 7, 5),
            ),
            "en",
        )
        ImprovementGoal.objects.create(
            improvement=change, name_en="In time", standard=promise, before_quarter=SPRING, after_quarter=SUMMER
        )
        access.everything().update(improvement=change)
        mona.post(f"/en/changes/staff/{change.pk}/move/", {"stage": "finished"})
        calls(dt.date(2026, 7, 20), 10, 60)

    with time_machine.travel(dt.datetime(2026, 10, 10, 9, tzinfo=dt.UTC), tick=False):
        measure(since=SPRING)
        mona.force_login(people.mona())
        assert [line.now.of for line in sheet(mona, "charter", "2026-Q3").lines][:2] == [1, 0]  # kept, not kept
        finished = sheet(mona, "improvements", "2026-Q3").listings[0].rows
        assert [cell.said for cell in finished[0]][:5] == [
            "Two phones in the morning",
            "In time",
            f"50{NBSP}%",
            f"80{NBSP}%",
            f"100{NBSP}%",
        ]
        told = Client().get("/en/changes/two-phones/").content.decode()
        assert f"50{NBSP}%" in told
        assert f"100{NBSP}%" in told
