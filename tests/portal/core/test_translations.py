"""A resident reads a language only when somebody declared it a translation; then with a note when it is old."""

from __future__ import annotations

from typing import Any

import pytest

from charter.models import Institution
from portal.core import translations
from portal.core.languages import Localised

pytestmark = pytest.mark.django_db
FIELDS = Institution.SOURCE_FIELDS


def row(**texts: str) -> dict[str, Any]:
    Institution.objects.create(code="kspc", slug_lt="kspc", name_lt="Centras", name_ru="Центр", **texts)
    return again()


def declare(language: str) -> None:
    institution = Institution.objects.get()
    institution.declare_translated(language)
    institution.save()


def again() -> dict[str, Any]:
    return dict(Institution.objects.values(*translations.columns_of(FIELDS)).get())


def test_a_translation_somebody_only_began_is_not_shown() -> None:
    assert translations.text(row(), "name", "ru") == Localised("Centras", "lt", is_fallback=True)


def test_a_declared_translation_is_shown() -> None:
    row()
    declare("ru")

    assert translations.text(again(), "name", "ru") == Localised("Центр", "ru")
    assert not translations.is_outdated(again(), FIELDS, "ru")


def test_a_translation_older_than_its_source_says_so() -> None:
    row()
    declare("ru")
    Institution.objects.update(name_lt="Naujas centras")

    assert translations.is_outdated(again(), FIELDS, "ru")
    assert not translations.is_outdated(again(), FIELDS, "lt")


def test_the_row_and_the_object_agree_which_languages_are_shown() -> None:
    row()
    declare("ru")

    assert translations.shown_languages(again()) == Institution.objects.get().shown_languages()
