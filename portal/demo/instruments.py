"""instruments.yaml and life_situations.yaml: questions with their outcomes, written short and spelt out here.

`scales` are options, `questions` whole questions and `labels` names of sums that several entries use.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from charter.models import BaseAmount
from charter.references import bases_today
from portal.core import clock
from portal.core.languages import LANGUAGES
from portal.demo.places import Place
from portal.demo.reading import Entry, Pack
from portal.demo.records import Record
from portal.instruments import actions
from portal.instruments.conditions import Bases
from portal.instruments.models import Instrument, Purpose, State
from portal.instruments.reading import Unsound, read
from portal.instruments.scoring import failures

FILES = ("instruments.yaml", "life_situations.yaml")
OWN = ("code", "purpose", "order", "icon", "topics", "is_sensitive")
DOCUMENT = (
    "title",
    "lead",
    "nothing",
    "by_points",
    "is_invented",
    "sections",
    "questions",
    "outcomes",
    "rules",
    "cases",
)
_YES_NO = (
    {"code": "yes", "text": {"lt": "Taip", "ru": "Да", "en": "Yes", "uk": "Так"}},
    {"code": "no", "text": {"lt": "Ne", "ru": "Нет", "en": "No", "uk": "Ні"}},
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One instrument of the pack with its document spelt out."""

    entry: Entry
    document: dict[str, Any]

    @property
    def code(self) -> str:
        return self.entry.get("code", str)


def sheets(pack: Pack, names: dict[str, Any]) -> Iterator[Sheet]:
    """Every instrument. `names`: names of services by code, for outcomes that have no title of their own."""
    for file in FILES:
        if pack.has(file):
            whole = pack.one(file)
            whole.knows("scales", "questions", "labels", "instruments")
            for entry in whole.entries("instruments"):
                entry.knows(*OWN, *DOCUMENT)
                yield Sheet(entry, _spelt_out(entry, _plain(whole.data), names))


def mistakes(records: list[Record], pack: Pack) -> list[str]:
    """What is wrong with the pack's instruments, their own tests included."""
    known = {(record.model._meta.model_name, record.code) for record in records}
    found: list[str] = []
    for sheet in sheets(pack, _names(records)):
        place = sheet.entry.place
        found += [
            f"{place.at('topics')}: there is no topic “{code}” in the pack"
            for code in sheet.entry.codes("topics")
            if ("topic", code) not in known
        ]
        if sheet.entry.get("purpose", str) not in Purpose.values:
            found.append(f"{place.at('purpose')}: should be one of {', '.join(Purpose.values)}")
        found += [
            f"{place}: {name}: should say one text for each of {', '.join(LANGUAGES)}, and nothing else"
            for name, texts in _texts(sheet.document)
            if set(texts) != set(LANGUAGES)
            or not all(isinstance(text, str) and text.strip() for text in texts.values())
        ]
        try:
            definition = read(sheet.document)
        except Unsound as trouble:
            found += [f"{place}: {where}: {what}" for where, what in trouble.mistakes]
            continue
        found += [
            f"{place}: there is no service “{code}” in the pack"
            for code in sorted(definition.services())
            if ("service", code) not in known
        ]
        found += [
            f"{place.at('cases')}: “{case.name}” gives {', '.join(codes) or 'nothing'}"
            for case, codes in failures(definition, _bases(records))
        ]
    return found


def said(pack: Pack) -> Iterator[tuple[Place, str, str, str]]:
    """Every text with its place, for whoever checks sums and links."""
    for sheet in sheets(pack, {}):
        for name, texts in _texts(sheet.document):
            for language, text in texts.items():
                yield sheet.entry.place, name, language, str(text)


