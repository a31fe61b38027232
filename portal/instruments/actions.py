"""What editors do with versions: begin, change, send, publish, give back, retire. Nobody publishes their own."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max

from portal.core import audit, clock
from portal.core.caching import forget_pages
from portal.core.languages import LANGUAGES
from portal.core.models import User
from portal.instruments.conditions import Bases
from portal.instruments.definition import Case
from portal.instruments.models import Instrument, State, Version
from portal.instruments.reading import read
from portal.instruments.scoring import failures
from portal.instruments.selectors import source_hash, untranslated


class NotNow(RuntimeError):
    """The version is in another state than this deed needs."""


class NotYours(PermissionError):
    """Nobody publishes what they wrote themselves."""


class Untested(ValueError):
    """There are no test cases, or some fail. `failed`: (case, what came out)."""

    def __init__(self, failed: list[tuple[Case, tuple[str, ...]]]) -> None:
        super().__init__(", ".join(case.name for case, _codes in failed) or "no test cases")
        self.failed = failed


@transaction.atomic
def begin(instrument: Instrument, *, by: User | None, document: Mapping[str, Any] | None = None) -> Version:
    """A new draft: of `document`, or a copy of the newest version. Raises NotNow while another one is not finished."""
    instrument = Instrument.objects.select_for_update().get(pk=instrument.pk)
    open_ones = instrument.versions.filter(state__in=(State.DRAFT, State.WAITING))
    if open_ones.exists():
        raise NotNow
    newest = instrument.versions.order_by("-number").first()
    version = Version.objects.create(
        instrument=instrument,
        number=(instrument.versions.aggregate(newest=Max("number"))["newest"] or 0) + 1,
        document=copy.deepcopy(dict(document if document is not None else newest.document if newest else {})),
        translated_from=dict(newest.translated_from) if newest else {},
        written_by=by,
        changed_at=clock.now(),
    )
    audit.record("instrument.begun", version, by=by or audit.SYSTEM, code=instrument.code, number=version.number)
    return version


@transaction.atomic
def change(version: Version, document: Mapping[str, Any], *, by: User, translated: Mapping[str, bool]) -> Version:
    """New words of a draft, sound or not yet. `translated`: languages said to be complete, or no longer so."""
    version = _locked(version, State.DRAFT)
    version.document = dict(document)
    declared = dict(version.translated_from)
    for language, is_current in translated.items():
        declared.pop(language, None)
        if is_current and language in LANGUAGES and language != version.source_language:
            declared[language] = source_hash(document, version.source_language)
    version.translated_from = declared
    version.written_by, version.changed_at = by, clock.now()
    version.save(update_fields=["document", "translated_from", "written_by", "changed_at"])
    audit.record("instrument.changed", version, by=by, code=version.instrument.code, number=version.number)
    return version


def test(version: Version, bases: Bases) -> list[tuple[Case, tuple[str, ...]]]:
    """The test cases of a version that fail, with what came out. Raises Unsound."""
    return failures(read(version.document), bases)


@transaction.atomic
def send(version: Version, *, bases: Bases, by: User) -> Version:
    """Hand a draft to a second pair of eyes. Raises Unsound, Untested."""
    version = _locked(version, State.DRAFT)
    _must_pass(version, bases)
    return _move(version, State.WAITING, "instrument.sent", by)


@transaction.atomic
def give_back(version: Version, why: str, *, by: User) -> Version:
    """Not published: a draft again, with the reason in the record."""
    return _move(_locked(version, State.WAITING), State.DRAFT, "instrument.given_back", by, reason=why)


@transaction.atomic
def publish(version: Version, *, bases: Bases, by: User) -> Version:
    """Residents meet this version from now on; the one before is retired. Raises NotYours, Unsound, Untested."""
    version = _locked(version, State.WAITING)
    if version.written_by_id == by.pk:
        raise NotYours
    return bring_out(version, bases=bases, by=by)


@transaction.atomic
def bring_out(version: Version, *, bases: Bases, by: User | None) -> Version:
    """Publish without a second pair of eyes: for content packs, whose makers had theirs. Raises Unsound, Untested."""
    _must_pass(version, bases)
    now = clock.now()
    for older in version.instrument.versions.filter(state=State.PUBLISHED).exclude(pk=version.pk):
        older.state, older.retired_at = State.RETIRED, now
        older.save(update_fields=["state", "retired_at"])
    version.published_by, version.published_at = by, now
    version.save(update_fields=["published_by", "published_at"])
    return _move(version, State.PUBLISHED, "instrument.published", by)


@transaction.atomic
def retire(version: Version, *, by: User) -> Version:
    """Nobody new begins with it; who has begun may finish."""
    version = _locked(version, State.PUBLISHED)
    version.retired_at = clock.now()
    version.save(update_fields=["retired_at"])
    return _move(version, State.RETIRED, "instrument.retired", by)


@transaction.atomic
def discard(version: Version, *, by: User) -> None:
    """Throw a draft away."""
    version = _locked(version, State.DRAFT)
    audit.record("instrument.discarded", version, by=by, code=version.instrument.code, number=version.number)
    version.delete()


def declare_all(version: Version) -> None:
    """Every language that is complete says what the source says. The caller saves."""
    source = version.source_language
    version.translated_from = {
        language: source_hash(version.document, source)
        for language in LANGUAGES
        if language != source and not untranslated(version.document, source, language)
    }


def _must_pass(version: Version, bases: Bases) -> None:
    definition = read(version.document)
    failed = failures(definition, bases)
    if failed or not definition.cases:
        raise Untested(failed)


def _locked(version: Version, *states: str) -> Version:
    found = Version.objects.select_for_update().select_related("instrument").get(pk=version.pk)
    if found.state not in states:
        raise NotNow
    return found


def _move(version: Version, state: str, deed: str, by: User | None, *, reason: str = "") -> Version:
    version.state = state
    version.save(update_fields=["state"])
    facts = {"code": version.instrument.code, "number": version.number}
    audit.record(deed, version, by=by or audit.SYSTEM, reason=reason, **facts)
    forget_pages()
    return version
