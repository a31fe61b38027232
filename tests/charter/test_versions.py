"""Versions of the charter: what changed is readable, and what held on the day of a request counts."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client

from charter import differences
from charter.models import Charter, CharterLine, Commitment, LineKind, ServiceStandard
from portal.cases.promises import promise_for
from portal.core import pdf
from tests.factories.charter import institution, service, standard, translated
from tests.factories.city import furnished

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture(autouse=True)
def _frozen() -> Iterator[None]:
    with time_machine.travel(dt.datetime(2026, 11, 25, 12, tzinfo=dt.UTC), tick=False):
        yield


def two_versions() -> tuple[Charter, Charter]:
    """The first held until 31 October, the second holds since: fifteen days instead of twenty, and one line gone."""
    old_standard = standard("S08", promised_value=20, valid_until=dt.date(2026, 10, 31))
    old = old_standard.commitment.charter
    Charter.objects.filter(pk=old.pk).update(in_force_until=dt.date(2026, 10, 31))
    CharterLine.objects.create(
        charter=old, kind=LineKind.DUTY, code="d1", text_lt="Ateiti laiku", text_en="Come in time"
    )
    new = translated(
        Charter(code="2026-2", title_lt="Chartija", title_en="Charter", in_force_from=dt.date(2026, 11, 1)), "en"
    )
    promise = translated(
        Commitment(
            charter=new,
            code="C08",
            area="accessibility",
            text_lt="Sprendžiame per 15 dienų",
            text_en="We decide within 15 days",
        ),
        "en",
    )
    for charter in (old, new):
        CharterLine.objects.create(charter=charter, kind=LineKind.AREA, code="accessibility", text_en="Promptness")
    standard("S08b", commitment=promise, promised_value=15, valid_from=dt.date(2026, 11, 1))
    return Charter.objects.get(pk=old.pk), new


def page(client: Client, path: str) -> str:
    return client.get(f"/en/promises/{path}").content.decode()


def test_what_changed_is_marked_word_by_word(client: Client) -> None:
    two_versions()
    text = page(client, "versions/2026-2/changes/")
    assert "We decide within <del>20</del><ins>15</ins> days" in text
    assert "<del>Come in time</del>" in text
    assert "15 days" in text


def test_texts_with_little_in_common_stand_one_after_the_other() -> None:
    assert differences.marked("We answer the phone", "Everything else is free") == ""


def test_marks_are_escaped() -> None:
    assert differences.marked("We say <b>no</b> to it", "We say <b>yes</b> to it") == (
        "We say &lt;b&gt;<del>no</del><ins>yes</ins>&lt;/b&gt; to it"
    )


def test_the_first_version_changed_nothing(client: Client) -> None:
    old, _new = two_versions()
    assert client.get(f"/en/promises/versions/{old.code}/changes/").status_code == 404


def test_an_old_version_says_that_it_is_not_in_force_and_shows_what_it_promised(client: Client) -> None:
    old, _new = two_versions()
    text = page(client, f"versions/{old.code}/")
    assert "This version is not in force today." in text
    assert "We decide within 20 days" in text
    assert "We decide within 15 days" in page(client, "")


def test_a_request_is_measured_by_the_version_of_its_day() -> None:
    old, new = two_versions()
    heating = service()
    for charter in (old, new):
        heating.commitments.add(charter.commitments.get())
    heating.save()
    before = promise_for(heating.code, on=dt.date(2026, 10, 30))
    after = promise_for(heating.code, on=dt.date(2026, 11, 2))
    assert before
    assert after
    assert (before.days, after.days) == (20, 15)


@pytest.mark.skipif(not pdf.is_possible(), reason="Pango is not installed here")
@pytest.mark.parametrize("path", ["leaflet.pdf", "posters/kspc.pdf"])
def test_paper_is_made(client: Client, path: str) -> None:
    furnished()
    answer = client.get(f"/en/promises/{path}")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


def test_where_paper_cannot_be_made_the_page_says_what_to_do(client: Client, monkeypatch: Any) -> None:
    furnished()
    monkeypatch.setattr(pdf, "is_possible", lambda: False)
    answer = client.get("/en/promises/leaflet.pdf")
    assert answer.status_code == 503
    assert "Open the page itself and print it" in answer.content.decode()


def test_an_unknown_office_has_no_poster(client: Client) -> None:
    institution()
    assert client.get("/en/promises/posters/nowhere.pdf").status_code == 404
    assert ServiceStandard.objects.count() == 0
