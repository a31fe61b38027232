"""What residents wrote to the town and how it was answered: on time or late, rated, opened again, passed on."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from random import Random

from charter.feedback.appeals import access
from charter.feedback.appeals.deadlines import METRICS
from charter.feedback.models import Appeal, AppealAnswer, AppealEvent, AppealKind, AppealState, Deed
from charter.models import Clock, Membership, Role, ServiceStandard
from portal.core import clock, receipts
from portal.core.models import User
from portal.core.working_days import DAY, DayClock
from portal.demo.history import moments, plan
from portal.demo.history.town import Town
from portal.demo.reading import Entry

A_DAY = 0.95
LOW = 2
# Working days until the answer, the middle one.
TAKES = {AppealKind.COMPLAINT: 11.0, AppealKind.SUGGESTION: 6.0, AppealKind.QUESTION: 4.0, AppealKind.THANKS: 2.0}
KINDS = {AppealKind.COMPLAINT: 42, AppealKind.SUGGESTION: 20, AppealKind.QUESTION: 25, AppealKind.THANKS: 13}


@dataclass(slots=True)
class Letter:
    """One appeal with everything that happened to it. `story`: what was changed because of it, by code."""

    appeal: Appeal
    story: str
    answers: list[AppealAnswer] = field(default_factory=list)
    events: list[AppealEvent] = field(default_factory=list)


class Postbox:
    """Where the days' letters come in; numbers never repeat."""

    def __init__(self, town: Town, words: Entry) -> None:
        self.town, self.days = town, DayClock(working=True, holidays=town.holidays)
        # What is written more often stands there so many times.
        self.said = [
            said
            for each in words.entries("appeals")
            for said in [(each, each.texts("text"))] * each.may("times", int, 1)
        ]
        self.answered = [(each, each.texts("text")) for each in words.entries("answers")]
        self.passed_to = [str(name) for name in words.get("passed_to", list)]
        self.terms = _terms()
        self.standards = {one.code: one for one in ServiceStandard.objects.filter(live=True)}
        self.staff = _staff()
        self._count = 0

    def day(self, day: dt.date) -> list[Letter]:
        """A day's letters."""
        rng = Random(f"appeals {day}")  # noqa: S311  (a demonstration, not a secret)
        many = (rng.random() < A_DAY) + (rng.random() < A_DAY / 8)
        return [self._letter(day, rng) for _ in range(many)] if self.staff else []

    def _letter(self, day: dt.date, rng: Random) -> Letter:
        self._count += 1
        kind = plan.pick(rng, KINDS)
        entry, texts = rng.choice([each for each in self.said if each[0].get("kind", str) == kind])
        service = self.town.services.get(entry.may("service", str, ""))
        desk = self.town.institutions.get(plan.pick(rng, plan.DESKS))
        is_late_entry = plan.happens(rng, 0.03)
        confirmed = self.days.due(day, 4) if is_late_entry else day
        appeal = Appeal(
            reference=receipts.reference("A", f"{rng.randrange(10**3):03d}{self._count:04d}"),
            secret_digest="",
            key=f"demonstration-{self._count}",
            kind=kind,
            text="",
            language=plan.pick(rng, plan.LANGUAGES),
            channel="web" if not is_late_entry else "phone",
            is_quotable=plan.happens(rng, 0.45),
            service=service,
            institution=(service.provider if service else None) or desk,
            standard=self.standards.get(entry.may("standard", str, "")),
            received_on=day,
            entered_at=moments.in_hours(min(confirmed, clock.today() - DAY), rng),
            confirmed_on=min(confirmed, clock.today() - DAY),
            is_demo=True,
        )
        appeal.text = texts[appeal.language]
        letter = Letter(appeal, entry.may("story", str, ""))
        self._begin(letter, day)
        self._note(letter, Deed.RECEIVED, day, rng)
        if kind == AppealKind.QUESTION and plan.happens(rng, 0.2):
            self._pass_on(letter, day, rng)
        else:
            self._answer(letter, day, rng)
        return letter

    def _begin(self, letter: Letter, day: dt.date) -> None:
        days = self.terms.get(letter.appeal.kind)
        letter.appeal.term_from, letter.appeal.days, letter.appeal.clock = day, days, Clock.WORKING
        letter.appeal.due_on = self.days.due(day, days) if days else None

    def _pass_on(self, letter: Letter, day: dt.date, rng: Random) -> None:
        on, appeal = self.days.due(day, rng.choice((1, 1, 2, 2, 3, 4, 7))), letter.appeal
        if on >= clock.today():
            return
        appeal.state, appeal.passed_to, appeal.passed_on = AppealState.PASSED_ON, rng.choice(self.passed_to), on
        self._note(letter, Deed.PASSED_ON, on, rng)
        appeal.closed_at = letter.events[-1].at

    def _answer(self, letter: Letter, day: dt.date, rng: Random) -> None:
        appeal = letter.appeal
        takes = max(1, round(plan.around(rng, TAKES[AppealKind(appeal.kind)], 0.42)))
        sent = self.days.due(day, takes)
        if self.days.due(day, 1) < clock.today():
            appeal.state, appeal.responsible = AppealState.WORKING, rng.choice(self.staff)
            self._note(letter, Deed.TAKEN, self.days.due(day, 1), rng)
        if sent >= clock.today():
            return
        entry, texts = rng.choice([each for each in self.answered if each[0].get("kind", str) == appeal.kind])
        outcome = entry.get("outcome", str)
        self._note(letter, Deed.ANSWERED, sent, rng)
        writer = appeal.responsible or self.staff[0]
        answer = AppealAnswer(
            level=appeal.level,
            outcome=outcome,
            text=texts[appeal.language],
            written_by=writer,
            written_at=letter.events[-1].at,
            checked_by=next((one for one in self.staff if one != writer), None) if outcome == "refused" else None,
            due_on=appeal.due_on,
            sent_at=letter.events[-1].at,
            sent_on=sent,
        )
        letter.answers.append(answer)
        appeal.state, appeal.closed_at = AppealState.ANSWERED, answer.sent_at
        self._rate(letter, answer, sent, rng)

    def _rate(self, letter: Letter, answer: AppealAnswer, sent: dt.date, rng: Random) -> None:
        appeal, on = letter.appeal, self.days.due(sent, rng.randrange(1, 6))
        if on >= clock.today() or not plan.happens(rng, 0.5):
            return
        is_late = answer.due_on is not None and sent > answer.due_on
        low = 0.5 if is_late or answer.outcome == "refused" else 0.12
        answer.score = rng.choice((1, 2)) if plan.happens(rng, low) else rng.choice((3, 4, 4, 5, 5))
        self._note(letter, Deed.RATED, on, rng, text=str(answer.score))
        if answer.score <= LOW and appeal.level == 1 and appeal.kind != AppealKind.THANKS:
            self._note(letter, Deed.REOPENED, on, rng)
            appeal.level, appeal.state, appeal.closed_at, appeal.responsible = 2, AppealState.RECEIVED, None, None
            self._begin(letter, on)
            self._answer(letter, on, rng)

    def _note(self, letter: Letter, deed: Deed, day: dt.date, rng: Random, text: str = "") -> None:
        at = moments.in_hours(day, rng)
        if letter.events:
            at = max(at, letter.events[-1].at + dt.timedelta(minutes=1))
        by = letter.appeal.responsible if deed in (Deed.TAKEN, Deed.ANSWERED) else None
        letter.events.append(AppealEvent(deed=deed, at=at, day=day, by=by, text=text))