def load_instruments(records: list[Record], pack: Pack) -> None:
    """Publish what is new or has changed; what people have worked on here stays as they left it."""
    here = {code: amount for code, (amount, _year) in bases_today().items()}
    for sheet in sheets(pack, _names(records)):
        entry = sheet.entry
        values = {
            "purpose": entry.get("purpose", str),
            "order": entry.may("order", int, 100),
            "icon": entry.may("icon", str, ""),
            "topics": entry.codes("topics"),
            "is_sensitive": entry.may("is_sensitive", bool, False),
        }
        instrument = Instrument.objects.filter(code=sheet.code).first()
        if instrument is not None and instrument.versions.exclude(written_by=None).exists():
            continue
        if instrument is None:
            instrument = Instrument.objects.create(code=sheet.code, **values)
        elif any(getattr(instrument, name) != value for name, value in values.items()):
            for name, value in values.items():
                setattr(instrument, name, value)
            instrument.save(update_fields=list(values))
        _publish(instrument, sheet.document, here | _bases(records))


def _publish(instrument: Instrument, document: dict[str, Any], bases: Bases) -> None:
    newest = instrument.versions.filter(state=State.PUBLISHED).first()
    if newest is not None and newest.document == document:
        return
    version = actions.begin(instrument, by=None, document=document)
    actions.declare_all(version)
    version.save(update_fields=["translated_from"])
    actions.bring_out(version, bases=bases, by=None)


def _spelt_out(entry: Entry, shared: dict[str, Any], names: dict[str, Any]) -> dict[str, Any]:
    document = {key: value for key, value in _plain(entry.data).items() if key in DOCUMENT}
    if "questions" in document:
        document["sections"] = [{"code": "all", "title": {}, "questions": document.pop("questions")}]
    for section in document.get("sections") or ():
        section["questions"] = [_question(entry, one, shared) for one in section["questions"]]
    for outcome in document.get("outcomes") or ():
        services = outcome.get("services") or [""]
        outcome.setdefault("title", names.get(services[0]) or dict.fromkeys(LANGUAGES, services[0]))
        for amount in outcome.get("amounts") or ():
            if isinstance(amount["label"], str):
                amount["label"] = _shared(entry, shared, "labels", amount["label"])
    return document


def _question(entry: Entry, short: dict[str, Any], shared: dict[str, Any]) -> dict[str, Any]:
    question = {**(_shared(entry, shared, "questions", short["use"]) if "use" in short else {}), **short}
    question.pop("use", None)
    scale = question.pop("scale", None)
    if scale is not None:
        question |= {"kind": question.get("kind", "single"), "options": _shared(entry, shared, "scales", scale)}
    if question.get("kind") == "yes_no":
        question.setdefault("options", copy.deepcopy(list(_YES_NO)))
    return question


def _shared(entry: Entry, shared: dict[str, Any], kind: str, name: str) -> Any:
    if name not in (shared.get(kind) or {}):
        raise entry.wrong(kind, f"there is no “{name}” among the {kind}")
    return copy.deepcopy(shared[kind][name])


def _plain(data: Any) -> Any:
    if isinstance(data, dict):
        return {str(key): _plain(value) for key, value in data.items()}
    return [_plain(one) for one in data] if isinstance(data, list) else data


def _names(records: list[Record]) -> dict[str, Any]:
    return {record.code: dict(record.texts["name"]) for record in records if record.model._meta.model_name == "service"}


def _bases(records: list[Record]) -> dict[str, Decimal]:
    """The pack's base amounts of the newest year that has begun."""
    found: dict[str, Decimal] = {}
    amounts = [record for record in records if record.model is BaseAmount]
    for record in sorted(amounts, key=lambda one: int(one.key["year"])):
        if record.key["year"] <= clock.today().year:
            found[record.code] = record.values["amount"]
    return found


def _texts(data: Any, name: str = "") -> Iterator[tuple[str, dict[str, str]]]:
    """Whatever holds a language is a text: a key that is none – a comma can cut a line in two – must not hide it."""
    if isinstance(data, dict) and not set(data).isdisjoint(LANGUAGES):
        yield name, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _texts(value, str(key))
    elif isinstance(data, list):
        for value in data:
            yield from _texts(value, name)
