"""How far a survey is: answers so far, of those wanted, and days left. How many answered is nobody's secret."""

from __future__ import annotations

from dataclasses import dataclass

from charter.feedback.models import Survey
from portal.core import clock
from portal.core.readable import Readable


@dataclass(frozen=True, slots=True)
class Progress(Readable):
    answers: int
    goal: int
    days_left: int

    @property
    def percent(self) -> int:
        """Of the goal, at most 100; 0 without a goal."""
        return min(100, self.answers * 100 // self.goal) if self.goal else 0


def progress_of(survey: Survey, answers: int | None = None) -> Progress:
    """`answers`: when they have been counted already."""
    days = (survey.closes_on - clock.today()).days + 1 if survey.closes_on else 0
    return Progress(survey.responses.count() if answers is None else answers, survey.goal or 0, max(0, days))
