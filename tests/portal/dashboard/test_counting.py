"""Counted months say what the records say; what came since is added; words go when they have to."""

import datetime as dt
import random
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.db.models import Model
from django.test import Client

from charter.feedback.models import PageVote, Rating
from charter.memberships import Reach
from chat.models import Channel, Consultation, Found
from kb.models import Article, SearchEvent, Topic
from portal.core.retention import forget_what_is_due
from portal.dashboard import counting, periods
from portal.dashboard.models import ContactCount, CountedMonth, RatingCount, SearchCount, VoteCount, WordCount
from portal.dashboard.overview import overview
from portal.dashboard.scope import read
from tests import people
from tests.portal.dashboard import records

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
NOW = dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC)
EVERYWHERE = Reach(whole_city=True, institutions=frozenset())


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def _frozen(clock: time_machine.Traveller) -> None:
    """Every test begins at noon of 25 November 2026, two o'clock in the town."""


def a_city(seed: int) -> None:
    """Some hundred contacts, ratings, searches and votes from June to today."""
    dice = random.Random(seed)
    places = [None, records.institution("kspc"), records.institution("dane")]
    topics = [Topic.objects.create(code=f"t{n}", name_lt=f"Tema {n}") for n in range(2)]
    Article.objects.create(code="A-001", title_lt="Straipsnis")
    for number in range(150):
        day = dt.date(2026, 6, 1) + dt.timedelta(days=dice.randrange(177))
        place, language = dice.choice(places), dice.choice(["lt", "ru", "en", "uk"])
        make = dice.choice([records.consultation, records.abandoned])
        contact = make(
            day,
            institution=place,
            language=language,
            channel=dice.choice([Channel.CHAT, Channel.PHONE]),
            waited_seconds=dice.randrange(200),
        )
        if make is records.consultation:
            found = dice.choice([Found.YES, Found.NO, Found.NOT_NEEDED])
            records.wrapped_up(contact, found=found, topic=dice.choice([None, *topics]))
        records.rating(day, dice.randrange(1, 6), institution=place, language=language)
        opened = dice.choice(["", "article"])
        records.search(day, language=language, words=dice.choice(["ŠILUMA", "šiluma", ""]), opened_kind=opened)
        PageVote.objects.create(
            page_kind="article",
            page_code="A-001",
            language="lt",
            is_useful=number % 3 == 0,
            key=f"00000000-0000-0000-0000-{number:012d}",
            at=periods.moment(day),
        )


def shown(period: str, by: str = "language") -> Any:
    """Everything on the page that is a figure."""
    seen = overview(read({"period": period, "by": by}, reach=EVERYWHERE, language="lt"), "lt")
    return seen.counted, seen.satisfaction, seen.gaps


@pytest.mark.parametrize("period", ["2026-07", "2026-Q3", "2026-10", "2026-11", "2026-Q4"])
@pytest.mark.parametrize("by", ["service", "institution", "channel", "language"])
def test_a_page_from_counts_says_what_a_page_from_records_says(period: str, by: str) -> None:
    a_city(1)
    from_records = shown(period, by)
    counting.count(since=dt.date(2026, 6, 1))
    assert shown(period, by) == from_records


def test_every_count_equals_one_taken_by_hand() -> None:
    a_city(2)
    counting.count(since=dt.date(2026, 6, 1))

    asked = Counter((c.started_at.month, c.language, c.channel, c.institution_id) for c in Consultation.objects.all())
    counted: Counter[Any] = Counter()
    for row in ContactCount.objects.all():
        counted[row.month.month, row.language, row.channel, row.institution_id] += row.asked
    assert counted == asked

    good = Counter(r.at.month for r in Rating.objects.all() if r.score >= 4)
    summed: Counter[Any] = Counter()
    for rating in RatingCount.objects.all():
        summed[rating.month.month] += rating.good
    assert +summed == good

    in_vain = Counter(
        (s.at.month, s.language, s.words.lower()) for s in SearchEvent.objects.all() if s.words and not s.opened_kind
    )
    assert Counter({(w.month.month, w.language, w.said): w.times for w in WordCount.objects.all()}) == in_vain
    assert sum(row.searches for row in SearchCount.objects.all()) == SearchEvent.objects.count()
    assert sum(row.no for row in VoteCount.objects.all()) == PageVote.objects.filter(is_useful=False).count()


def test_counting_twice_changes_nothing() -> None:
    a_city(3)
    counting.count(since=dt.date(2026, 6, 1))
    before = [table.objects.count() for table in (ContactCount, RatingCount, SearchCount, WordCount, VoteCount)]
    counting.count(since=dt.date(2026, 6, 1))
    assert [t.objects.count() for t in (ContactCount, RatingCount, SearchCount, WordCount, VoteCount)] == before


def test_what_comes_after_the_nightly_round_is_on_the_page_at_once(clock: time_machine.Traveller) -> None:
    records.consultation(dt.date(2026, 11, 20))
    counting.count_what_may_have_changed()
    clock.move_to(NOW + dt.timedelta(hours=3))
    records.consultation(dt.date(2026, 11, 25), started_at=NOW + dt.timedelta(hours=1))
    assert shown("2026-11")[0].now.asked == 2


def test_the_first_round_counts_everything_and_the_next_only_what_may_have_changed() -> None:
    records.consultation(dt.date(2026, 2, 3))
    assert counting.count_what_may_have_changed() == 10
    assert counting.count_what_may_have_changed() == 2
    assert CountedMonth.objects.count() == 10


def test_counts_outlive_the_records_they_were_taken_from() -> None:
    records.consultation(dt.date(2026, 7, 3))
    counting.count(since=dt.date(2026, 7, 1))
    Consultation.objects.all().delete()
    assert shown("2026-07")[0].now.asked == 1


def test_words_that_led_nowhere_go_when_those_of_the_searches_go(clock: time_machine.Traveller) -> None:
    for _ in range(3):
        records.search(dt.date(2026, 8, 3), results=0)
    counting.count(since=dt.date(2026, 8, 1))
    assert WordCount.objects.exists()
    clock.move_to(dt.datetime(2026, 12, 31, tzinfo=dt.UTC))
    forget_what_is_due()
    assert not WordCount.objects.exists()
    assert SearchCount.objects.get().searches == 3


def test_a_manager_of_one_institution_counts_only_it(client: Client) -> None:
    for code, many in (("kspc", 2), ("dane", 3)):
        for _ in range(many):
            records.consultation(dt.date(2026, 7, 3), institution=records.institution(code))
    counting.count(since=dt.date(2026, 7, 1))
    client.force_login(people.mona(records.institution("dane")))
    page = client.get("/en/dashboard/", {"period": "2026-07"})
    assert {head.name: head.value for head in page.context["heads"]}["Asked us"] == "3"


def test_the_tables_know_nobody() -> None:
    tables: list[type[Model]] = [ContactCount, RatingCount, SearchCount, VoteCount]
    names = {field.name for table in tables for field in table._meta.get_fields()}
    assert names.isdisjoint({"consultant", "consultation", "reference", "asker", "user", "text", "words", "said"})
