"""Blocks inside rich texts: steps, papers, warnings, folded parts – in every language column, without scripts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.blocks import arrange
from portal.core.languages import Localised
from portal.core.references import References
from portal.core.rich_text import clean, show
from tests.factories import charter as city
from tests.factories.answers import article


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("<p>{{steps}}</p><ol><li>a</li></ol>", '<ol class="steps" role="list"><li><div>a</div></li></ol>'),
        ("<p>{{ documents }}</p>\n<ul><li>a</li></ul>", '<ul class="papers"><li>a</li></ul>'),
        ("<h3>{{more}} A</h3><p>b</p><h3>C</h3>", "<details><summary>A</summary><p>b</p></details><h3>C</h3>"),
        ("<h2>{{more}} A</h2><p>b</p>", "<details><summary>A</summary><p>b</p></details>"),
        ("<p>{{steps}}</p><p>no list</p>", "<p>no list</p>"),
        ("<p>{{2 VRP}}</p>", "<p>{{2 VRP}}</p>"),
    ],
)
def test_a_mark_gives_a_block_its_form_and_a_lost_one_goes(written: str, shown: str) -> None:
    assert arrange(written) == shown


def test_a_warning_stands_out_with_its_symbol() -> None:
    shown = arrange("<p>{{warning}} Careful</p>")
    assert shown.startswith('<div class="notice notice--care"><svg')
    assert shown.endswith("<p>Careful</p></div>")


def test_marks_are_no_words_where_a_text_is_plain() -> None:
    text = Localised("{{warning}} Careful", "en")
    assert References.of([text]).plain(text.text, "en") == " Careful"


@given(st.text(alphabet="<>p/h3{}more warning\n", max_size=80))
def test_whatever_is_written_nothing_new_gets_in(text: str) -> None:
    shown = arrange(clean(text))
    assert "{{warning}}" not in shown
    assert "<script" not in shown


@pytest.mark.django_db
def test_a_contact_a_standard_and_a_services_steps_are_shown_by_reference() -> None:
    city.institution(address="Vytauto g. 13")
    city.measured(city.standard(), 90, 100)
    city.service(steps_lt="Pirma.\nAntra.", documents_lt="Pasas", steps_en="First.", documents_en="Passport")
    body = "<p>{{contact:kspc}}</p><p>{{standard:S08}}</p><p>{{steps:pagalba}}</p><p>{{documents:pagalba}}</p>"
    [shown] = show([Localised(f"{body}<p>Call {{{{contact:kspc}}}}.</p><p>{{{{contact:no}}}}</p>", "en")])
    for part in (
        '<div class="side-block"><p><strong><a href="/en/institutions/kspc-centre/">Social Support Centre</a>',
        "Vytauto g. 13",
        "We decide within 20 days",
        '<ol class="steps" role="list"><li><p>First.</p></li></ol>',
        '<ul class="papers"><li>Passport</li></ul>',
        "<p>contact:no</p>",
    ):
        assert part in shown.replace('<span class="nowrap">contact:no</span>', "contact:no")
    assert shown.count('<div class="side-block">') == 1


@pytest.mark.django_db
def test_an_answer_shows_its_blocks(client: object) -> None:
    article(body_en="<p>{{warning}} Not in a hurry</p><h3>{{more}} For carers</h3><p>Words</p>")
    text = client.get("/en/answers/a-001-how-to-get/").content.decode()  # type: ignore[attr-defined]
    assert "<details><summary>For carers</summary><p>Words</p></details>" in text
    assert "notice--care" in text
