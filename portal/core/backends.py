"""Parts that can be exchanged, chosen by alias: `{alias: {"BACKEND": dotted path, "OPTIONS": {…}}}`.

One resolver for every part of ours, with the shape of Django's own `CACHES` and `TASKS`.
"""

from __future__ import annotations

from typing import Generic, TypeVar

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import setting_changed
from django.utils.module_loading import import_string

T = TypeVar("T")


class Backends(Generic[T]):
    """The implementations named in one setting, each made once and kept.

    Raises ImproperlyConfigured for an unknown alias, a path that can't be imported, or a class of another kind.
    """

    def __init__(self, setting: str, kind: type[T]) -> None:
        self._setting = setting
        self._kind = kind
        self._made: dict[str, T] = {}
        setting_changed.connect(self._forget)

    def __getitem__(self, alias: str) -> T:
        if alias not in self._made:
            self._made[alias] = self._make(alias)
        return self._made[alias]

    @property
    def default(self) -> T:
        return self["default"]

    def _make(self, alias: str) -> T:
        rows = getattr(settings, self._setting, {})
        if alias not in rows:
            raise ImproperlyConfigured(f"{self._setting} has no {alias!r}; it has: {', '.join(rows) or 'nothing'}.")
        path = rows[alias]["BACKEND"]
        try:
            backend = import_string(path)
        except ImportError as missing:
            raise ImproperlyConfigured(f"{self._setting}[{alias!r}]: {path} can't be imported: {missing}") from missing
        made = backend(**rows[alias].get("OPTIONS", {}))
        if not isinstance(made, self._kind):
            raise ImproperlyConfigured(f"{self._setting}[{alias!r}]: {path} is not a {self._kind.__name__}.")
        return made

    def _forget(self, *, setting: str, **_: object) -> None:
        if setting == self._setting:
            self._made.clear()
