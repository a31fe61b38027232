"""Writing the pack's records: what is missing is made, what differs is changed, what people edited is left alone.

Rows come first without their lists, so that anything may point at anything; then each is compared as a whole, and
published with a revision where it has a history. Loading the same pack again changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models
from wagtail.models import ModelLogEntry

from charter.feedback.models import Survey
from charter.models.content import EditedContent
from portal.core.languages import LANGUAGES
from portal.core.models import TranslatedContent
from portal.demo import surveys
from portal.demo.reading import PackError
from portal.demo.records import Record, target_of

Progress = Callable[[Sequence[Record]], Iterable[Record]]


class Writer:
    """Writes records of one pack; `counts` says how many were created, changed, kept and left as edited.

    `as_drafts`: nothing is published, and what is here already stays as it is unless it is taken by name.
    """

    def __init__(self, *, take: Collection[str] = (), as_drafts: bool = False) -> None:
        self._take = frozenset(take)
        self._as_drafts = as_drafts
        self.counts: Counter[str] = Counter()
        self._pks: dict[type[models.Model], dict[str, Any]] = {}
        self._edited: dict[type[models.Model], set[str]] = {}
        self._new: set[tuple[type[models.Model], Any]] = set()

    def write(self, records: Sequence[Record], progress: Progress = lambda each: each) -> None:
        """Bring all `records` into the database. The caller has checked them and opened a transaction."""
        rows = [(record, self._row(record)) for record in records]
        by_record = {id(record): row for record, row in rows}
        for record in progress(records):
            self._bring_up_to_date(record, by_record[id(record)])

    def _row(self, record: Record) -> models.Model:
        """The row there is, or a new one with its plain columns."""
        key = {**record.key, **self._keys(record, record.within)}
        row = record.model._default_manager.filter(**key).first()
        if row is None:
            row = record.model(**key, **self._keys(record, record.one), **record.columns(), **record.once)
            if isinstance(row, EditedContent):
                row.live = False
            row.save()
            self._new.add((record.model, row.pk))
        if record.code:
            self._pks.setdefault(record.model, {})[record.code] = row.pk
        return row

    def _keys(self, record: Record, codes: Mapping[str, str | None]) -> dict[str, Any]:
        """Foreign keys as columns."""
        return {
            f"{name}_id": None if code is None else self._pk(target_of(record.model, name), code)
            for name, code in codes.items()
        }

    def _pk(self, model: type[models.Model], code: str) -> Any:
        known = self._pks.setdefault(model, {})
        if code not in known:
            here = model._default_manager.filter(code=code).values_list("pk", flat=True).first()
            if here is None:
                raise PackError(f"there is no {model._meta.model_name} “{code}” here: bring it in, too")
            known[code] = here
        return known[code]

    def _bring_up_to_date(self, record: Record, row: models.Model) -> None:
        is_new = (record.model, row.pk) in self._new
        is_taken = f"{record.model._meta.model_name}:{record.code}" in self._take
        is_theirs = self._as_drafts or str(row.pk) in self._edited_by_people(record.model)
        if not is_new and ((not is_taken and is_theirs) or surveys.is_fixed(row)):
            self.counts["here already" if self._as_drafts else "edited by people, left as it is"] += 1
            return
        changed = self._assign(record, row)
        if isinstance(row, TranslatedContent):
            changed = _declare(row) or changed
        if isinstance(row, EditedContent):
            changed = changed or row.live_revision_id is None
            if changed:
                revision = row.save_revision(clean=False, log_action=False)
                if not self._as_drafts:
                    revision.publish(skip_permission_checks=True)
        elif changed:
            row.save()
        self.counts["new" if is_new else "changed" if changed else "unchanged"] += 1

    def _assign(self, record: Record, row: models.Model) -> bool:
        """Set what differs; says whether anything did."""
        changed = False
        for name, value in {**record.columns(), **self._keys(record, record.one)}.items():
            if getattr(row, name) != value:
                setattr(row, name, value)
                changed = True
        for name, codes in record.many.items():
            wanted = [self._pk(target_of(record.model, name), code) for code in codes]
            if {each.pk for each in getattr(row, name).all()} != set(wanted):
                getattr(row, name).set(target_of(record.model, name)._default_manager.filter(pk__in=wanted))
                changed = True
        for name, children in record.children.items():
            changed = self._assign_children(row, name, children) or changed
        return changed

    def _assign_children(self, row: models.Model, name: str, records: list[Record]) -> bool:
        wanted = [{**record.key, **record.columns(), **self._keys(record, record.one)} for record in records]
        present = list(getattr(row, name).all())
        if len(present) == len(wanted) and all(
            all(getattr(child, key) == value for key, value in columns.items())
            for child, columns in zip(present, wanted, strict=True)
        ):
            return False
        setattr(row, name, [record.model(**columns) for record, columns in zip(records, wanted, strict=True)])
        return True

    def _edited_by_people(self, model: type[models.Model]) -> set[str]:
        """Keys of rows somebody has worked on in the editor: the pack does not undo people's work."""
        if model not in self._edited:
            self._edited[model] = _by_people(model)
        return self._edited[model]


def _by_people(model: type[models.Model]) -> set[str]:
    if model is Survey:  # it is not edited in the CMS
        return {str(pk) for pk in surveys.edited_by_people()}
    kind = ContentType.objects.get_for_model(model)
    entries: models.QuerySet[ModelLogEntry] = ModelLogEntry.objects.filter(content_type=kind, user__isnull=False)
    return set(entries.values_list("object_id", flat=True))


def edited_by_people(model: type[models.Model], pk: Any) -> bool:
    """Whether somebody has worked on this row in the editor."""
    return str(pk) in _by_people(model)


def _declare(row: TranslatedContent) -> bool:
    """Languages the pack has written say what the source says; says whether that is news."""
    before = row.translated_from
    row.translated_from = {}
    for language in LANGUAGES:
        if language != row.source_language and getattr(row, f"{row.SOURCE_FIELDS[0]}_{language}"):
            row.declare_translated(language)
    return bool(before != row.translated_from)
