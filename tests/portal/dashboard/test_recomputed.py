"""Every number of every sheet, recomputed from the records one by one, by another way and slowly – and equal."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterable, Iterator
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine

from charter.feedback.models import Appeal, AppealAnswer, PageVote, Rating
from charter.memberships import Reach
from charter.models import Area, ServiceStandard
from charter.periods import Period
from chat.models import Consultation, WrapUp
from kb.models import Article, SearchEvent, Topic
from portal.dashboard import counting, periods
from portal.dashboard.scope import Dimension
from portal.dashboard.sheets import KINDS, scope_of, sheet
from portal.dashboard.sheets.figures import Figure, Kept
from portal.dashboard.sheets.measures import Measure, Unit
from tests.portal.dashboard import records

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
NOW = dt.datetime(2027, 2, 10, 12, tzinfo=dt.UTC)
TOWN = ZoneInfo("Europe/Vilnius")
EVERYWHERE = Reach(whole_city=True, institutions=frozenset())
MONTHS = ("2026-11", "2026-12", "2027-01", "2026-Q4")
LANGUAGES, CHANNELS = ("lt", "lt", "lt", "ru", "uk"), ("chat", "chat", "phone", "counter")
# Midnight in the town, the last of the year among them: a moment before and one after.
EDGES = [
    dt.datetime(2026, 12, 31, 21, 59, 59, tzinfo=dt.UTC),
    dt.datetime(2026, 12, 31, 22, 0, tzinfo=dt.UTC),
    dt.datetime(2026, 11, 30, 21, 59, 59, tzinfo=dt.UTC),
    dt.datetime(2026, 11, 30, 22, 0, tzinfo=dt.UTC),
]


@pytest.fixture(autouse=True)
def _frozen() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def moments(dice: Random, many: int) -> list[dt.datetime]:
    begin = dt.datetime(2026, 10, 1, tzinfo=dt.UTC)
    return [*EDGES, *(begin + dt.timedelta(minutes=dice.randrange(131 * 24 * 60)) for _ in range(many))]


def a_winter(seed: int) -> None:
    """Some hundred of everything from October to February, with every way a contact may go."""
    dice = Random(seed)
    for code, metric, seconds in (("S01", "answered_within_seconds", 20), ("S02", "first_reply_within_seconds", 60)):
        records.standard(code, metric, promised=seconds)
    changed = records.standard("S03", "answered_within_seconds", promised=40)
    ServiceStandard.objects.filter(code="S01").update(valid_until=dt.date(2026, 12, 14))
    ServiceStandard.objects.filter(pk=changed.pk).update(valid_from=dt.date(2026, 12, 15))
    places = [None, records.institution("kspc"), records.institution("dane")]
    topics = [None, *(Topic.objects.create(code=f"t{n}", name_lt=f"Tema {n}") for n in range(2))]
    article = Article.objects.create(code="A-001", title_lt="Straipsnis")
    for at in moments(dice, 420):
        a_contact(dice, at, places, topics, article)
    for number, at in enumerate(moments(dice, 300)):
        given = {
            "language": dice.choice(LANGUAGES),
            "channel": dice.choice(CHANNELS),
            "institution": dice.choice(places),
        }
        areas = {area: dice.choice([None, *range(6)]) for area in Area.values}
        given["entry_kind"] = dice.choice(["resident", "resident", "staff"])
        Rating.objects.create(subject_kind="service", score=dice.randrange(1, 6), at=at, **areas, **given)
        SearchEvent.objects.create(
            at=at,
            language=dice.choice(LANGUAGES),
            words="",
            results=dice.randrange(3),
            opened_kind=dice.choice(["", "article"]),
            led_to_consultation=dice.random() < 0.2,
            reader=dice.choice(["resident"] * 4 + ["consultant"]),
        )
        PageVote.objects.create(
            page_kind="article",
            page_code="A-001",
            language=dice.choice(LANGUAGES),
            is_useful=dice.random() < 0.6,
            key=f"00000000-0000-4000-8000-{number:012d}",
            at=at,
        )
        a_letter(dice, number, at, places)


def a_contact(dice: Random, at: dt.datetime, places: list[Any], topics: list[Any], article: Article) -> None:
    is_taken = dice.random() < 0.75
    waited = dice.choice([2, 5, 6, 19, 20, 21, 39, 41, 70])
    common = {
        "language": dice.choice(LANGUAGES),
        "channel": dice.choice(CHANNELS),
        "institution": dice.choice(places),
        "started_at": at,
        "started_in_hours": dice.random() < 0.8,
        "waited_seconds": dice.choice([waited, waited, None]),
        "ended_at": at + dt.timedelta(minutes=9),
        "closed_at": at + dt.timedelta(minutes=11),
        "reopened_at": at + dt.timedelta(days=1) if dice.random() < 0.1 else None,
    }
    if not is_taken:
        records.abandoned(at.date(), **common)
        return
    replied = {"claimed_at": at + dt.timedelta(seconds=30), "first_reply_seconds": dice.choice([30, 60, 61, 200])}
    contact = records.consultation(at.date(), **common, **replied)
    if dice.random() < 0.8:
        found = dice.choice(["yes", "partly", "no", "not_needed"])
        outcome = dice.choice(["answered", "answered", "referred"])
        link = {"article": article} if found in ("yes", "partly") and dice.random() < 0.7 else {}
        records.wrapped_up(contact, outcome, found, topic=dice.choice(topics), **link)


def a_letter(dice: Random, number: int, at: dt.datetime, places: list[Any]) -> None:
    day = at.astimezone(TOWN).date()
    appeal = Appeal.objects.create(
        reference=f"A{number:09d}",
        secret_digest="-",
        key=str(number),
        kind=dice.choice(["complaint", "question", "suggestion", "thanks"]),
        text="-",
        language=dice.choice(LANGUAGES),
        channel=dice.choice(["web", "phone"]),
        institution=dice.choice(places),
        standard=ServiceStandard.objects.first() if dice.random() < 0.3 else None,
        received_on=day,
        term_from=day,
        entered_at=at,
        state="answered",
    )
    if dice.random() < 0.8:
        took = dt.timedelta(days=dice.randrange(30))
        if at + took < NOW:
            AppealAnswer.objects.create(
                appeal=appeal,
                level=dice.choice([1, 1, 2]),
                outcome=dice.choice(["upheld", "partly", "explained", "refused"]),
                text="-",
                written_at=at,
                due_on=day + dt.timedelta(days=14) if appeal.kind != "thanks" else None,
                sent_at=at + took,
                sent_on=(at + took).astimezone(TOWN).date(),
                score=dice.choice([None, 1, 3, 4, 5]),
            )


# The slow way: a list of (moment, group, part, of) a measure, straight from the records.
Fact = tuple[dt.datetime, Callable[[Dimension], Any], float, int]


def facts() -> dict[str, list[Fact]]:
    """By measure; read once."""
    found: dict[str, list[Fact]] = {}
    for kind in (of_ratings, of_contacts, of_searches, of_votes, of_appeals, of_answers):
        found |= kind()
    return found


def by(one: Any) -> Callable[[Dimension], Any]:
    known = {
        Dimension.LANGUAGE: getattr(one, "language", None),
        Dimension.CHANNEL: getattr(one, "channel", None),
        Dimension.INSTITUTION: getattr(one, "institution_id", None),
        Dimension.SERVICE: getattr(one, "service_id", None),
        Dimension.KIND: getattr(one, "kind", None),
        Dimension.ENTRY: getattr(one, "entry_kind", None),
    }
    return lambda dimension: known.get(dimension)


def shares(rows: Iterable[tuple[Any, Any, bool, bool]]) -> list[Fact]:
    return [(at, group, float(part), 1) for at, group, is_in, part in rows if is_in]


def of_ratings() -> dict[str, list[Fact]]:
    ratings = list(Rating.objects.all())
    every = [(one.at, by(one), one.score) for one in ratings]
    said = {area: [(one.at, by(one), getattr(one, area)) for one in ratings] for area in Area.values}
    return {
        **{
            area: shares((at, group, bool(score), (score or 0) >= 4) for at, group, score in found)
            for area, found in said.items()
        },
        "content": shares((at, group, True, score >= 4) for at, group, score in every),
        "very_good": shares((at, group, True, score == 5) for at, group, score in every),
        "bad": shares((at, group, True, score <= 2) for at, group, score in every),
        "very_bad": shares((at, group, True, score == 1) for at, group, score in every),
        "ratings": shares((at, group, True, True) for at, group, _score in every),
    }


def of_contacts() -> dict[str, list[Fact]]:
    found: dict[str, list[Fact]] = {code: [] for code in CONTACT_CODES}
    wraps = {wrap.consultation_id: wrap for wrap in WrapUp.objects.all()}
    for one in Consultation.objects.all():
        wrap = wraps.get(one.pk)
        group = by_topic(one, wrap)
        for code, is_in, part in of_contact(one, wrap):
            if is_in:
                found[code].append((one.started_at, group, float(part), 1))
    return found


def by_topic(one: Any, wrap: WrapUp | None) -> Callable[[Dimension], Any]:
    usual = by(one)
    return lambda dimension: (wrap.topic_id if wrap else None) if dimension is Dimension.TOPIC else usual(dimension)


CONTACT_CODES = ("contacts", "calls_in_time", "chats_in_time", "wait", "left", "resolved", "handling", "linked", "held")


def of_contact(one: Consultation, wrap: WrapUp | None) -> Iterator[tuple[str, bool, float]]:
    """(measure, whether it counts, its part), as the definitions on the page say it."""
    day = one.started_at.astimezone(TOWN).date()
    promised = 20 if day <= dt.date(2026, 12, 14) else 40
    waited = one.waited_seconds
    is_short = one.state == "abandoned" and waited is not None and waited <= 5
    by_voice_or_chat = one.channel in ("chat", "phone")
    is_offered = by_voice_or_chat and one.started_in_hours and not is_short
    is_over = by_voice_or_chat and one.state == "closed"
    is_call = one.channel == "phone" and waited is not None and not is_short
    in_time = one.claimed_at is not None and waited is not None and waited <= promised
    is_chat = one.channel == "chat" and one.started_in_hours
    replied = one.first_reply_seconds is not None and one.first_reply_seconds <= 60
    settled = wrap is not None and wrap.outcome == "answered" and one.reopened_at is None
    is_handled = is_over and one.claimed_at is not None and one.reopened_at is None
    took = (one.closed_at - one.claimed_at).total_seconds() if one.closed_at and one.claimed_at else 0.0
    looked = wrap is not None and wrap.found != "not_needed"
    yield "contacts", True, 1
    yield "calls_in_time", is_call, in_time
    yield "chats_in_time", is_chat, replied
    yield "wait", is_offered and one.claimed_at is not None and waited is not None, waited or 0
    yield "left", is_offered, one.state == "abandoned"
    yield "resolved", is_over, settled
    yield "handling", is_handled, took
    yield "linked", wrap is not None, wrap is not None and wrap.article_id is not None
    yield "held", looked, wrap is not None and wrap.found in ("yes", "partly")


def of_searches() -> dict[str, list[Fact]]:
    every = [one for one in SearchEvent.objects.all() if one.reader == "resident"]
    found = [(one.at, by(one), True, bool(one.opened_kind) and not one.led_to_consultation) for one in every]
    return {
        "searches": shares((one.at, by(one), True, True) for one in every),
        "found": shares(found),
        "empty": shares((one.at, by(one), True, one.results == 0) for one in every),
    }


def of_votes() -> dict[str, list[Fact]]:
    return {"not_useful": shares((one.at, by(one), True, not one.is_useful) for one in PageVote.objects.all())}


def of_appeals() -> dict[str, list[Fact]]:
    every = list(Appeal.objects.all())
    return {
        "received": shares((one.entered_at, by(one), True, True) for one in every),
        "broken": shares((one.entered_at, by(one), True, one.standard_id is not None) for one in every),
    }


def of_answers() -> dict[str, list[Fact]]:
    every = [(one, one.appeal, one.sent_at) for one in AppealAnswer.objects.all() if one.sent_at]
    late = [(at, by(of), one.due_on is not None, is_in_time(one)) for one, of, at in every]
    days = [(at, by(of), float((one.sent_on - of.received_on).days), 1) for one, of, at in every if one.sent_on]
    return {
        "in_time": shares(late),
        "days": days,
        "right": shares((at, by(of), True, one.outcome in ("upheld", "partly")) for one, of, at in every),
        "rated": shares((at, by(of), one.score is not None, (one.score or 0) >= 4) for one, of, at in every),
        "again": shares((at, by(of), True, one.level == 2) for one, of, at in every),
    }


def is_in_time(one: AppealAnswer) -> bool:
    return bool(one.due_on and one.sent_on and one.sent_on <= one.due_on)


def expected(
    facts_: Iterable[Fact], period: Period, dimension: Dimension | None = None, group: Any = None
) -> tuple[float, int]:
    part, of = 0.0, 0
    for at, groups, more, one in facts_:
        day = at.astimezone(TOWN).date()
        if period.start <= day < period.end and (dimension is None or groups(dimension) == group):
            part, of = part + more, of + one
    return part, of


def agrees(figure: Figure, part: float, of: int) -> bool:
    """Whether a figure is what was counted one by one, or rightly says no more than it may."""
    if figure.kept is Kept.BACK:
        return True  # the lattice's matter; that it keeps back no more than it must is tested there
    if figure.value is None and figure.kept is Kept.NONE:
        return of == 0
    if figure.kept is Kept.TOO_FEW:
        return 10 <= of < 30
    if figure.kept is Kept.DIRECTION:
        return 30 <= of < 50
    if figure.unit is Unit.COUNT:
        return figure.value == of >= 10
    return figure.of == of and figure.value == pytest.approx(part / of)


@pytest.mark.parametrize("is_counted", [True, False])
def test_every_number_is_what_the_records_say_one_by_one(is_counted: bool) -> None:
    a_winter(7)
    if is_counted:
        counting.count(since=dt.date(2025, 6, 1))
    slow, figures = facts(), 0
    for code, month in itertools.product(("satisfaction", "consultations", "knowledge", "appeals"), MONTHS):
        for dimension in KINDS[code].dimensions:
            asked = {"period": month, "by": dimension.value}
            shown = sheet(code, scope_of(code, asked, reach=EVERYWHERE, language="lt"), "lt")
            period = shown.scope.period
            for line in shown.lines:
                mine = slow[name_of(code, line.measure)]
                figures += line.now.is_shown
                assert agrees(line.now, *expected(mine, period)), (code, line, month)
                assert agrees(line.before, *expected(mine, periods.before(period))), (code, line, month)
            for group, measure in itertools.product(shown.groups, shown.columns):
                mine, figure = slow[name_of(code, measure)], group.figures[measure.code]
                figures += figure.is_shown
                assert agrees(figure, *expected(mine, period, dimension, group.key)), (code, measure, group, figure)
            assert shown.drawn
            mine = slow[name_of(code, shown.drawn.measure)]
            assert all(agrees(figure, *expected(mine, when)) for when, figure in shown.course)
    assert figures > 300


def name_of(code: str, measure: Measure) -> str:
    """Content with the answer is called as content with us on another sheet."""
    return "rated" if (code, measure.code) == ("appeals", "content") else measure.code
