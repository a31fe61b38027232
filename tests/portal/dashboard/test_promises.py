"""Managers answer for the promises: why one was missed, figures brought by hand, and the records behind a number."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from charter.memberships import Reach
from charter.models import ManualFigure, MeasuredHow, Measurement, PeriodKind, Role
from chat.models import Channel
from portal.dashboard import promises
from portal.dashboard.measure import measure
from portal.dashboard.sources import RECORDS, SOURCES
from tests import people
from tests.portal.dashboard import records

JULY = dt.date(2026, 7, 10)
PAGE = "/en/dashboard/promises/"
pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture(autouse=True)
def _frozen() -> Iterator[None]:
    with time_machine.travel(dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC), tick=False):
        yield


def a_missed_quarter() -> Measurement:
    """Forty chats in July, ten of them answered in time, where nine of ten were promised."""
    records.standard("S02", "first_reply_within_seconds", target=0.9, promised=60)
    for number in range(40):
        records.consultation(JULY, first_reply_seconds=30 if number < 10 else 300, started_in_hours=True)
    measure(since=JULY)
    return Measurement.objects.get(period_kind=PeriodKind.QUARTER, period_start="2026-07-01", institution=None)


def words(**given: str) -> dict[str, str]:
    empty = {f"{field}_{code}": "" for field in ("reason", "action") for code in ("lt", "ru", "en", "uk")}
    return {**empty, "act_by": "", **given}


def test_a_stranger_and_a_consultant_stay_outside(client: Client) -> None:
    assert client.get(PAGE).status_code == 302
    client.force_login(people.bob())
    assert client.get(PAGE).status_code == 403


def test_what_was_missed_waits_until_somebody_says_why(mona: Client) -> None:
    found = a_missed_quarter()
    assert "Missed and not explained yet" in mona.get(PAGE).content.decode()

    address = f"{PAGE}measurements/{found.pk}/"
    said = words(
        reason_lt="Sirgo trys žmonės", action_lt="Priimame du", reason_en="Three were ill", act_by="2027-01-31"
    )
    assert mona.post(address, said).status_code == 302

    assert "Missed and not explained yet" not in mona.get(PAGE).content.decode()
    public = mona.get("/en/promises/results/").content.decode()
    assert "<dd>Three were ill</dd>" in public
    assert '<span lang="lt">Priimame du</span>' in public
    assert "31 January 2027" in public


def test_without_lithuanian_words_nothing_is_published_and_nothing_typed_is_lost(mona: Client) -> None:
    found = a_missed_quarter()
    answer = mona.post(f"{PAGE}measurements/{found.pk}/", words(reason_en="Three were ill"))
    text = answer.content.decode()
    assert "<title>Error:" in text
    assert "Three were ill" in text
    found.refresh_from_db()
    assert not found.reason


def test_the_records_behind_a_figure_are_those_it_was_counted_from(mona: Client) -> None:
    found = a_missed_quarter()
    text = mona.get(f"{PAGE}measurements/{found.pk}/").content.decode()
    assert "40 records, the promise was kept in 10." in text


# Sources whose tally and list are two queries; the others add up their own list.
@pytest.mark.parametrize(
    "metric", ["answered_within_seconds", "first_contact_resolution", "first_reply_within_seconds"]
)
def test_every_tally_equals_the_list_of_its_records(metric: str) -> None:
    standard = records.standard("S02", metric, promised=60)
    place = records.institution("rytas")
    for number in range(12):
        channel = Channel.PHONE if number % 2 else Channel.CHAT
        one = records.consultation(
            JULY,
            channel=channel,
            institution=place if number % 3 else None,
            waited_seconds=number * 10,
            first_reply_seconds=number * 10,
            started_in_hours=True,
        )
        if number % 4:
            records.wrapped_up(one)
    span = (dt.datetime(2026, 7, 1, tzinfo=dt.UTC), dt.datetime(2026, 10, 1, tzinfo=dt.UTC))

    tallies = SOURCES[metric](standard, *span)

    listed = RECORDS[metric](standard, *span)
    assert sum(tally.of for tally in tallies.values()) == len(listed) > 0
    assert sum(tally.kept for tally in tallies.values()) == sum(record.is_kept for record in listed) > 0
    assert {institution for _month, institution in tallies} == {record.institution for record in listed}


def test_a_figure_is_entered_by_one_and_confirmed_by_another(client: Client) -> None:
    standard = records.standard("S15", "visits", target=0.9)
    type(standard).objects.update(measured=MeasuredHow.MANUAL)
    address = f"{PAGE}S15/"
    client.force_login(people.mona())
    figure = {"period": "2026-Q3", "institution": "", "numerator": "60", "denominator": "50", "source": "Register"}

    refused = client.post(address, figure).content.decode()
    assert "More cannot have been kept than was counted." in refused
    assert 'value="60"' in refused

    assert client.post(address, {**figure, "numerator": "48"}).status_code == 302
    assert "Another person has to confirm it." in client.get(address).content.decode()
    mine = client.post(f"{PAGE}figures/{ManualFigure.objects.get().pk}/", {"confirm": "yes"}, follow=True)
    assert "You entered this figure yourself." in mine.content.decode()
    assert not Measurement.objects.exists()

    client.force_login(people.staff("Otto", Role.MANAGER))
    assert "Waiting for a second pair of eyes" in client.get(PAGE).content.decode()
    done = client.post(f"{PAGE}figures/{ManualFigure.objects.get().pk}/", {"confirm": "yes"}, follow=True)
    assert "Confirmed: the figure counts now." in done.content.decode()
    assert Measurement.objects.get().numerator == 48


def test_a_refusal_without_a_reason_changes_nothing(client: Client) -> None:
    standard = records.standard("S15", "visits")
    type(standard).objects.update(measured=MeasuredHow.MANUAL)
    client.force_login(people.mona())
    client.post(f"{PAGE}S15/", {"period": "2026-Q3", "numerator": "1", "denominator": "2", "source": "Register"})
    client.force_login(people.staff("Otto", Role.MANAGER))
    number = ManualFigure.objects.get().pk
    text = client.post(f"{PAGE}figures/{number}/", {"refuse": "yes", "why": ""}, follow=True).content.decode()
    assert "This cannot be left empty." in text
    assert ManualFigure.objects.get().state == "waiting"


def test_an_institutions_manager_sees_its_own_figures_only(client: Client) -> None:
    city = a_missed_quarter()
    place = records.institution("rytas")
    vida = people.staff("Vida", Role.MANAGER, institution=place)
    client.force_login(vida)
    assert client.get(f"{PAGE}measurements/{city.pk}/").status_code == 404
    assert "Nothing has been measured yet." in client.get(f"{PAGE}S02/").content.decode()


def test_the_running_quarter_need_not_be_explained() -> None:
    records.standard("S02", "first_reply_within_seconds", target=0.9, promised=60)
    for _number in range(40):
        records.consultation(dt.date(2026, 11, 2), first_reply_seconds=300, started_in_hours=True)
    measure(since=dt.date(2026, 11, 2))
    assert promises.to_explain(Reach(whole_city=True, institutions=frozenset()), "en") == []
