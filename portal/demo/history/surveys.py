"""Surveys of the demonstration city: one that is over, with the one before it to compare, and one that runs.

The answers are drawn by chance and marked; nobody gave them.
"""

from __future__ import annotations

import datetime as dt
from random import Random

from charter.feedback.models import Offered, Survey, SurveyAnswer, SurveyResponse, SurveyState, Way
from charter.feedback.surveys import patterns
from charter.feedback.surveys.definition import Definition, Kind, Question
from charter.feedback.surveys.languages import definition_of, source_hash
from charter.models import Membership, Role
from charter.periods import quarter_of
from portal.core import clock
from portal.core.languages import LANGUAGES
from portal.dashboard.periods import back, moment
from portal.demo.history import plan
from portal.demo.reading import Entry, Texts

WEEKS_OPEN = dt.timedelta(days=27)
WAYS = {Way.WEB: 55, Way.LETTER: 25, Way.LINK: 12, Way.PAPER: 8}
AFTER = {Way.RATING: 70, Way.CONSULTATION: 30}
# How good the answers are, 0–1, by area; the later survey is better where something was changed.
FIRST = {"accessibility": 0.62, "communication": 0.74, "infrastructure": 0.66, "": 0.7}
SECOND = {"accessibility": 0.75, "communication": 0.76, "infrastructure": 0.65, "": 0.76}
NOW = {"accessibility": 0.72, "communication": 0.8, "": 0.78}
WRITES, TICKS = 0.3, 0.35
AT_ONCE = 400


def hold(words: Entry) -> None:
    """Write them with their answers."""
    words.knows("words")
    said: dict[str, list[Texts]] = {}
    for entry in words.entries("words"):
        entry.knows("question", "said")
        said.setdefault(entry.get("question", str), []).append(entry.texts("said"))
    today = clock.today()
    quarters = [quarter.start for quarter in back(quarter_of(today), 4)]
    last, first = quarters[1] + dt.timedelta(days=30), quarters[3] + dt.timedelta(days=30)
    earlier = _survey("needs", first, first + WEEKS_OPEN, goal=250)
    _answer(earlier, 231, FIRST, WAYS, said)
    later = _survey("needs", last, last + WEEKS_OPEN, goal=300, copy_of=earlier)
    _answer(later, 318, SECOND, WAYS, said)
    running = _survey("five_faces", today - dt.timedelta(days=24), today + dt.timedelta(days=36), goal=200)
    _answer(running, 127, NOW, AFTER, said)


def _survey(pattern: str, opens: dt.date, closes: dt.date, *, goal: int, copy_of: Survey | None = None) -> Survey:
    is_over = closes < clock.today()
    lead = Membership.objects.filter(role=Role.MANAGER, institution=None).select_related("user").order_by("pk").first()
    survey = Survey(
        document=patterns.document_of(pattern),
        state=SurveyState.CLOSED if is_over else SurveyState.OPEN,
        opens_on=opens,
        closes_on=closes,
        closed_on=closes + dt.timedelta(days=1) if is_over else None,
        offered=Offered.NOWHERE if is_over else Offered.RATING,
        one_in=3,
        goal=goal,
        copy_of=copy_of,
        by=lead.user if lead else None,
        made_at=moment(opens) - dt.timedelta(days=5),
        is_demo=True,
    )
    survey.declared = {code: source_hash(survey) for code in LANGUAGES if code != survey.source_language}
    survey.save()
    return survey


def _answer(
    survey: Survey, many: int, good: dict[str, float], ways: dict[Way, int], said: dict[str, list[Texts]]
) -> None:
    """So many sheets, on chance days of the time it was open so far."""
    rng = Random(f"survey {survey.opens_on}")  # noqa: S311  (a demonstration, not a secret)
    definition, first = definition_of(survey), survey.opens_on or clock.today()
    days = (min(survey.closes_on or first, clock.today()) - first).days
    sheets, answers = [], []
    for _n in range(many):
        day = first + dt.timedelta(days=rng.randrange(max(1, days)))
        sheet = SurveyResponse(
            survey=survey, day=day, language=plan.pick(rng, plan.LANGUAGES), way=plan.pick(rng, ways)
        )
        sheets.append(sheet)
        answers += _sheet(definition, sheet, good, said, rng)
    SurveyResponse.objects.bulk_create(sheets, AT_ONCE)
    SurveyAnswer.objects.bulk_create(answers, AT_ONCE)


def _sheet(
    definition: Definition, sheet: SurveyResponse, good: dict[str, float], said: dict[str, list[Texts]], rng: Random
) -> list[SurveyAnswer]:
    given: dict[str, tuple[str, ...]] = {}
    answers = []
    mood = rng.gauss(0.0, 0.12)
    for question in definition.questions:
        if not definition.is_asked(question, given):
            continue
        if question.kind == Kind.TEXT:
            if question.code in said and plan.happens(rng, WRITES):
                words = rng.choice(said[question.code])[sheet.language]
                answers.append(SurveyAnswer(response=sheet, question=question.code, text=words))
            continue
        given[question.code] = _values(question, good.get(question.area, good[""]) + mood, rng)
        answers += [SurveyAnswer(response=sheet, question=question.code, value=v) for v in given[question.code]]
    return answers


def _values(question: Question, good: float, rng: Random) -> tuple[str, ...]:
    if question.steps:
        best = question.steps
        is_good = plan.happens(rng, good)
        return (str(rng.choice((best, best, best - 1)) if is_good else rng.randrange(1, best - 1)),)
    if question.kind == Kind.SINGLE:
        return (rng.choices(question.values, range(len(question.values) + 1, 1, -1))[0],)
    return tuple(value for value in question.values if plan.happens(rng, TICKS))
