"""Catalogues are compiled without gettext's tools, and gaps are named."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest

from portal.project.catalogues import compile_catalogues, gaps

HEAD = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    path = tmp_path / "locale" / "lt" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True)
    return path


def test_a_compiled_catalogue_speaks(catalogue: Path, tmp_path: Path) -> None:
    catalogue.write_text(HEAD + 'msgid "Write to a consultant"\nmsgstr "Parašykite konsultantui"\n')

    compile_catalogues(tmp_path)

    words = gettext.translation("django", tmp_path / "locale", languages=["lt"])
    assert words.gettext("Write to a consultant") == "Parašykite konsultantui"


def test_what_has_not_changed_is_not_compiled_again(catalogue: Path, tmp_path: Path) -> None:
    catalogue.write_text(HEAD)

    assert [compile_catalogues(tmp_path), compile_catalogues(tmp_path)] == [1, 0]


def test_missing_and_doubtful_translations_are_named(catalogue: Path) -> None:
    catalogue.write_text(HEAD + 'msgid "Phone"\nmsgstr ""\n\n#, fuzzy\nmsgid "Hours"\nmsgstr "Valandos"\n')

    assert gaps(catalogue) == ["lt: not translated: 'Phone'", "lt: marked as doubtful: 'Hours'"]
