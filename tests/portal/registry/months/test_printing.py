"""All acts of a month on paper: part by part, gone on with after a kill, each act once."""

import datetime as dt
import re
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.test import Client

from portal.core import pdf, pdf_joining, uploads
from portal.registry.models import Act, ActsJob, ActsPart, JobState, Month, Post, Recipient
from portal.registry.months import printing
from portal.registry.refusals import Refused
from tests.portal.registry.conftest import CENTRE, post

needs_paper = pytest.mark.skipif(not pdf.is_possible(), reason="Pango is not here")
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
At = Callable[[Post], Client]
PEOPLE = 5


@pytest.fixture
def month(clara: Post) -> Month:
    """October with five acts, in parts of two."""
    made = Month.objects.create(
        department=CENTRE, first=dt.date(2026, 10, 1), prepared_by=clara.user, prepared_at=dt.datetime.now(dt.UTC)
    )
    for number in range(PEOPLE):
        person = Recipient.objects.create(name=f"Person {number}", department=CENTRE)
        Act.objects.create(
            month=made, recipient=person, cost_cents=100, person_cents=100, town_cents=0, made_by=clara.user,
            made_at=made.prepared_at,
        )  # fmt: skip
    return made


@pytest.fixture
def job(month: Month, clara: Post, monkeypatch: pytest.MonkeyPatch) -> ActsJob:
    monkeypatch.setattr(printing, "AT_ONCE", 2)
    return printing.begin(month, by=clara)


def whole(job: ActsJob) -> bytes:
    return (uploads.folder() / ActsJob.objects.get(pk=job.pk).kept_name).read_bytes()


def pages(content: bytes) -> int:
    return len(re.findall(rb"/Type /Page\b", content))


@needs_paper
def test_every_act_has_its_page(job: ActsJob) -> None:
    assert printing.make(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done, job.total) == (JobState.DONE, PEOPLE, PEOPLE)
    assert pages(whole(job)) == PEOPLE
    assert not ActsPart.objects.exists()


@needs_paper
def test_after_a_kill_it_goes_on_where_it_was(job: ActsJob, frozen: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not printing.make(job.pk, parts=1)  # then the worker was killed
    job.refresh_from_db()
    assert (job.state, job.done) == (JobState.RUNNING, 2)
    assert not printing.make(job.pk)  # it may still be at it
    frozen.shift(printing.ASLEEP + dt.timedelta(seconds=1))
    made: list[int] = []
    real = printing._make_part

    def noted(one: ActsJob, number: int) -> None:
        made.append(number)
        real(one, number)

    monkeypatch.setattr(printing, "_make_part", noted)
    assert printing.make(job.pk)
    assert made == [1, 2]  # the first part is not made again
    assert pages(whole(job)) == PEOPLE


@needs_paper
def test_who_is_silent_is_resumed_and_who_is_at_it_is_not(job: ActsJob, frozen: Any) -> None:
    assert printing.resume() == 0
    frozen.shift(printing.ASLEEP + dt.timedelta(seconds=1))
    assert printing.resume() == 1


@needs_paper
def test_a_part_written_by_a_second_worker_comes_once(job: ActsJob) -> None:
    printing.make(job.pk, parts=1)
    job.refresh_from_db()
    printing._make_part(job, 0)
    assert ActsPart.objects.filter(job=job, number=0).count() == 1


@needs_paper
def test_a_month_is_on_its_way_once(job: ActsJob, clara: Post) -> None:
    with pytest.raises(Refused, match="acts_are_being_made"):
        printing.begin(job.month, by=clara)


@needs_paper
def test_the_page_shows_how_far_it_is_and_hands_it_out(at: At, clara: Post, job: ActsJob) -> None:
    browser, page = at(clara), f"/en/registry/months/{job.month_id}/"
    printing.make(job.pk, parts=1)
    html = browser.get(page).content.decode()
    assert "2 of 5 acts are made." in html
    assert '<progress id="job-progress" value="2" max="5">' in html
    assert browser.get(f"{page}all-acts.pdf").status_code == 404
    ActsJob.objects.update(state=JobState.WAITING)
    printing.make(job.pk)
    assert "5 acts as one PDF" in browser.get(page).content.decode()
    assert b"".join(browser.get(f"{page}all-acts.pdf")).startswith(b"%PDF")


@needs_paper
def test_making_them_anew_erases_what_was_there(job: ActsJob, clara: Post) -> None:
    printing.make(job.pk)
    old = ActsJob.objects.get(pk=job.pk).kept_name
    fresh = printing.begin(job.month, by=clara)
    printing.make(fresh.pk)
    assert list(ActsJob.objects.all()) == [fresh]
    assert not (uploads.folder() / old).exists()


@needs_paper
def test_the_register_of_a_worker_is_paper_too(at: At, clara: Post, month: Month) -> None:
    for address in ("register.pdf", f"register.pdf?worker={clara.user_id}"):
        assert at(clara).get(f"/en/registry/months/{month.pk}/{address}").content.startswith(b"%PDF")


def test_neighbours_and_workers_print_nothing(at: At, daiva: Post, month: Month) -> None:
    page = f"/en/registry/months/{month.pk}/"
    for address in ("register.pdf", "all-acts.pdf"):
        assert at(daiva).get(f"{page}{address}").status_code == 403
        assert at(post("Dan", "head", "Kitas")).get(f"{page}{address}").status_code == 404
    assert at(post("Dan", "head", "Kitas")).post(f"{page}all/").status_code == 404


@needs_paper
def test_joined_papers_keep_their_words() -> None:
    parts = [pdf.pdf_of("registry/paper/acts.html", {"month": "M", "sheets": []}, is_open=True) for _ in range(3)]
    out = BytesIO()
    assert pdf_joining.join(parts, out) == 3
    content = out.getvalue()
    packed = re.findall(rb"/Filter /FlateDecode/Length (\d+)>>\s?stream\n", content)
    assert packed
    for found in re.finditer(rb"/Filter /FlateDecode/Length (\d+)[^>]*>>\s*stream\n", content):
        assert zlib.decompress(content[found.end() : found.end() + int(found[1])])


def test_a_foreign_pdf_is_not_joined() -> None:
    with pytest.raises(pdf_joining.NotJoinable):
        pdf_joining.join([b"%PDF-1.4\nhello\nstartxref\n3\n%%EOF\n"], BytesIO())
