"""All acts of a month on paper: made part by part in the background, gone on with after a kill, joined at the end.

Which acts belong is written down when it begins. A part is written to its file first and becomes a row then, so what
was killed in between is made again, and no part comes twice. A job that has not gone on for a while is resumed.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterator
from pathlib import Path

from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import override
from django_tasks import task

from portal.core import audit, clock, pdf, pdf_joining, uploads
from portal.core.schedule import every
from portal.registry.models import Act, ActsJob, ActsPart, JobState, Month, Post
from portal.registry.months import selectors
from portal.registry.refusals import Refused

AT_ONCE = 50
ASLEEP = dt.timedelta(minutes=2)  # a part takes seconds: whoever is silent for longer was killed
MINUTE = 60


def begin(month: Month, *, by: Post) -> ActsJob:
    """Have all acts of a month made. Raises Refused while that is being done, and where PDF can't be made."""
    if not pdf.is_possible():
        raise Refused("no_paper_here")
    acts = list(selectors.acts_of(month).values_list("pk", flat=True))
    now = clock.now()
    facts = {"acts": acts, "made_by": by.user, "language": translation.get_language() or "lt"}
    try:
        with transaction.atomic():
            job = ActsJob.objects.create(month=month, begun_at=now, beat_at=now, **facts)
            audit.record("registry.acts_begun", job, by=by.user, acts=len(acts))
    except IntegrityError:
        raise Refused("acts_are_being_made") from None
    transaction.on_commit(lambda: run.enqueue(job.pk))
    return job


@task()
def run(pk: int) -> None:
    """Make what is missing of one job, unless somebody else is at it."""
    make(pk)


def make(pk: int, *, parts: int | None = None) -> bool:
    """Go on with a job; `parts`: no more than so many. Whether all of it is ready."""
    if not _taken(pk):
        return False
    job = ActsJob.objects.select_related("month").get(pk=pk)
    there = set(job.parts.values_list("number", flat=True))
    missing = [number for number in range(-(-job.total // AT_ONCE)) if number not in there]
    for number in missing[:parts]:
        _make_part(job, number)
    if len(missing) > len(missing[:parts]):
        return False
    _join(job)
    return True


@every(MINUTE, "acts on their way to paper")
def resume() -> int:
    """Go on with jobs that stand still. Returns how many."""
    silent = ActsJob.objects.filter(state__in=(JobState.WAITING, JobState.RUNNING), beat_at__lt=clock.now() - ASLEEP)
    pks = list(silent.values_list("pk", flat=True))
    for pk in pks:
        run.enqueue(pk)
    return len(pks)


def forget_old(job: ActsJob) -> None:
    """Erase what an earlier job of the month left: its file and its parts."""
    for older in ActsJob.objects.filter(month=job.month).exclude(pk=job.pk):
        uploads.forget([*older.parts.values_list("kept_name", flat=True), older.kept_name or "-"])
        older.delete()


def _taken(pk: int) -> bool:
    """Take a job that waits or has fallen silent; of two workers one gets it."""
    waiting = ActsJob.objects.filter(pk=pk, state=JobState.WAITING)
    silent = ActsJob.objects.filter(pk=pk, state=JobState.RUNNING, beat_at__lt=clock.now() - ASLEEP)
    facts = {"state": JobState.RUNNING, "beat_at": clock.now()}
    return bool(waiting.update(**facts) or silent.update(**facts))


def _make_part(job: ActsJob, number: int) -> None:
    wanted = job.acts[number * AT_ONCE : (number + 1) * AT_ONCE]
    acts = Act.objects.filter(pk__in=wanted).select_related("recipient", "worker", "month").in_bulk()
    with override(job.language):
        names = selectors.service_names()
        sheets = [(acts[pk], selectors.said_lines(acts[pk], names)) for pk in wanted]
        content = pdf.pdf_of("registry/paper/acts.html", {"month": job.month, "sheets": sheets}, is_open=True)
    name = f"{secrets.token_hex(16)}.part"
    (uploads.folder() / name).write_bytes(content)
    try:
        with transaction.atomic():
            ActsPart.objects.create(job=job, number=number, kept_name=name)
    except IntegrityError:  # made meanwhile by whoever resumed the job
        uploads.forget([name])
    done = min(job.total, job.parts.count() * AT_ONCE)
    ActsJob.objects.filter(pk=job.pk).update(done=done, beat_at=clock.now())


def _join(job: ActsJob) -> None:
    name = f"{secrets.token_hex(16)}.pdf"
    names = list(job.parts.order_by("number").values_list("kept_name", flat=True))
    with (uploads.folder() / name).open("wb") as whole:
        pdf_joining.join(_contents(names), whole)
    facts = {"state": JobState.DONE, "kept_name": name, "finished_at": clock.now(), "done": job.total}
    if not ActsJob.objects.filter(pk=job.pk, state=JobState.RUNNING).update(**facts):
        uploads.forget([name])
        return
    job.parts.all().delete()
    uploads.forget(names)
    forget_old(job)
    audit.record("registry.acts_printed", job, by=audit.SYSTEM, acts=job.total)


def _contents(names: list[str]) -> Iterator[bytes]:
    for name in names:
        yield (uploads.folder() / Path(name).name).read_bytes()
