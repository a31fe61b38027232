"""Catalogues are compiled without gettext's tools, and gaps are named."""

from __future__ import annotations

import gettext
from gettext import c2py
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation.trans_real import DjangoTranslation

from portal.project.catalogues import PLURALS, catalogue_of, catalogues, compile_catalogues, faults, gaps

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


RULED = HEAD.rstrip() + f'\n"Plural-Forms: {PLURALS["lt"]}\\n"\n\n'


@pytest.mark.parametrize(
    ("message", "fault"),
    [
        ('msgid "Place %(place)s"\nmsgstr "Vieta %(vieta)s"', "placeholders differ"),
        ('msgid "Hello, {name}"\nmsgstr "Sveiki"', "placeholders differ"),
        ('msgid "Call <strong>112</strong>"\nmsgstr "Skambinkite <strong>112"', "tags differ"),
        ('msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "%(n)s diena"\nmsgstr[1] "x"', "2 plural forms"),
        ('msgid "%(n)s day"\nmsgid_plural "%(n)s days"\nmsgstr[0] "diena"\nmsgstr[1] "%(n)s d."\nmsgstr[2] "%(n)s d."',
         "placeholders differ"),
    ],
)  # fmt: skip
def test_a_translation_that_would_break_its_page_is_named(catalogue: Path, message: str, fault: str) -> None:
    catalogue.write_text(RULED + message + "\n")

    assert fault in faults(catalogue)[0]


def test_a_whole_translation_has_no_fault(catalogue: Path) -> None:
    catalogue.write_text(RULED + 'msgid "Call <b>%(phone)s</b>"\nmsgstr "<b>%(phone)s</b> – skambinkite"\n')

    assert faults(catalogue) == []


def test_a_catalogue_that_counts_by_another_rule_is_named(catalogue: Path) -> None:
    catalogue.write_text(HEAD)

    assert faults(catalogue) == ["lt: another plural rule"]


def test_our_own_catalogues_break_no_page() -> None:
    assert [fault for path in catalogues() for fault in faults(path)] == []


@pytest.mark.parametrize("language", PLURALS)
@pytest.mark.parametrize(("number", "form"), [(1, 0), (21, 0), (101, 0), (2, 1), (24, 1), (11, 2), (111, 2), (0, 2)])
def test_numbers_take_their_form_in_django_beside_its_own_catalogues(
    language: str, number: int, form: int, tmp_path: Path, settings: Any
) -> None:
    path = catalogue_of(language, tmp_path)
    path.parent.mkdir(parents=True)
    head = RULED.replace(PLURALS["lt"], PLURALS[language])
    path.write_text(head + 'msgid "a boat"\nmsgid_plural "boats"\nmsgstr[0] "0"\nmsgstr[1] "1"\nmsgstr[2] "2"\n')
    compile_catalogues(tmp_path)
    settings.LOCALE_PATHS = [tmp_path / "locale"]

    assert DjangoTranslation(language).ngettext("a boat", "boats", number) == str(form)


def test_five_is_few_in_lithuanian_and_many_in_russian_and_ukrainian() -> None:
    forms = {language: c2py(rule.split("plural=")[1].rstrip(";"))(5) for language, rule in PLURALS.items()}

    assert forms == {"lt": 1, "ru": 2, "uk": 2}
