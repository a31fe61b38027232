"""A row as the pack wants it, and the check that the database would take it – without asking the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import models

from charter.models import ServiceStandard
from portal.core.languages import LANGUAGES, column
from portal.core.rich_text import clean
from portal.demo.places import Place
from portal.demo.reading import Texts


@dataclass(frozen=True, slots=True)
class Record:
    """`key` and `within` (a foreign key by code): how it is found · `one`: other foreign keys, `many`: lists, by code
    · `children`: rows that live and are published inside this one · `once`: what is only said when the row is made.
    """

    model: type[models.Model]
    place: Place
    key: Mapping[str, Any]
    within: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    texts: Mapping[str, Texts] = field(default_factory=dict)
    one: Mapping[str, str | None] = field(default_factory=dict)
    many: Mapping[str, list[str]] = field(default_factory=dict)
    children: Mapping[str, list[Record]] = field(default_factory=dict)
    once: Mapping[str, Any] = field(default_factory=dict)

    @property
    def code(self) -> str:
        return str(self.key.get("code", self.key.get("public_id", "")))

    def columns(self) -> dict[str, Any]:
        """Every plain column and every language column, rich text cleaned as saving would clean it."""
        rich = getattr(self.model, "RICH_FIELDS", ())
        found = dict(self.values)
        for name, texts in self.texts.items():
            for language in LANGUAGES:
                text = texts[language]
                found[column(name, language)] = (str(clean(text)) if name in rich else text) or _nothing(name)
        return found


def _nothing(name: str) -> str | None:
    """An address word that is not there is NULL (many may have none), a text is empty."""
    return None if name == "slug" else ""


def check(records: Iterable[Record]) -> list[str]:
    """What is wrong with these records, one line a mistake; empty when they can be loaded."""
    all_records = list(records)
    known = {(record.model, record.code) for record in all_records}
    found: list[str] = []
    seen: set[tuple[Any, ...]] = set()
    for record in all_records:
        key = (record.model, str(sorted({**record.key, **record.within}.items())))
        if key in seen:
            found.append(f"{record.place}: stands twice")
        seen.add(key)
        found += _unknown_codes(record, known)
        found += _invalid(record)
    return found


def target_of(model: type[models.Model], name: str) -> type[models.Model]:
    """The model a relation points at."""
    return cast(type[models.Model], model._meta.get_field(name).related_model)


def _unknown_codes(record: Record, known: set[tuple[type[models.Model], str]]) -> list[str]:
    wanted = [(name, code) for name, code in {**record.within, **record.one}.items() if code is not None]
    wanted += [(name, code) for name, codes in record.many.items() for code in codes]
    found = [
        f"{record.place.at(name, containing=code)}: "
        f"there is no {target_of(record.model, name)._meta.model_name} “{code}” in the pack"
        for name, code in wanted
        if (target_of(record.model, name), code) not in known
    ]
    for children in record.children.values():
        for child in children:
            found += _unknown_codes(child, known)
    return found


def _invalid(record: Record) -> list[str]:
    """Lengths, choices, addresses: what the columns themselves refuse."""
    values = {**record.key, **record.columns()}
    skip = {each.name for each in record.model._meta.fields if each.name not in values}
    try:
        row = record.model(**values)
        row.clean_fields(exclude=skip)
        if isinstance(row, ServiceStandard):
            row.clean()
    except ValidationError as error:
        return [f"{record.place.at(*_keys_of(name))}: {' '.join(texts)}" for name, texts in error.message_dict.items()]
    return []


def _keys_of(name: str) -> tuple[str, ...]:
    """A column as the pack writes it: `summary_uk` stands under `summary`, `uk`."""
    field, _, language = name.rpartition("_")
    return (field, language) if language in LANGUAGES else (name,)
