"""Texts of rows as a pack writes them: one a language, block style for long ones, and what is left out on purpose."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from portal.core.languages import DEFAULT, LANGUAGES, column
from portal.core.models import TranslatedContent

LONG = 120


class _Dumper(yaml.SafeDumper):
    """Keeps the order of keys, writes texts of several lines as blocks, never a reference to another place."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def as_text(data: Any) -> str:
    """What stands in one file of the pack."""
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=LONG)


def write(path: Path, data: Any) -> None:
    """One file of the pack."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(as_text(data), "utf-8")


class Said:
    """The texts of one row; collects the languages and single texts that are not there."""

    def __init__(self, row: Any) -> None:
        self._row = row
        self.untranslated: list[str] = []
        self._languages = list(LANGUAGES)
        if isinstance(row, TranslatedContent):
            self._languages = row.shown_languages()
            self.untranslated = [code for code in LANGUAGES if code not in self._languages and code != DEFAULT]

    def text(self, field: str) -> dict[str, str] | None:
        """One text in the languages that readers see; None where there is none at all."""
        values = {code: getattr(self._row, column(field, code)) for code in self._languages}
        found = {code: _tidy(value) for code, value in values.items() if value and _tidy(value)}
        if found:
            self.untranslated += [f"{field}.{code}" for code in self._languages if code not in found]
        return found or None

    def texts(self, fields: Iterable[str], *, called: Mapping[str, str] | None = None) -> dict[str, Any]:
        """Several texts by name; `called`: those that a pack calls differently."""
        found = {}
        for field in fields:
            name = (called or {}).get(field, field)
            before = len(self.untranslated)
            found[name] = self.text(field)
            if name != field:
                self.untranslated[before:] = [one.replace(field, name, 1) for one in self.untranslated[before:]]
        return found

    def must(self, fields: Iterable[str], *, called: Mapping[str, str] | None = None) -> dict[str, Any]:
        """Texts a pack must have: one that nobody wrote is said to be left out."""
        found = self.texts(fields, called=called)
        self.untranslated += [name for name, text in found.items() if text is None]
        return found

    def left_out(self) -> dict[str, list[str]]:
        """What a loader would otherwise take for forgotten."""
        return {"untranslated": self.untranslated} if self.untranslated else {}


def _tidy(text: str) -> str:
    """Without blanks at line ends: a block of YAML cannot hold them."""
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").splitlines()).strip()
