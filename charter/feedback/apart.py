"""What keeps a rating apart from the conversation it is about, and its words apart from both.

That something was rated is known by a mark only; a rating given after a conversation says its month, no day; words
know neither channel nor service. Keys are random, so the order of rows tells nothing either.
"""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from charter.feedback.models import Rating, RatingWords, Tone
from portal.core.crypto import keyed


def mark(subject_kind: str, once: str) -> int:
    """The key of the mark that this was rated; it does not lead back without the server's key."""
    return int(keyed("rated", f"{subject_kind}:{once}")[:15], 16)


def moment(day: dt.date, *, is_after_conversation: bool) -> dt.datetime:
    """When a rating of `day` counts: the last moment of its month or day, later than any count of it so far."""
    last = _month_end(day) if is_after_conversation else day
    midnight = dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), tzinfo=timezone.get_current_timezone())
    return midnight - dt.timedelta(microseconds=1)


def words_of(rating: Rating, text: str, day: dt.date) -> RatingWords:
    """`text`, already without identifiers, with the little that helps to read it."""
    return RatingWords(
        text=text,
        tone=Tone.of(rating.score),
        language=rating.language,
        institution=rating.institution,
        month=day.replace(day=1),
        is_demo=rating.is_demo,
    )


def _month_end(day: dt.date) -> dt.date:
    return (day.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
