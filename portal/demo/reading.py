"""Reading a content pack's files: every mistake is named with its file, its line and the key where it stands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from django.utils import timezone

from portal.core.languages import DEFAULT, LANGUAGES
from portal.demo.places import Loader, Place, is_plain

LARGEST = 8_000_000  # signs of one file; the largest of the pack that comes along has a tenth of it
MOST_FILES = 20_000
Texts = dict[str, str]
Kind = TypeVar("Kind")


class PackError(Exception):
    """Something in the pack is wrong; the message says in which file and where."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A mapping of the pack and where it stands. `untranslated`: languages left out on purpose."""

    data: dict[str, Any]
    place: Place
    untranslated: frozenset[str] = frozenset()

    def wrong(self, key: str, what: str) -> PackError:
        return PackError(f"{self.place.at(*key.split('.'))}: {what}")

    def knows(self, *keys: str) -> None:
        """Refuse keys nobody reads: they are most likely misspelt."""
        for key in self.data:
            if key not in keys and key != "untranslated":
                raise self.wrong(str(key), "this key is not known")

    def get(self, key: str, kind: type[Kind]) -> Kind:
        """A value that must be there."""
        value = self.data.get(key)
        if isinstance(value, bool) and kind is not bool:
            raise self.wrong(key, f"{value!r} should be {kind.__name__}")
        if not isinstance(value, kind):
            raise self.wrong(key, "is missing" if value is None else f"{value!r} should be {kind.__name__}")
        return value

    def may(self, key: str, kind: type[Kind], default: Kind) -> Kind:
        """A value that may be left out or be null."""
        return default if self.data.get(key) is None else self.get(key, kind)

    def date(self, key: str) -> dt.date | None:
        return None if self.data.get(key) is None else self.get(key, dt.date)

    def moment(self, key: str) -> dt.datetime | None:
        """A day and hour by the town's clock, written "2026-12-01 08:00" in quotes."""
        if self.data.get(key) is None:
            return None
        try:
            return timezone.make_aware(dt.datetime.fromisoformat(self.get(key, str)))
        except ValueError as error:
            raise self.wrong(key, "should be a day and hour like “2026-12-01 08:00”, in quotes") from error

    def codes(self, key: str) -> list[str]:
        """A list of codes; empty when left out."""
        codes = self.may(key, list, [])
        if not all(isinstance(code, str) for code in codes):
            raise self.wrong(key, "should be a list of codes")
        return codes

    def texts(self, key: str) -> Texts:
        """A text that must be there in every language the entry is written in."""
        if self.data.get(key) is None and key not in self.untranslated:
            raise self.wrong(key, "is missing")
        return self.may_texts(key)

    def may_texts(self, key: str) -> Texts:
        """A text that may be left out – but then in all languages. {language: text}, "" where there is none."""
        value = self.data.get(key)
        if value is None:
            return dict.fromkeys(LANGUAGES, "")
        if not isinstance(value, dict):
            raise self.wrong(key, "should say one text a language: lt, ru, en, uk")
        for language in value:
            if language not in LANGUAGES:
                raise self.wrong(f"{key}.{language}", "is none of the four languages")
        for language in LANGUAGES:
            text = value.get(language)
            if text is None and {language, f"{key}.{language}"} & self.untranslated:
                continue
            if not isinstance(text, str) or not text.strip():
                raise self.wrong(f"{key}.{language}", "the text is missing")
        return {language: (value.get(language) or "").strip() for language in LANGUAGES}

    def entries(self, key: str) -> list[Entry]:
        return [
            _entry(item, self.place.under(f"{key}[{number}]", item))
            for number, item in enumerate(self.may(key, list, []), 1)
        ]

    def entry(self, key: str) -> Entry:
        return _entry(self.get(key, dict), self.place.under(key, self.data[key]))

    def plain(self, key: str) -> list[Any]:
        """A list kept as it is (sources, facts not confirmed), with dates as words."""
        return [_plain(item) for item in self.may(key, list, [])]


@dataclass(frozen=True, slots=True)
class Pack:
    """A folder with one municipality's content."""

    folder: Path

    def has(self, name: str) -> bool:
        return (self.folder / name).exists()

    def one(self, name: str) -> Entry:
        """A file that holds one mapping."""
        place = self.place(name)
        return _entry(place.data, place)

    def many(self, name: str) -> list[Entry]:
        """A file that holds a list of mappings."""
        place = self.place(name)
        if not isinstance(place.data, list):
            raise PackError(f"{place}: should be a list")
        return [_entry(item, place.under(_name_of(item, number), item)) for number, item in enumerate(place.data, 1)]

    def each(self, folder: str) -> Iterator[Entry]:
        """One mapping a file, by name of file; the file is called like its `code`."""
        paths = sorted((self.folder / folder).glob("*.yaml"))
        if len(paths) > MOST_FILES:
            raise PackError(f"{folder}: has more than {MOST_FILES} files")
        for path in paths:
            entry = self.one(f"{folder}/{path.name}")
            if entry.get("code", str) != path.stem:
                raise entry.wrong("code", f"{entry.data['code']!r} should be the name of the file, {path.stem!r}")
            yield entry

    def place(self, name: str) -> Place:
        """A whole file."""
        try:
            text = self._text(name)
            data = yaml.load(text, Loader)  # noqa: S506  (built on SafeLoader)
            if not is_plain(data):
                raise PackError(f"{name}: a text that is used twice is written twice: references (*) are not read")
            return Place(name, tuple(text.splitlines()), data)
        except OSError as error:
            raise PackError(f"{name}: cannot be read ({error.strerror})") from error
        except yaml.MarkedYAMLError as error:
            line = f", line {error.problem_mark.line + 1}" if error.problem_mark else ""
            raise PackError(f"{name}{line}: {error.problem}") from error
        except RecursionError as error:
            raise PackError(f"{name}: is nested too deep") from error
        except (UnicodeDecodeError, yaml.YAMLError) as error:
            raise PackError(f"{name}: {error}") from error

    def _text(self, name: str) -> str:
        """What stands in a file of the folder; never in one that a link leads to elsewhere, never a huge one."""
        path = self.folder / name
        if not path.resolve().is_relative_to(self.folder.resolve()):
            raise PackError(f"{name}: lies outside the pack")
        if path.stat().st_size > LARGEST:
            raise PackError(f"{name}: is larger than {LARGEST // 1_000_000} MB")
        return path.read_text("utf-8")


def _entry(data: Any, place: Place) -> Entry:
    if not isinstance(data, dict):
        raise PackError(f"{place}: should be keys with values")
    left_out = data.get("untranslated") or []
    if not isinstance(left_out, list) or not all(isinstance(one, str) for one in left_out):
        raise PackError(f"{place.at('untranslated')}: should be a list of languages")
    written_in = data.get("written_in") or DEFAULT
    for one in left_out:
        language = one.rpartition(".")[2]
        is_whole = one in data and data[one] is None  # a text nobody has written in any language
        if not is_whole and (language not in LANGUAGES or language == written_in):
            raise PackError(f"{place.at('untranslated')}: {one!r} cannot be left out")
    return Entry(data, place, frozenset(left_out))


def _name_of(item: Any, number: int) -> str:
    return str(item.get("code") or item.get("service") or number) if isinstance(item, dict) else str(number)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    return value.isoformat() if isinstance(value, dt.date) else value
