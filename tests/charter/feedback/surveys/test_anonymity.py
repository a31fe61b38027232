"""Nobody finds out who answered what: not by a column, not by a join, not by the order of rows."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.apps import apps
from django.db import connection, models

from charter.feedback.models import Survey, SurveyAnswer, SurveyInvitation, SurveyKey, SurveyResponse
from charter.feedback.surveys import access, inviting
from charter.feedback.surveys.answering import Sheet, Used, send
from portal.core.models import AuditEntry
from tests.factories.surveys import survey
from tests.people import mona

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def columns(model: type[models.Model]) -> set[str]:
    return {field.name for field in model._meta.get_fields() if field.concrete}


def test_a_sheet_knows_its_day_its_language_and_its_way_and_nothing_else() -> None:
    assert columns(SurveyResponse) == {"id", "survey", "day", "language", "way"}
    assert columns(SurveyAnswer) == {"id", "response", "question", "value", "text"}
    moments = [field for model in (SurveyResponse, SurveyAnswer) for field in model._meta.fields]
    assert not [field.name for field in moments if isinstance(field, models.DateTimeField | models.TimeField)]


def test_an_invitation_knows_only_that_it_was_used() -> None:
    assert columns(SurveyInvitation) == {
        "id", "survey", "digest", "way", "address", "language", "is_used", "reminded_on",
    }  # fmt: skip
    assert columns(SurveyKey) == {"id", "survey", "digest"}


def test_no_table_points_at_a_sheet_but_its_answers_and_a_sheet_only_at_its_survey() -> None:
    pointing = [
        (model, field)
        for model in apps.get_models()
        for field in model._meta.fields
        if field.related_model in (SurveyResponse, SurveyAnswer)
    ]
    assert [(model, field.name) for model, field in pointing] == [(SurveyAnswer, "response")]
    assert [field.related_model for field in SurveyResponse._meta.fields if field.is_relation] == [Survey]


def test_the_order_of_rows_tells_nothing() -> None:
    of = survey()
    for number in range(12):
        send(of, Sheet({"how": (str(number % 5 + 1),)}, "en", f"form {number}"))
    kept = list(SurveyAnswer.objects.order_by("id").values_list("value", flat=True))
    sent = [str(number % 5 + 1) for number in range(12)]
    assert sorted(kept) == sorted(sent)
    assert kept != sent


def test_answering_leaves_no_trace_in_the_audit() -> None:
    of = survey()
    send(of, Sheet({"how": ("5",)}, "en", "form"))
    assert not AuditEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_fifty_presses_at_once_are_one_sheet() -> None:
    of = survey()

    def press(_: int) -> bool:
        try:
            return send(of, Sheet({"how": ("5",)}, "en", "form"))
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as doors:
        kept = list(doors.map(press, range(50)))
    assert kept.count(True) == 1
    assert SurveyResponse.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_invitation_used_at_two_places_at_once_counts_once() -> None:
    of = survey()
    (code,) = inviting.letters(of, 1, by=mona())

    def press(place: int) -> bool:
        try:
            return send(of, Sheet({"how": ("5",)}, "en", f"form {place}", invitation=access.invitation(code)))
        except Used:
            return False
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as doors:
        kept = list(doors.map(press, range(8)))
    assert kept.count(True) == 1
    assert SurveyResponse.objects.count() == 1
