"""What has to be checked this month, by which institution, and who is reminded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.core import mail
from django.utils.translation import override

from kb import reviewing
from kb.models import ReviewCause
from kb.reviews import open_reviews
from tests.factories.charter import institution
from tests.factories.kb import article
from tests.people import carol

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """The calendar speaks the language of whoever looks; these tests read English."""
    with override("en"):
        yield


TODAY = dt.date(2026, 11, 25)


@pytest.fixture(autouse=True)
def _november() -> Iterator[None]:
    with time_machine.travel(dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC), tick=False):
        yield


def test_each_institution_sees_what_it_has_to_check_and_what_is_late_comes_first() -> None:
    centre = institution()
    article(office=centre, review_on=dt.date(2026, 11, 28))
    about_it = article("A-002", review_on=dt.date(2026, 10, 1))
    about_it.institutions.set([centre])
    about_it.save()
    article("A-003", review_on=dt.date(2026, 11, 30))
    article("A-004", review_on=dt.date(2026, 12, 1))
    groups = reviewing.by_office(reviewing.due(until=dt.date(2026, 12, 1)))
    assert [(name, [(row.code, row.is_late) for row in rows]) for name, rows in groups] == [
        ("Socialinės paramos centras", [("A-002", True), ("A-001", False)]),
        ("No institution", [("A-003", False)]),
    ]


def test_a_draft_is_not_checked() -> None:
    article(live=False, review_on=TODAY)
    assert reviewing.due(until=dt.date(2026, 12, 1)) == []


def test_what_a_change_asked_for_stands_with_its_reason_and_language() -> None:
    open_reviews(article(languages=("ru",)), cause=ReviewCause.LEGAL_ACT, what="XIII-1")
    found = reviewing.due(until=dt.date(2027, 1, 1))
    assert [(row.language, row.due_on) for row in found] == [("", dt.date(2026, 12, 9)), ("ru", dt.date(2026, 12, 9))]
    assert "XIII-1" in found[0].why


def test_the_calendar_counts_a_year_ahead() -> None:
    article(review_on=dt.date(2027, 1, 5))
    months = reviewing.calendar()
    assert len(months) == 12
    assert [month.first for month in months if month.count] == [dt.date(2027, 1, 1)]


def test_an_owner_gets_one_letter_a_week() -> None:
    editor = carol()
    editor.email = "carol@example.org"
    editor.save()
    article(owner=editor, review_on=dt.date(2026, 12, 1))
    assert [reviewing.remind(), reviewing.remind()] == [1, 0]
    assert "A-001" in mail.outbox[0].body
    with time_machine.travel(dt.datetime(2026, 12, 2, 9, tzinfo=dt.UTC)):
        assert reviewing.remind() == 1


def test_what_nobody_answers_for_goes_to_the_editors() -> None:
    editor = carol()
    editor.email = "carol@example.org"
    editor.save()
    article(review_on=dt.date(2026, 12, 1))
    assert reviewing.remind() == 1