def write(letters: list[Letter], stories: dict[str, int], told_on: dict[str, dt.date]) -> None:
    """Bring them into the database; those that may be told of stand behind their story."""
    for letter in letters:
        is_before = letter.story in stories and letter.appeal.received_on < told_on[letter.story]
        if letter.appeal.is_quotable and is_before:
            letter.appeal.story_id = stories[letter.story]
    access.everything().bulk_create([letter.appeal for letter in letters], 400)
    for letter in letters:
        for answer in letter.answers:
            answer.appeal_id = letter.appeal.pk
        for event in letter.events:
            event.appeal_id = letter.appeal.pk
    AppealAnswer.objects.bulk_create([one for letter in letters for one in letter.answers], 400)
    AppealEvent.objects.bulk_create([one for letter in letters for one in letter.events], 400)


def _terms() -> dict[str, int]:
    """Working days promised, by kind."""
    days = dict(ServiceStandard.objects.filter(live=True).values_list("metric", "promised_value"))
    return {kind: int(days[metric] or 0) for kind, metric in METRICS.items() if days.get(metric)}


def _staff() -> list[User]:
    """Who answers letters, and checks a colleague's answer."""
    found = Membership.objects.filter(role__in=(Role.SUPERVISOR, Role.MANAGER), institution=None)
    return [each.user for each in found.select_related("user").order_by("pk")]
