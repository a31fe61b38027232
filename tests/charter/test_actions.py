"""Measurements are recorded once, corrected in the open and explained."""

import pytest

from charter.actions import Explanation, explain_measurement
from charter.compliance import Verdict
from charter.models import Measurement, StandardKind
from portal.core.models import AuditEntry
from tests.factories.charter import institution, measured, standard
from tests.people import mona

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def counting() -> list[Measurement]:
    return list(Measurement.objects.filter(superseded_at=None))


def said(measurement: Measurement) -> tuple[str, ...]:
    texts = Measurement.objects.values_list("reason_lt", "reason_en", "action_en").get(pk=measurement.pk)
    return tuple(text or "" for text in texts)


def deeds() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))


def test_what_was_counted_is_kept_with_its_verdict() -> None:
    found = measured(standard(), 97, 100)
    found.refresh_from_db()
    assert (found.value, found.verdict, found.target) == (0.97, Verdict.KEPT, 0.9)
    assert deeds() == ["measurement.recorded"]


def test_measuring_again_makes_no_new_row() -> None:
    promise = standard()
    assert measured(promise, 97, 100) == measured(promise, 97, 100)
    assert Measurement.objects.count() == 1
    assert deeds() == ["measurement.recorded"]


def test_a_correction_replaces_the_old_row_and_keeps_it() -> None:
    promise = standard()
    old, new = measured(promise, 90, 100), measured(promise, 99, 100)
    old.refresh_from_db()
    assert counting() == [new]
    assert old.superseded_at is not None
    assert deeds() == ["measurement.recorded", "measurement.corrected"]


def test_a_new_target_is_judged_anew() -> None:
    promise = standard()
    measured(promise, 70, 100)
    promise.target = 0.5
    promise.save()
    assert measured(promise, 70, 100).verdict == Verdict.KEPT


WHY = Explanation(reason={"en": "Ill staff", "lt": "Darbuotojai sirgo"}, action={"en": "Two more people"})


def test_a_manager_explains_a_miss_without_touching_the_figures() -> None:
    missed = measured(standard(), 70, 100)
    explain_measurement(missed, WHY, by=mona())
    assert (said(counting()[0]), counting()[0].numerator) == (("Darbuotojai sirgo", "Ill staff", "Two more people"), 70)
    assert deeds()[-1] == "measurement.explained"


def test_saying_the_same_twice_is_one_deed() -> None:
    missed = measured(standard(), 70, 100)
    explain_measurement(missed, WHY, by=mona())
    explain_measurement(missed, WHY, by=mona())
    assert deeds().count("measurement.explained") == 1


def test_the_nightly_job_does_not_wipe_an_explanation() -> None:
    promise = standard()
    explain_measurement(measured(promise, 70, 100), WHY, by=mona())
    assert said(measured(promise, 70, 100)) == ("Darbuotojai sirgo", "Ill staff", "Two more people")
    assert said(measured(promise, 71, 100)) == ("Darbuotojai sirgo", "Ill staff", "Two more people")
    assert said(measured(promise, 100, 100)) == ("", "", "")


def test_institutions_are_measured_beside_the_whole_city() -> None:
    promise, place = standard(), institution()
    measured(promise, 97, 100)
    measured(promise, 47, 50, institution=place)
    assert len(counting()) == 2


def test_a_count_has_no_denominator() -> None:
    promise = standard(kind=StandardKind.COUNT, direction="at_most", target=0)
    assert measured(promise, 2, 0).verdict == Verdict.NOT_KEPT


def test_more_kept_than_counted_is_refused() -> None:
    with pytest.raises(ValueError, match="more than was counted"):
        measured(standard(), 3, 2)
