"""Conversations by chat and phone, how they ended, and how they were rated."""

from __future__ import annotations

import datetime as dt
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from random import Random

from django.utils import timezone

from charter.feedback import apart
from charter.feedback.actions import CONSULTATION
from charter.feedback.models import EntryKind, RatedOnce, Rating, RatingWords
from charter.models import Institution, Service
from chat.models import Channel, Consultation, Found, Outcome, State, WrapUp
from kb.models import Article
from portal.core import receipts
from portal.dashboard.periods import moment
from portal.demo.history import moments, offices, plan
from portal.demo.history.town import Town, words_begin

SECOND = dt.timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Rated:
    """A rating, that this conversation has one, and what was written beside it."""

    rating: Rating
    once: RatedOnce
    words: RatingWords | None


@dataclass(frozen=True, slots=True)
class Story:
    """One conversation with all that belongs to it. `article`: what it was about, where there is one."""

    consultation: Consultation
    wrapup: WrapUp | None
    rating: Rated | None
    article: Article | None


class Storyteller:
    """Tells the days' conversations; references never repeat."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self._references: set[str] = set()

    def day(self, day: dt.date, *, progress: float) -> list[Story]:
        """All conversations of a day. `progress` 0–1: how far the history has come; things get better."""
        rng = Random(f"consultations {day}")  # noqa: S311  (a demonstration, not a secret)
        chats = max(0, round(rng.gauss(plan.CHATS_A_DAY, 3)))
        calls = max(0, round(rng.gauss(plan.CALLS_A_DAY, 2)))
        return [self._story(day, rng, Channel.CHAT, progress) for _ in range(chats)] + [
            self._story(day, rng, Channel.PHONE, progress) for _ in range(calls)
        ]

    def _story(self, day: dt.date, rng: Random, channel: Channel, progress: float) -> Story:
        town, language = self.town, plan.pick(rng, plan.LANGUAGES)
        service = town.services.get(plan.pick(rng, plan.SERVICES))
        desk = town.institutions.get(plan.pick(rng, plan.DESKS))
        institution = (service.provider if service else None) or desk
        articles = town.articles.get(service.code, []) if service else []
        article = rng.choice(articles) if articles else None
        consultation = Consultation(
            public_id=urlsafe_b64encode(rng.randbytes(16)).decode().rstrip("="),
            reference=self._reference(rng),
            channel=channel,
            language=language,
            service=service,
            article=article if channel == Channel.CHAT and plan.happens(rng, 0.4) else None,
            institution=institution,
            is_demo=True,
        )
        self._times(consultation, day, rng, progress)
        if consultation.state == State.ABANDONED:
            return Story(consultation, None, None, article)
        wrapup = self._wrap_up(consultation, article, rng)
        return Story(consultation, wrapup, self._rating(consultation, service, institution, rng), article)

    def _times(self, of: Consultation, day: dt.date, rng: Random, progress: float) -> None:
        """When it began, was taken, answered and ended."""
        is_chat = of.channel == Channel.CHAT
        of.started_in_hours = not (is_chat and plan.happens(rng, plan.OUT_OF_HOURS))
        of.started_at = moments.in_hours(day, rng) if of.started_in_hours else moments.out_of_hours(day, rng)
        waited = self._wait(of, rng, progress)
        if is_chat and plan.happens(rng, plan.LEFT_WAITING):
            of.state, of.waited_seconds = State.ABANDONED, None
            of.ended_at = of.closed_at = of.started_at + (waited + 60) * SECOND
        else:
            of.state, of.waited_seconds = State.CLOSED, waited
            of.consultant = rng.choice(self.town.consultants)
            of.claimed_at = of.started_at + waited * SECOND
            typing = rng.randrange(6, 26) if is_chat else 0
            of.first_reply_at = of.claimed_at + typing * SECOND
            of.first_reply_seconds = waited + typing if is_chat else None
            of.ended_at = of.first_reply_at + int(plan.around(rng, 380, 0.5)) * SECOND
            of.closed_at = of.ended_at + rng.randrange(20, 180) * SECOND
        of.changed_at = of.closed_at
        if day < words_begin():
            of.erased_at = of.ended_at + dt.timedelta(days=90)

    def _wait(self, of: Consultation, rng: Random, progress: float) -> int:
        if not of.started_in_hours:
            begin = moment(timezone.localtime(of.started_at).date())
            taken = begin + dt.timedelta(minutes=moments.OPENS + rng.randrange(20))
            return int((taken - of.started_at).total_seconds())
        if of.channel == Channel.PHONE:
            return int(plan.around(rng, plan.CALL_WAIT, 0.7))
        return int(plan.around(rng, plan.CHAT_WAIT[of.language] * (1.2 - 0.4 * progress), 0.8))

    def _wrap_up(self, of: Consultation, article: Article | None, rng: Random) -> WrapUp:
        outcome = Outcome(plan.pick(rng, plan.OUTCOMES))
        found = Found(plan.pick(rng, plan.FOUND)) if article else Found.NO
        of.topic = self.town.topics.get(of.service.code) if of.service else None
        return WrapUp(
            topic=of.topic,
            outcome=outcome,
            found=found,
            article=article if found in (Found.YES, Found.PARTLY) else None,
            by=of.consultant,
            at=of.closed_at or of.started_at,
        )

    def _rating(
        self, of: Consultation, service: Service | None, institution: Institution | None, rng: Random
    ) -> Rated | None:
        if not plan.happens(rng, plan.RATES_AFTER[of.channel]):
            return None
        chance = plan.GOOD + plan.GOOD_BY_LANGUAGE.get(of.language, 0.0)
        chance += plan.GOOD_BY_SERVICE.get(service.code, 0.0) if service else 0.0
        score = plan.score(rng, chance)
        kind = "praise" if score > 3 else "complaints"
        has_words = plan.happens(rng, 0.12) and of.erased_at is None
        day = timezone.localtime(of.ended_at or of.started_at).date()
        rating = Rating(
            subject_kind=CONSULTATION,
            score=score,
            **offices.areas(score, Random(f"areas {of.public_id}")),  # noqa: S311  (a demonstration, not a secret)
            channel=of.channel,
            entry_kind=EntryKind.RESIDENT if of.channel == Channel.CHAT else EntryKind.STAFF,
            language=of.language,
            service=service,
            institution=institution,
            at=apart.moment(day, is_after_conversation=True),
            is_demo=True,
        )
        words = apart.words_of(rating, self.town.say(kind, of.language, rng), day) if has_words else None
        return Rated(rating, RatedOnce(pk=apart.mark(CONSULTATION, of.public_id)), words)

    def _reference(self, rng: Random) -> str:
        while True:
            reference = receipts.reference("K", f"{rng.randrange(10**7):07d}")
            if reference not in self._references:
                self._references.add(reference)
                return reference
