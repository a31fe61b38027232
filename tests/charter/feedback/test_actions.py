"""What residents say is kept once, and without what identifies anybody."""

import datetime as dt
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError
from django.db.models import Model

from charter.feedback.actions import is_rated, rate, vote
from charter.feedback.models import PageVote, RatedOnce, Rating, RatingWords
from portal.core import retention
from portal.core.models import AuditEntry, User
from tests.factories.charter import institution
from tests.people import bob

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
MONTH_END = dt.datetime(2026, 11, 30, 21, 59, 59, 999999, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def _frozen() -> Iterator[None]:
    with time_machine.travel(dt.datetime(2026, 11, 10, 9, tzinfo=dt.UTC), tick=False):
        yield


def rated(once: str = "k1", **changes: Any) -> bool:
    fields: dict[str, Any] = {
        "subject_kind": "consultation",
        "once": once,
        "score": 4,
        "channel": "chat",
        "language": "ru",
    }
    return rate(**fields | changes)


def row(model: type[Model]) -> dict[str, Any]:
    """The only row of a table, without its random key."""
    values = dict(model._default_manager.values().get())
    del values["id"]
    return values


def test_a_rating_is_kept_with_its_areas() -> None:
    assert rated(areas={"communication": 5, "infrastructure": 0})
    kept = Rating.objects.get()
    assert (kept.score, kept.channel, kept.entry_kind) == (4, "chat", "resident")
    assert (kept.communication, kept.infrastructure, kept.development) == (5, 0, None)


def test_a_consultation_is_rated_once() -> None:
    assert not is_rated("consultation", "k1")
    assert rated(score=5)
    assert not rated(score=1)
    assert Rating.objects.get().score == 5
    assert is_rated("consultation", "k1")
    assert not is_rated("consultation", "k2")


def test_a_service_is_rated_once_a_key() -> None:
    key = uuid.uuid4()
    assert rated(once="", subject_kind="service", key=key)
    assert not rated(once="", subject_kind="service", key=key)
    assert rated(once="", subject_kind="service")
    assert rated(once="", subject_kind="service")
    assert Rating.objects.count() == 3


@pytest.mark.parametrize("wrong", [{"score": 6}, {"areas": {"development": 6}}])
@pytest.mark.parametrize("once", ["k1", ""])
def test_a_score_out_of_range_is_an_error_and_not_a_repeat(once: str, wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError):
        rated(once=once, **wrong)
    assert not RatedOnce.objects.exists()


def test_no_join_leads_from_words_to_the_conversation_they_are_about() -> None:
    place = institution()
    rated("k1", score=2, text="Mama serga", institution=place)
    alone = row(RatingWords)
    assert alone == {
        "text": "Mama serga",
        "tone": "bad",
        "language": "ru",
        "institution_id": place.pk,
        "month": dt.date(2026, 11, 1),
        "is_demo": False,
    }
    assert row(Rating)["at"] == MONTH_END
    assert [field.name for field in RatedOnce._meta.get_fields()] == ["id"]
    assert not AuditEntry.objects.exists()


def test_the_order_of_rows_does_not_say_who_was_first() -> None:
    """Nine rows in the order they came in: by chance that happens once in 362,880 times."""
    for number in range(9):
        rated(f"k{number}", score=1 + number % 5, text=f"words {number}")
    texts = list(RatingWords.objects.order_by("pk").values_list("text", flat=True))
    keys = [Rating.objects.count(), RatedOnce.objects.count()]
    assert keys == [9, 9]
    assert sorted(texts) != texts


def test_what_staff_enter_is_audited_without_leading_to_the_rating() -> None:
    rated(institution=institution(), entry_kind="staff", channel="phone", by=bob())
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.object_kind) == ("rating.entered", "charter.institution")


def test_words_are_forgotten_after_their_term_and_the_score_stays() -> None:
    rated(text="Спасибо")
    with time_machine.travel(dt.datetime(2027, 5, 2, 9, tzinfo=dt.UTC), tick=False):
        assert retention.forget_what_is_due()["feedback.ratingwords"] == 1
    assert (RatingWords.objects.count(), Rating.objects.count()) == (0, 1)


def test_a_paper_counts_on_the_day_it_was_written() -> None:
    rated(once="", subject_kind="institution", day=dt.date(2026, 10, 3))
    assert Rating.objects.get().at == dt.datetime(2026, 10, 3, 20, 59, 59, 999999, tzinfo=dt.UTC)


def test_words_are_kept_without_people_in_them() -> None:
    User.objects.create(username="b", display_name="Bob Bobson", first_name="Bo")
    rated(text=" bob bobson rang +370 600 12345 and 39001010123, Bobby too ")
    assert RatingWords.objects.get().text == "[name] rang [phone] and [personal code], Bobby too"


def test_words_stay_as_they_are_when_nobody_works_here() -> None:
    rated(text="Puiku")
    assert RatingWords.objects.get().text == "Puiku"


def voted(key: uuid.UUID, **changes: Any) -> PageVote:
    fields: dict[str, Any] = {"page_kind": "article", "page_code": "A-001", "language": "lt", "is_useful": True}
    return vote(**fields | changes, key=key)


def test_a_vote_counts_once_and_can_be_changed_and_explained() -> None:
    key = uuid.uuid4()
    voted(key)
    voted(key, is_useful=False)
    voted(key, is_useful=False, text="Write to me@example.com")
    voted(key, is_useful=False)
    kept = PageVote.objects.get()
    assert (kept.page_code, kept.is_useful, kept.text) == ("A-001", False, "Write to [e-mail]")
