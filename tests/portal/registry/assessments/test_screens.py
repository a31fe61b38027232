"""An assessor asks, the group comes at once and explains itself."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from portal.core.models import AuditEntry
from portal.registry.assessments.actions import months_later
from portal.registry.models import Assessment, Post, PostRole, Recipient
from portal.registry.recipients import actions as recipients
from tests.factories.instruments import check, published
from tests.portal.registry.conftest import CENTRE, post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
At = Callable[[Post], Client]
HEAVY = {"q-washing": "help", "q-eating": "cannot", "q-night": "no"}


@pytest.fixture
def kristina(db: None) -> Post:
    """An assessor."""
    document = check()
    for outcome in document["outcomes"]:
        outcome["again_months"] = 6
    published(document=document)
    return post("Kristina", PostRole.ASSESSOR)


def ask(browser: Client, person: Recipient, answers: dict[str, Any]) -> Any:
    return browser.post(f"/en/registry/recipients/{person.pk}/assess/", answers, follow=True)


def test_the_group_comes_at_once_and_says_why(at: At, kristina: Post, alice: Recipient) -> None:
    html = ask(at(kristina), alice, HEAVY).content.decode()
    kept = Assessment.objects.get()
    assert (kept.points, kept.group, kept.repeat_on) == (5, "group-2", dt.date(2027, 5, 25))
    for words in ("Much help", "How is washing?", "cannot", "invented for the demonstration"):
        assert words in html
    assert AuditEntry.objects.filter(action="registry.assessed", actor=kristina.user).exists()


def test_a_rule_that_changed_the_group_is_named(at: At, kristina: Post, alice: Recipient) -> None:
    answers = {"q-washing": "alone", "q-eating": "cannot", "q-night": "yes"}
    assert "Nobody is there at night." in ask(at(kristina), alice, answers).content.decode()


def test_without_every_answer_there_is_no_group_and_nothing_typed_is_lost(
    at: At, kristina: Post, alice: Recipient
) -> None:
    html = ask(at(kristina), alice, {"q-washing": "help", "q-eating": "unsure"}).content.decode()
    assert "No group can be told yet" in html
    assert 'value="help" checked' in html
    assert not Assessment.objects.exists()


def test_a_later_assessment_is_the_latest_and_the_first_stays(at: At, kristina: Post, alice: Recipient) -> None:
    for _ in range(2):
        ask(at(kristina), alice, HEAVY)
    assert list(Assessment.objects.order_by("pk").values_list("is_latest", flat=True)) == [False, True]


def test_of_two_merged_people_the_later_assessment_is_the_latest(
    at: At, kristina: Post, hanna: Post, alice: Recipient
) -> None:
    double = Recipient.objects.create(name="Alisa", department=CENTRE)
    for person in (double, alice):
        ask(at(kristina), person, HEAVY)
    recipients.merge(double, alice, by=hanna, reason="one passport")
    assert Assessment.objects.filter(recipient=double).count() == 2
    assert Assessment.objects.filter(recipient=double, is_latest=True).count() == 1


def test_a_clerk_reads_an_assessment_and_makes_none(at: At, kristina: Post, clara: Post, alice: Recipient) -> None:
    ask(at(kristina), alice, HEAVY)
    page = f"/en/registry/assessments/{Assessment.objects.get().pk}/"
    assert at(clara).get(page).status_code == 200
    assert at(clara).get(f"/en/registry/recipients/{alice.pk}/assess/").status_code == 403
    assert at(post("Dan", "head", "Kitas")).get(page).status_code == 404


def test_where_nothing_is_published_the_page_says_so(at: At, hanna: Post, alice: Recipient) -> None:
    html = at(hanna).get(f"/en/registry/recipients/{alice.pk}/assess/").content.decode()
    assert "No set of questions is published." in html


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (dt.date(2026, 11, 25), 6, dt.date(2027, 5, 25)),
        (dt.date(2026, 8, 31), 6, dt.date(2027, 2, 28)),
        (dt.date(2026, 12, 1), 12, dt.date(2027, 12, 1)),
    ],
)
def test_so_many_months_later(day: dt.date, months: int, later: dt.date) -> None:
    assert months_later(day, months) == later
