"""Translations out to an agency and back, with checks by line."""

from __future__ import annotations

from collections.abc import Iterator

import polib
import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from kb.models import Article
from kb.translating import po
from kb.translating.differences import marked
from portal.core.models import TranslationState
from tests.factories.kb import article
from tests.people import carol

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """What is wrong is told in the language of whoever asks; these tests read English."""
    with override("en"):
        yield


def translated(text: str, **by_msgid: str) -> bytes:
    """The file with every message put into "Russian"."""
    file = polib.pofile(text)
    for message in file:
        message.msgstr = by_msgid.get(message.msgctxt.split("|")[2], message.msgid)
        message.flags = []
    return str(file).encode()


def test_out_and_in_again_makes_the_language_current() -> None:
    article(languages=(), title_ru="", body_lt="<p>Visas {{2 VRP}}.</p>")
    found = po.read(translated(po.export("ru", kind="kb.article"), title="Как?"), "ru")
    assert found.is_sound
    assert po.bring_in(found, by=carol()) == (1, 0)
    answer = Article.objects.get()
    assert (answer.title_ru, answer.translation_state("ru")) == ("Как?", TranslationState.CURRENT)
    assert po.export("ru", kind="kb.article").count("msgctxt") == 0


def test_a_source_that_has_changed_meanwhile_shows_as_outdated() -> None:
    answer = article(languages=())
    data = translated(po.export("ru", kind="kb.article"))
    answer.title_lt = "Pakeista?"
    answer.save()
    po.bring_in(po.read(data, "ru"), by=carol())
    assert Article.objects.get().translation_state("ru") == TranslationState.OUTDATED


def test_an_outdated_text_goes_out_as_fuzzy_and_a_fuzzy_one_is_not_taken_in() -> None:
    answer = article()
    answer.title_lt = "Pakeista?"
    answer.save()
    text = po.export("ru", kind="kb.article")
    assert "fuzzy" in text
    found = po.read(text.encode(), "ru")
    assert (dict(found.texts), found.untouched > 0) == ({}, True)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"body": "<p>Всё.</p>"}, "{{2 VRP}}"),
        ({"body": "<p>Всё {{2 VRP}} {{phone:kspc}}.</p>"}, "{{phone:kspc}}"),
        ({"body": "Всё {{2 VRP}}."}, "Paragraphs"),
        ({"title": "я" * 201}, "at most 200"),
        ({"body": '<p><a href="http://evil.example">Всё</a> {{2 VRP}}.</p>'}, "http://evil.example"),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_nothing_is_brought_in(wrong: dict[str, str], said: str) -> None:
    article(languages=(), body_lt="<p>Visas {{2 VRP}}.</p>")
    found = po.read(translated(po.export("ru", kind="kb.article"), **wrong), "ru")
    assert any(said in trouble.what and trouble.line > 0 for trouble in found.troubles), found.troubles
    with pytest.raises(ValueError, match="mistakes"):
        po.bring_in(found, by=carol())


@pytest.mark.parametrize(
    "data",
    [b"", b"\x00\xff", b"msgid", b'msgid "x"\nmsgstr "y"\n', b'msgid ""\nmsgstr ""\n"Language: uk\\n"\n'],
)
def test_a_broken_or_foreign_file_is_refused(data: bytes) -> None:
    assert not po.read(data, "ru").is_sound


def test_a_message_of_nobody_is_refused() -> None:
    data = 'msgid ""\nmsgstr ""\n"Language: ru\\n"\n\nmsgctxt "auth.user|1|password"\nmsgid "x"\nmsgstr "y"\n'
    assert [trouble.line for trouble in po.read(data.encode(), "ru").troubles] == [5]


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_comparison_never_lets_markup_through(before: str, after: str) -> None:
    shown = str(marked(before, after))
    rest = shown.replace("<ins>", "").replace("</ins>", "").replace("<del>", "").replace("</del>", "")
    assert "<" not in rest
    assert ">" not in rest
