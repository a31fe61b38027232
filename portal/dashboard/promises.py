"""The manager's side of the promises: what was measured, what is to be explained, and the records behind a figure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from charter import figures
from charter.compliance import Verdict
from charter.feedback.models import Survey
from charter.feedback.surveys.results import results
from charter.feedback.surveys.showing import Card, cards
from charter.memberships import Reach
from charter.models import Clock, Institution, MeasuredHow, Measurement, PeriodKind, ServiceStandard
from charter.periods import Period
from charter.promises import Promise, Result
from charter.selectors import RESULT_COLUMNS, all_promises, promise, result_of
from portal.core import clock
from portal.core.languages import Localised, current, pick_field
from portal.dashboard import periods
from portal.dashboard.sources import RECORDS, Record
from portal.dashboard.sources.surveys import OF_AREA, OF_STANDARD, Poll, polls

RECORDS_SHOWN = 500


@dataclass(frozen=True, slots=True)
class Counted:
    """One measurement as its managers see it, replaced ones included. `place`: None for the whole city."""

    pk: int
    result: Result
    place: Localised | None
    is_replaced: bool

    @property
    def needs_words(self) -> bool:
        """Missed, and nobody has said why and what is done about it."""
        return not self.is_replaced and self.result.is_missed and not (self.result.reason and self.result.action)


def within(reach: Reach) -> QuerySet[Measurement]:
    """Measurements a manager answers for: everything for the city's, their own institutions' for the others."""
    found = Measurement.objects.all()
    return found if reach.whole_city else found.filter(institution__in=reach.institutions)


def listed(reach: Reach, language: str) -> list[tuple[Promise, Counted | None]]:
    """Every promise in force with the newest whole quarter: the city's, or of the one institution in reach."""
    newest: dict[str, Counted] = {}
    rows = within(reach).filter(period_kind=PeriodKind.QUARTER, superseded_at=None).order_by("period_start")
    if reach.whole_city:
        rows = rows.filter(institution=None)
    today = clock.today()
    for standard, found in _read(rows, language):
        if found.result.period.is_over(today):
            newest[standard] = found
    return [(each, newest.get(each.code)) for each in all_promises(language)]


def to_explain(reach: Reach, language: str) -> list[tuple[Localised, Counted]]:
    """(the promise's words, measurement) of quarters that were missed without a word, newest first."""
    rows = within(reach).filter(period_kind=PeriodKind.QUARTER, superseded_at=None, verdict=Verdict.NOT_KEPT)
    today = clock.today()
    found = _read(rows.order_by("-period_start", "standard__code"), language)
    words = {each.code: each.words for each in all_promises(language)}
    return [
        (words[code], each)
        for code, each in found
        if code in words and each.needs_words and each.result.period.is_over(today)
    ]


def history(standard: ServiceStandard, reach: Reach, language: str) -> list[Counted]:
    """Every quarter of one standard, newest first; a replaced figure follows the one that replaced it."""
    rows = within(reach).filter(standard=standard, period_kind=PeriodKind.QUARTER)
    order = ("-period_start", "institution__order", "institution__code", "-measured_at", "-pk")
    return [found for _code, found in _read(rows.order_by(*order), language)]


def one(measurement: Measurement, language: str) -> tuple[Promise | None, Counted]:
    """A measurement with its promise; None when the promise is no longer in force."""
    code, found = next(iter(_read(Measurement.objects.filter(pk=measurement.pk), language)))
    return promise(code, language), found


def records_behind(measurement: Measurement) -> list[Record] | None:
    """What was counted, one line a record; None where single records are nobody's to read or none are kept."""
    standard = measurement.standard
    source = RECORDS.get(standard.metric)
    if source is None or standard.measured != MeasuredHow.COMPUTED:
        return None
    period = Period(measurement.period_start, measurement.period_kind)
    found = source(standard, *periods.span(period))
    if measurement.institution_id is None:
        return found
    return [record for record in found if record.institution == measurement.institution_id]


@dataclass(frozen=True, slots=True)
class Polled:
    """A survey behind a figure: what it asked about the promise and how that was answered, as far as it is shown."""

    survey: Survey
    title: Localised
    cards: list[Card]


def surveys_behind(measurement: Measurement) -> list[Polled] | None:
    """The surveys a figure was counted from, down to their answers, never to a sheet; None where it was not."""
    standard = measurement.standard
    if standard.metric not in (OF_STANDARD, OF_AREA) or standard.measured != MeasuredHow.COMPUTED:
        return None
    place = measurement.institution_id
    found = polls(standard, *periods.span(Period(measurement.period_start, measurement.period_kind)))
    return [_polled(poll) for poll in found if place is None or poll.survey.institution_id == place]


def _polled(poll: Poll) -> Polled:
    known = results(poll.survey)
    """Codes stand with the survey's number: two surveys may ask the same question on one page."""
    asked = {question.code for question in poll.questions}
    title = known.definition.say(known.definition.title, current())
    shown = [replace(card, code=f"{poll.survey.pk}-{card.code}") for card in cards(known) if card.code in asked]
    return Polled(poll.survey, title, shown)


def is_in_working_days(standard: ServiceStandard) -> bool:
    """Whether a corrected calendar changes its figures."""
    return standard.clock == Clock.WORKING


def may_enter(standard: ServiceStandard) -> bool:
    return standard.measured == MeasuredHow.MANUAL


def offices(reach: Reach) -> QuerySet[Institution]:
    found = Institution.objects.filter(live=True).order_by("order", "code")
    return found if reach.whole_city else found.filter(pk__in=reach.institutions)


def periods_for(standard: ServiceStandard) -> list[Period]:
    return figures.quarters_of(standard, today=clock.today())


def _read(rows: QuerySet[Measurement], language: str) -> Iterable[tuple[str, Counted]]:
    places = {each.pk: pick_field(each, "name", language) for each in Institution.objects.all()}
    for row in rows.values("pk", "standard__code", "institution_id", "superseded_at", *RESULT_COLUMNS):
        place = places.get(row["institution_id"])
        yield (
            row["standard__code"],
            Counted(row["pk"], result_of(row, language), place, row["superseded_at"] is not None),
        )
