"""What a text names becomes an address or a sum when it is shown – all of a page at once."""

from __future__ import annotations

import pytest

from portal.core import references
from portal.core.languages import Localised
from portal.core.references import Filled, fill
from portal.core.rich_text import clean, show

ASKED: list[frozenset[str]] = []


def _services(codes: frozenset[str], language: str) -> dict[str, str]:
    ASKED.append(codes)
    return {code: f"/{language}/services/{code}/" for code in codes if code != "gone"}


def _phones(insides: frozenset[str], language: str) -> dict[str, Filled]:
    return {inside: Filled("(0 46) 300 706", "tel:+37046300706") for inside in insides}


@pytest.fixture(autouse=True)
def _resolvers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(references, "_links", {"service": _services})
    monkeypatch.setattr(references, "_fillings", [])
    references.register_placeholder(r"phone:[\w-]+", _phones)
    ASKED.clear()


def test_a_link_to_an_entry_becomes_its_address_in_the_texts_language() -> None:
    text = Localised('<p><a href="service:pasalpa">Benefit</a></p>', "en")

    assert show([text]) == ['<p><a href="/en/services/pasalpa/">Benefit</a></p>']


def test_all_links_of_a_page_are_looked_up_together() -> None:
    show([Localised(f'<a href="service:{code}">{code}</a>', "en") for code in ("a", "b", "c")])

    assert [set(codes) for codes in ASKED] == [{"a", "b", "c"}]


def test_a_text_that_names_nothing_costs_no_look_up() -> None:
    assert show([Localised("<p>Good day: at 10 o’clock.</p>", "en")]) == ["<p>Good day: at 10 o’clock.</p>"]
    assert not ASKED


def test_what_cannot_be_opened_stays_as_words() -> None:
    assert show([Localised('Ask for <a href="service:gone">the old one</a>.', "en")]) == ["Ask for the old one."]


def test_a_phone_in_a_rich_text_can_be_called() -> None:
    (shown,) = show([Localised("<p>Ring {{phone:kspc}}.</p>", "en")])

    assert 'href="tel:+37046300706">(0 46) 300 706</a>' in shown


def test_a_phone_in_a_plain_text_is_words_only() -> None:
    assert fill([Localised("Ring {{phone:kspc}}", "en")]) == [Localised("Ring (0 46) 300 706", "en")]


def test_a_number_stays_in_one_line_and_a_sentence_may_break() -> None:
    references.register_placeholder("term", lambda insides, language: {"term": Filled("30 days")})
    references.register_placeholder("hours", lambda insides, language: {"hours": Filled("Monday to Thursday 8–17")})
    references.register_placeholder(
        "rule", lambda insides, language: {"rule": Filled("ten days after all papers came")}
    )

    (shown,) = show([Localised("<p>{{term}}, {{hours}}, {{rule}}</p>", "en")])

    assert '<span class="nowrap">30 days</span>' in shown
    assert '<span class="nowrap">Monday to Thursday 8–17</span>' in shown
    assert shown.endswith(", ten days after all papers came</p>")


def test_a_placeholder_nobody_knows_is_shown_and_never_runs() -> None:
    (shown,) = show([Localised("<p>{{<script>alert(1)</script>}} {{9 XYZ}}</p>", "en")])

    assert "<script" not in shown
    assert "9 XYZ" in shown


def test_a_text_in_another_language_says_so() -> None:
    assert show([Localised("<p>Labas</p>", "lt", is_fallback=True)]) == ['<div lang="lt"><p>Labas</p></div>']


def test_names_of_entries_outlive_cleaning_and_scripts_do_not() -> None:
    assert clean('<a href="page:charter" onclick="x()">P</a><script>x()</script>') == '<a href="page:charter">P</a>'
