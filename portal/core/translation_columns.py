"""A column in the editors' lists: how a language stands."""

from __future__ import annotations

from typing import Any

from wagtail.admin.ui.tables import Column

from portal.core.models import TranslatedContent


class LanguageColumn(Column):
    """The translation state of one language, in a word."""

    def __init__(self, language: str) -> None:
        super().__init__(f"language_{language}", label=language.upper(), accessor=self._state)
        self.language = language

    def _state(self, content: TranslatedContent) -> Any:
        return content.translation_state(self.language).label
