"""What people said at the offices and at home: on tablets, by the codes of posters, on paper, on the website."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from random import Random

from charter.feedback import apart
from charter.feedback.models import EntryKind, Rating, RatingChannel, RatingWords
from charter.models import Area, Institution
from portal.demo.history import plan
from portal.demo.history.town import Town, words_begin

WAYS = {RatingChannel.KIOSK: 58, RatingChannel.QR: 20, RatingChannel.PAPER: 13, RatingChannel.WEB: 9}


def ratings(day: dt.date, town: Town) -> Iterator[tuple[Rating, RatingWords | None]]:
    """A day's ratings of institutions, a few with words beside them."""
    rng = Random(f"offices {day}")  # noqa: S311  (a demonstration, not a secret)
    for _time in range(max(0, round(rng.gauss(plan.RATED_AT_OFFICES_A_DAY, 2)))):
        place = town.institutions.get(plan.pick(rng, {code: n for code, n in plan.DESKS.items() if code}))
        yield _rating(day, place, rng, town)


def _rating(day: dt.date, place: Institution | None, rng: Random, town: Town) -> tuple[Rating, RatingWords | None]:
    language, way = plan.pick(rng, plan.LANGUAGES), plan.pick(rng, WAYS)
    score = plan.score(rng, plan.GOOD + plan.GOOD_BY_LANGUAGE.get(language, 0.0))
    rating = Rating(
        subject_kind="institution",
        score=score,
        **areas(score, rng),
        channel=way,
        entry_kind=EntryKind.STAFF if way == RatingChannel.PAPER else EntryKind.RESIDENT,
        language=language,
        institution=place,
        key=uuid.UUID(int=rng.getrandbits(128)),
        at=apart.moment(day, is_after_conversation=False),
        is_demo=True,
    )
    has_words = plan.happens(rng, 0.08) and day >= words_begin()
    kind = "praise" if score > 3 else "complaints"
    return rating, apart.words_of(rating, town.say(kind, language, rng), day) if has_words else None


def areas(score: int, rng: Random) -> dict[str, int]:
    """What somebody said of the four areas, if anything: near the face they pressed, now and then "can't say"."""
    if not plan.happens(rng, plan.SAYS_MORE):
        return {}
    return {
        area: 0 if plan.happens(rng, 0.1) else min(5, max(1, score + rng.choice((-1, 0, 0, 0, 1))))
        for area in Area.values
    }
