"""Exchange: profiles in versions, a file checked without a trace, loaded whole, and given out for a reason."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.text import slugify
from django_tasks import task

from portal.core import audit, clock
from portal.registry.exchange import loading, writing
from portal.registry.exchange.fields import fields_of, needed
from portal.registry.models import ExchangeProfile, ExchangeRun, Post, RunState
from portal.registry.posts import post_of
from portal.registry.refusals import Refused

LARGEST = 100 * 1024 * 1024
KEPT_DAYS = 7


@transaction.atomic
def save_profile(before: ExchangeProfile | None, facts: Mapping[str, Any], *, by: Post) -> ExchangeProfile:
    """A new profile, or the next version of one: the version before stays with what came in by it. Raises Refused."""
    columns = {name: column for name, column in facts["columns"].items() if column}
    if needed(facts["kind"]) - set(columns) or not ({"code", "name"} & set(columns)):
        missing = sorted(needed(facts["kind"]) - set(columns)) or ["code"]
        raise Refused("profile_lacks_columns", field=f"column-{missing[0]}")
    if len(set(columns.values())) != len(columns):
        raise Refused("profile_names_a_column_twice")
    made = ExchangeProfile(
        **{name: facts[name] for name in ("name", "kind", "format", "encoding", "delimiter")},
        columns=columns,
        codes={name: codes for name, codes in facts["codes"].items() if codes and name in columns},
        code=before.code if before else _free_code(facts["name"]),
        version=before.version + 1 if before else 1,
        made_by=by.user,
        made_at=clock.now(),
    )
    if before:
        ExchangeProfile.objects.filter(code=before.code).update(is_latest=False)
    made.save()
    audit.record("registry.exchange_profile_saved", made, by=by.user, code=made.code, version=made.version)
    return made


def check(profile: ExchangeProfile, file: UploadedFile[bytes], *, by: Post) -> ExchangeRun:
    """Take a file and see what it would do; nothing of it is kept. Raises Refused for one that is too large."""
    if (file.size or 0) > LARGEST:
        raise Refused("file_too_large", field="file", most=LARGEST // 1024 // 1024)
    kept, digest = secrets.token_hex(16), hashlib.sha256()
    with folder().joinpath(kept).open("wb") as out:
        for chunk in file.chunks():
            digest.update(chunk)
            out.write(chunk)
    run = ExchangeRun.objects.create(
        profile=profile,
        department=by.department,
        file_name=Path(str(file.name)).name[:120],
        kept_name=kept,
        size=file.size or 0,
        digest=digest.hexdigest(),
        by=by.user,
        at=clock.now(),
    )
    audit.record("registry.file_taken", run, by=by.user, sha256=run.digest)
    transaction.on_commit(lambda: work.enqueue(run.pk, keep=False))
    return run


def load(run: ExchangeRun, *, by: Post) -> None:
    """Load a file that was checked without a mistake: all of it in one transaction. Raises Refused."""
    taken = ExchangeRun.objects.filter(pk=run.pk, state=RunState.CHECKED)
    if not taken.update(state=RunState.LOADING, by=by.user):
        raise Refused("file_is_not_ready")
    transaction.on_commit(lambda: work.enqueue(run.pk, keep=True))


@task()
def work(run_pk: int, *, keep: bool) -> None:
    """Read the file in the background; how far it is stands in the cache, what came of it in the row."""
    run = ExchangeRun.objects.select_related("profile", "by").filter(pk=run_pk).first()
    post = post_of(run.by) if run else None
    expected = RunState.LOADING if keep else RunState.WAITING
    if run is None or run.state != expected:
        return
    if post is None:
        run.state = RunState.WRONG
        run.save(update_fields=["state"])
        return
    outcome = loading.take(
        folder() / run.kept_name, run.profile, by=post, keep=keep, told=lambda rows: cache.set(_key(run), rows, 3600)
    )
    run.counts, run.mistakes, run.done_at = outcome.counts, outcome.mistakes, clock.now()
    run.state = RunState.WRONG if outcome.wrong else RunState.LOADED if keep else RunState.CHECKED
    run.save(update_fields=["counts", "mistakes", "done_at", "state"])
    audit.record("registry.file_loaded" if keep else "registry.file_checked", run, by=run.by, counts=outcome.counts)
    if run.state != RunState.CHECKED:
        _drop(run)


def progress(run: ExchangeRun) -> int:
    """How many rows the worker has read so far."""
    return int(cache.get(_key(run), 0))


def give_out(
    profile: ExchangeProfile, *, first: dt.date, last: dt.date, reason: str, by: Post
) -> tuple[bytes, ExchangeRun]:
    """A file for another system, with its receipt. Raises Refused without a reason."""
    if len(reason.strip()) < 3:
        raise Refused("no_reason", field="reason")
    content, rows = writing.content(profile, first=first, last=last, by=by)
    run = ExchangeRun.objects.create(
        profile=profile,
        department=by.department,
        state=RunState.SENT,
        file_name=f"{profile.code}-{clock.today()}.{profile.format}",
        size=len(content),
        digest=hashlib.sha256(content).hexdigest(),
        counts={"rows": rows},
        reason=reason.strip()[:200],
        by=by.user,
        at=clock.now(),
        done_at=clock.now(),
    )
    audit.record("registry.file_given_out", run, by=by.user, rows=rows, sha256=run.digest)
    return content, run


def forget_files(before: dt.datetime) -> int:
    """Files that were checked and never loaded; the receipt of each stays."""
    old = ExchangeRun.objects.filter(at__lt=before).exclude(kept_name="")
    return sum(_drop(run) for run in old)


def folder() -> Path:
    """Where files lie until they are loaded."""
    path = Path(settings.DATA_DIR) / "exchange"
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def field_words(kind: str) -> dict[str, Any]:
    return {name: field.words for name, field in fields_of(kind).items()}


def _drop(run: ExchangeRun) -> bool:
    folder().joinpath(run.kept_name).unlink(missing_ok=True)
    run.kept_name = ""
    run.save(update_fields=["kept_name"])
    return True


def _key(run: ExchangeRun) -> str:
    return f"registry:exchange:{run.pk}"


def _free_code(name: str) -> str:
    code = slugify(name)[:36] or "profile"
    taken = set(ExchangeProfile.objects.filter(code__startswith=code).values_list("code", flat=True))
    return next(one for one in (code, *(f"{code}-{n}" for n in range(2, 999))) if one not in taken)
