"""Figures that nothing here can count: entered by one, confirmed by another, corrected in the open."""

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine

from charter import figures
from charter.compliance import Verdict
from charter.memberships import reach_of
from charter.models import FigureState, ManualFigure, MeasuredHow, Measurement, Role, ServiceStandard
from charter.periods import Period
from portal.core.models import AuditEntry, User
from tests.factories.charter import institution, standard
from tests.people import mona, staff

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
SUMMER = Period(dt.date(2026, 7, 1))


@pytest.fixture(autouse=True)
def _frozen() -> Iterator[None]:
    with time_machine.travel(dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC), tick=False):
        yield


def by_hand(code: str = "S04") -> ServiceStandard:
    return standard(code, measured=MeasuredHow.MANUAL)


def otto() -> User:
    return staff("Otto", Role.MANAGER)


def entered(of: ServiceStandard, kept: int | None = 97, total: int | None = 100, **fields: object) -> ManualFigure:
    given: dict[str, object] = {"institution": None, "period": SUMMER, "source": "Register of visits", "by": mona()}
    return figures.enter(of, numerator=kept, denominator=total, **given | fields)  # type: ignore[arg-type]


def test_a_figure_counts_only_after_a_second_pair_of_eyes() -> None:
    figure = entered(by_hand())
    assert not Measurement.objects.exists()

    figures.confirm(figure, by=otto())

    found = Measurement.objects.get()
    assert (found.numerator, found.denominator, found.verdict) == (97, 100, Verdict.KEPT)
    figure.refresh_from_db()
    assert (figure.state, figure.measurement) == (FigureState.CONFIRMED, found)
    assert list(AuditEntry.objects.order_by("pk").values_list("action", flat=True)) == [
        "figure.entered",
        "measurement.recorded",
        "figure.confirmed",
    ]


def test_nobody_confirms_or_refuses_their_own() -> None:
    figure = entered(by_hand())
    with pytest.raises(figures.NotYours):
        figures.confirm(figure, by=mona())
    with pytest.raises(figures.NotYours):
        figures.refuse(figure, "No", by=mona())


def test_it_is_decided_once() -> None:
    figure = entered(by_hand())
    figures.confirm(figure, by=otto())
    with pytest.raises(figures.Decided):
        figures.refuse(figure, "Too late", by=staff("Rita", Role.MANAGER))


def test_a_refusal_needs_a_reason_and_counts_nothing() -> None:
    figure = entered(by_hand())
    with pytest.raises(figures.Unfit) as no:
        figures.refuse(figure, "  ", by=otto())
    assert no.value.wrong == {"why": "needed"}
    figures.refuse(figure, "The register says 94", by=otto())
    figure.refresh_from_db()
    assert (figure.state, figure.refusal) == (FigureState.REFUSED, "The register says 94")
    assert not Measurement.objects.exists()


def test_a_later_figure_is_a_correction_and_the_first_stays_on_record() -> None:
    promise = by_hand()
    figures.confirm(entered(promise, 97), by=otto())
    figures.confirm(entered(promise, 60), by=otto())
    rows = Measurement.objects.order_by("pk").values_list("numerator", "superseded_at")
    assert [(kept, replaced is None) for kept, replaced in rows] == [(97, False), (60, True)]


def test_the_same_figure_confirmed_again_makes_no_new_row() -> None:
    promise = by_hand()
    figures.confirm(entered(promise), by=otto())
    figures.confirm(entered(promise), by=otto())
    assert Measurement.objects.count() == 1


def test_who_enters_it_anew_takes_the_waiting_one_back() -> None:
    promise = by_hand()
    first, second = entered(promise, 97), entered(promise, 98)
    first.refresh_from_db()
    assert (first.state, second.state) == (FigureState.REFUSED, FigureState.WAITING)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"kept": 101}, {"numerator": "more_than_counted"}),
        ({"kept": None}, {"numerator": "number"}),
        ({"kept": -1}, {"numerator": "number"}),
        ({"total": 0, "kept": 0}, {"denominator": "number"}),
        ({"source": " "}, {"source": "needed"}),
        ({"period": Period(dt.date(2027, 1, 1))}, {"period": "future"}),
        ({"period": Period(dt.date(2025, 10, 1))}, {"period": "outside"}),
    ],
)
def test_what_cannot_be_a_figure_is_refused(fields: dict[str, object], wrong: dict[str, str]) -> None:
    with pytest.raises(figures.Unfit) as no:
        entered(by_hand(), **fields)  # type: ignore[arg-type]
    assert no.value.wrong == wrong
    assert not ManualFigure.objects.exists()


def test_what_the_portal_counts_itself_is_not_entered_by_hand() -> None:
    with pytest.raises(figures.Unfit) as no:
        entered(standard())
    assert no.value.wrong == {"standard": "computed"}


def test_an_institutions_manager_sees_the_figures_of_that_institution_only() -> None:
    promise, place, other = by_hand(), institution("rytas"), institution("dane")
    entered(promise)
    entered(promise, institution=other)
    mine = entered(promise, institution=place)
    reach = reach_of(staff("Vida", Role.MANAGER, institution=place), Role.MANAGER)
    assert list(figures.waiting(reach)) == list(figures.of_standard(promise, reach)) == [mine]
