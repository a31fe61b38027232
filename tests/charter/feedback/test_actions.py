"""What residents say is kept once, and without what identifies anybody."""

import uuid
from typing import Any

import pytest
from django.db import IntegrityError

from charter.feedback.actions import rate, vote
from charter.feedback.models import PageVote, Rating
from portal.core.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def rated(subject: str = "k1", **changes: Any) -> Rating:
    fields: dict[str, Any] = {
        "subject_kind": "consultation",
        "subject_id": subject,
        "score": 4,
        "channel": "chat",
        "language": "ru",
    }
    return rate(**fields | changes)


def test_a_rating_is_kept() -> None:
    rated(text="Спасибо")
    kept = Rating.objects.get()
    assert (kept.score, kept.text, kept.channel, kept.entry_kind) == (4, "Спасибо", "chat", "resident")


def test_a_consultation_is_rated_once() -> None:
    assert rated(score=5) == rated(score=1)
    assert Rating.objects.get().score == 5


def test_a_service_is_rated_once_a_key() -> None:
    key = uuid.uuid4()
    assert rated(subject_kind="service", key=key) == rated(subject_kind="service", key=key)
    rated(subject_kind="service")
    rated(subject_kind="service")
    assert Rating.objects.count() == 3


@pytest.mark.parametrize("kind", ["consultation", "service"])
def test_a_score_out_of_range_is_an_error_and_not_a_repeat(kind: str) -> None:
    with pytest.raises(IntegrityError):
        rated(subject_kind=kind, score=6)


def test_words_are_kept_without_people_in_them() -> None:
    User.objects.create(username="b", display_name="Bob Bobson", first_name="Bo")
    text = rated(text=" bob bobson rang +370 600 12345 and 39001010123, Bobby too ").text
    assert text == "[name] rang [phone] and [personal code], Bobby too"


def test_words_stay_as_they_are_when_nobody_works_here() -> None:
    assert rated(text="Puiku").text == "Puiku"


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
