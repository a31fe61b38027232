"""All that is kept about one person, for the person: as data, as a page to read, and with the files."""

from __future__ import annotations

import datetime as dt
import json
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from django.db.models import Field, ForeignKey, Model
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from portal.core import audit, clock, uploads
from portal.core.crypto import Unreadable, decrypt
from portal.core.models import User
from portal.core.templatetags.parama import in_figures
from portal.registry.law import graph
from portal.registry.models import Post, Recipient

# Keys by which rows are found and files are named: they say nothing that the other columns do not say.
_TECHNICAL = frozenset(
    {"id", "kept_name", "person_handle", "outer_key", "client_id", "is_demo", "key_id", "digest", "sealed"}
)
# Columns without words of their own, as a reader calls them.
_WORDS: dict[str, Any] = {
    "at": gettext_lazy("when"),
    "answers": gettext_lazy("answers"),
    "points": gettext_lazy("points"),
    "group": gettext_lazy("group"),
    "by": gettext_lazy("by whom"),
    "text": gettext_lazy("words"),
    "code": gettext_lazy("Personal code"),
    "data": gettext_lazy("what it was filled with"),
    "body": gettext_lazy("as it was brought in"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One thing that is kept: its name for programs and for people, and what stands there."""

    name: str
    words: str
    value: Any

    @property
    def shown(self) -> str:
        return _shown(self.value)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table's rows about the person."""

    name: str
    title: str
    rows: tuple[tuple[Column, ...], ...]


def sheets(person: Recipient) -> list[Sheet]:
    """Everything, table by table, in the language of the page; tables with nothing about the person stay out."""
    people = graph.everybody(person)
    found = [_sheet(Recipient, Recipient.objects.filter(pk__in=people).order_by("pk"))]
    found += [_sheet(table.model, table.rows(people)) for table in graph.tables()]
    return [sheet for sheet in found if sheet.rows]


def as_json(person: Recipient, *, by: Post) -> str:
    """Everything as data that another system can read."""
    _on_record(person, by, "json")
    return _json(sheets(person))


def as_html(person: Recipient, *, by: Post) -> str:
    """Everything as a page to read, in the person's language."""
    _on_record(person, by, "html")
    with override(person.language):
        return _html(person, sheets(person))


def as_archive(person: Recipient, *, by: Post) -> IO[bytes]:
    """Everything with the files themselves; it lies on the disk, not in memory, and goes when it is closed."""
    _on_record(person, by, "zip")
    out = tempfile.TemporaryFile()  # noqa: SIM115  (whoever hands it out closes it)
    with override(person.language), zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        found = sheets(person)
        archive.writestr("record.json", _json(found))
        archive.writestr("record.html", _html(person, found))
        for name, path in _files(person):
            archive.write(path, f"files/{name}")
    out.seek(0)
    return out


def kept_names(person: Recipient) -> list[str]:
    """Names under which the person's files lie in the upload folder."""
    return [row.kept_name for table in _with_files() for row in table.rows(graph.everybody(person)) if row.kept_name]


def _on_record(person: Recipient, by: Post, form: str) -> None:
    audit.record("registry.data_given_out", person, by=by.user, form=form)


def _with_files() -> list[graph.Table]:
    return [table for table in graph.tables() if any(f.name == "kept_name" for f in table.model._meta.fields)]


def _files(person: Recipient) -> Iterator[tuple[str, Any]]:
    for table in _with_files():
        for row in table.rows(graph.everybody(person)):
            path = uploads.folder() / row.kept_name
            if row.kept_name and path.is_file():
                yield f"{table.model._meta.model_name}-{row.pk}{path.suffix}", path


def _json(found: list[Sheet]) -> str:
    data = {sheet.name: [{one.name: one.value for one in row} for row in sheet.rows] for sheet in found}
    told = {"made_at": clock.now().isoformat(), "record": data}
    return json.dumps(told, default=_plain, ensure_ascii=False, indent=1)


def _html(person: Recipient, found: list[Sheet]) -> str:
    context = {"person": person, "sheets": found, "at": clock.now(), "language": person.language}
    return render_to_string("registry/paper/data.html", context)


def _sheet(model: type[Model], rows: Any) -> Sheet:
    fields = [field for field in model._meta.concrete_fields if not _is_technical(field)]
    links = [field.name for field in fields if isinstance(field, ForeignKey)]
    title = str(model._meta.verbose_name_plural)
    shown = tuple(tuple(_column(field, row) for field in fields) for row in rows.select_related(*links))
    return Sheet(model._meta.model_name or "", title[:1].upper() + title[1:], shown)


def _is_technical(field: Field[Any, Any]) -> bool:
    name = field.name
    if isinstance(field, ForeignKey) and (field.related_model is Recipient or _hangs(field.related_model)):
        return True
    return name in _TECHNICAL or name.endswith(("_key", "_index"))


def _hangs(model: Any) -> bool:
    return any(table.model is model for table in graph.tables())


def _column(field: Field[Any, Any], row: Model) -> Column:
    name = field.name
    words = str(field.verbose_name) if isinstance(field.verbose_name, Promise) else str(_WORDS.get(name, name))
    if name.endswith("_encrypted"):
        plain = name.removesuffix("_encrypted")
        try:
            value = getattr(row, plain) if hasattr(row, plain) else decrypt(getattr(row, name))
        except Unreadable:
            value = None
        return Column(plain, str(_WORDS.get(plain, _("number"))), value)
    value = getattr(row, name)
    if isinstance(field, ForeignKey):
        return Column(name, words, _who(value))
    if field.choices:
        return Column(name, words, str(getattr(row, f"get_{name}_display")()))
    return Column(name, words, value)


def _who(value: Any) -> str | None:
    """Of colleagues the role and office; the name is given by the officer on request."""
    if isinstance(value, User):
        value = Post.objects.filter(user=value).first() or _("a member of staff")
    if isinstance(value, Post):
        return ", ".join(filter(None, (str(value.get_role_display()), value.department)))
    return None if value is None else str(value)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, dt.date | dt.time) else str(value)


def _shown(value: Any) -> str:
    if value is None or value in ("", [], {}):
        return "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dt.datetime):
        return f"{in_figures(localtime(value).date())} {localtime(value):%H:%M}"
    if isinstance(value, dt.date):
        return in_figures(value)
    if isinstance(value, dict):
        return "; ".join(f"{name}: {_shown(one)}" for name, one in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(_shown, value))
    return str(value)
