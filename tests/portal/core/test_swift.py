"""The quick `translate`, `blocktranslate` and `static` say what Django's own say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import polib
import pytest
from django.template import engines
from django.test import override_settings
from django.utils.translation import override

DJANGOS = "{% load i18n static %}"
WORDS = [
    '{% translate "100 %% sure & <safe>" %}',
    "{% autoescape off %}{% translate '100 %% sure & <safe>' %}{% endautoescape %}",
    '{% translate "Phone" as word %}[{{ word }}]',
    "{% translate word %}",
    '{% translate "Phone" noop %}',
    '{% translate "May" context "month name" %}',
    '{% translate "May" context word %}',
    '{% translate "phone"|upper %}',
    "{% static 'icons.svg' %}",
    "{% static file %}",
    "{% static 'icons.svg' as url %}[{{ url }}]",
    "{% url 'pages:contacts' %}",
    "{% url route %}",
    "{% url 'kb:article' word %}",
    "{% url 'pages:contacts' as url %}[{{ url }}]",
    "{% blocktranslate %}100 % sure & <safe>{% endblocktranslate %}",
    "{% blocktranslate trimmed with place=file|upper %}\n  Here: {{ place }},\n  {{ word }}.\n{% endblocktranslate %}",
    "{% blocktranslate with place=shouted %}Here: {{ place }}{% endblocktranslate %}",
    "{% autoescape off %}{% blocktranslate with place=shouted %}{{ place }}{% endblocktranslate %}{% endautoescape %}",
    "{% blocktranslate %}Nobody gave {{ this }}.{% endblocktranslate %}",
    "{% blocktranslate with place=nothing.at.all %}Nobody gave {{ place }}.{% endblocktranslate %}",
    "{% blocktranslate asvar sentence %}Here: {{ file }}{% endblocktranslate %}[{{ sentence }}]",
    "{% blocktranslate count n=2 %}{{ n }} word{% plural %}{{ n }} words{% endblocktranslate %}",
    '{% blocktranslate context "month name" %}May{% endblocktranslate %}',
]


@pytest.fixture
def catalogue(tmp_path: Path) -> Path:
    """A Lithuanian catalogue of one word, one sentence and one mistake."""
    folder = tmp_path / "lt" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    file = polib.POFile()
    file.metadata = {"Content-Type": "text/plain; charset=utf-8"}
    file.append(polib.POEntry(msgid="Phone", msgstr="Telefonas"))
    file.append(polib.POEntry(msgid="Call %(number)s", msgstr="Skambinkite %(number)s"))
    file.append(polib.POEntry(msgid="Write to %(name)s", msgstr="Rašykite %(nobody)s"))
    file.save_as_mofile(str(folder / "django.mo"))
    return tmp_path


def _render(text: str) -> str:
    return str(
        engines["django"]
        .from_string(text)
        .render({"word": "Phone", "file": "icons.svg", "shouted": "<b>&", "route": "pages:contacts"})
    )


@pytest.mark.parametrize("text", WORDS)
def test_a_word_or_address_is_the_same_as_djangos(text: str) -> None:
    assert _render(text) == _render(DJANGOS + text)


@pytest.mark.parametrize("text", WORDS)
def test_the_second_time_is_as_the_first(text: str) -> None:
    assert _render(text) == _render(text)


def test_each_reader_gets_their_own_language(catalogue: Path) -> None:
    template = engines["django"].from_string('{% translate "Phone" %}')
    with override_settings(LOCALE_PATHS=[catalogue]):
        said: dict[str, Any] = {}
        for language in ("lt", "en", "lt"):
            with override(language):
                said[language] = template.render({})

    assert said == {"lt": "Telefonas", "en": "Phone"}


def test_a_sentence_is_in_the_language_of_each_reader(catalogue: Path) -> None:
    template = engines["django"].from_string("{% blocktranslate %}Call {{ number }}{% endblocktranslate %}")
    with override_settings(LOCALE_PATHS=[catalogue]):
        said: dict[str, Any] = {}
        for language, number in (("lt", "1"), ("en", "2"), ("lt", "3")):
            with override(language):
                said[language] = template.render({"number": number})

    assert said == {"lt": "Skambinkite 3", "en": "Call 2"}


def test_an_address_is_in_the_language_of_each_reader() -> None:
    template = engines["django"].from_string("{% url 'pages:contacts' %}")
    said = {}
    for language in ("lt", "en", "lt"):
        with override(language):
            said[language] = template.render({})[:4]

    assert said == {"lt": "/lt/", "en": "/en/"}


def test_a_part_in_another_language_is_said_in_it_and_the_rest_is_not(catalogue: Path) -> None:
    template = engines["django"].from_string(
        '{% translate "Phone" %} {% language "lt" %}{% translate "Phone" %}{% endlanguage %} {% translate "Phone" %}'
    )
    with override_settings(LOCALE_PATHS=[catalogue]), override("en"):
        assert template.render({}) == "Phone Telefonas Phone"


def test_the_same_word_meant_otherwise_is_another_word(catalogue: Path) -> None:
    template = engines["django"].from_string('{% translate "Phone" %} {% translate "Phone" context "to phone" %}')
    with override_settings(LOCALE_PATHS=[catalogue]), override("lt"):
        assert template.render({}) == "Telefonas Phone"


def test_a_translation_that_asks_for_a_value_nobody_gave_is_said_in_the_original(catalogue: Path) -> None:
    template = engines["django"].from_string("{% blocktranslate %}Write to {{ name }}{% endblocktranslate %}")
    with override_settings(LOCALE_PATHS=[catalogue]), override("lt"):
        assert template.render({"name": "Ona"}) == "Write to Ona"


def test_steady_markup_is_worked_out_once_for_each_value_and_language() -> None:
    template = engines["django"].from_string("{% steady place %}{{ place }} {{ word }}{% endsteady %}")

    assert template.render({"place": "here", "word": "first"}) == "here first"
    assert template.render({"place": "here", "word": "second"}) == "here first"
    assert template.render({"place": "there", "word": "second"}) == "there second"
    with override("ru"):
        assert template.render({"place": "here", "word": "third"}) == "here third"
