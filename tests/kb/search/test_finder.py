"""What people find: residents only what is published, consultants also drafts and notes."""

from __future__ import annotations

import pytest

from kb.models import Article, PinnedAnswer
from kb.search.finder import find
from kb.search.narrowing import Narrowing
from kb.search.results import SearchResults
from kb.selectors import Reader
from tests.factories import charter as city
from tests.factories.answers import topic
from tests.factories.kb import article, indexed

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def alice(text: str, language: str = "lt") -> SearchResults:
    """Alice the resident looks for something."""
    return find(text, language=language, reader=Reader.RESIDENT)


def bob(text: str, language: str = "lt") -> SearchResults:
    """Bob the consultant does."""
    return find(text, language=language, reader=Reader.STAFF)


def codes(results: SearchResults) -> list[str]:
    return [hit.code for hit in results.hits]


def test_alice_finds_the_answer_in_her_language() -> None:
    article()
    indexed()

    (hit,) = alice("компенсация отопления", "ru").hits

    assert (hit.kind, hit.code, hit.title.language) == ("article", "A-001", "ru")
    assert hit.title_html == "Как получить <mark>компенсацию</mark> за <mark>отопление</mark>?"


def test_alice_finds_what_is_not_translated_and_is_told_its_language() -> None:
    article(languages=())
    indexed()

    (hit,) = alice("компенсация šildymo", "ru").hits

    assert hit.title.is_fallback
    assert hit.title.language == "lt"


def test_a_translation_that_was_only_begun_is_not_found() -> None:
    article(languages=("ru",), title_en="Radiators")
    indexed()

    assert alice("radiators", "en").hits == ()


def test_alice_finds_services_institutions_and_promises_too() -> None:
    city.service()
    city.institution()
    city.commitment()
    indexed()

    kinds = {hit.kind for text in ("pagalba namuose", "paramos centras", "20 dienų") for hit in alice(text).hits}

    assert kinds == {"service", "institution", "commitment"}


def test_alice_never_finds_a_draft_and_bob_does() -> None:
    article(live=False)
    indexed()

    assert alice("šildymo kompensacija").hits == ()
    assert [hit.is_draft for hit in bob("šildymo kompensacija").hits] == [True]


def test_alice_never_finds_by_a_note_and_bob_does() -> None:
    article(internal_note_lt="<p>Klauskite vedėjos Onutės</p>")
    indexed()

    assert alice("onutės").hits == ()
    (hit,) = bob("onutės").hits
    assert hit.note.text == "Klauskite vedėjos Onutės"


def test_alice_never_sees_a_note_even_beside_the_right_answer() -> None:
    article(internal_note_lt="Klauskite vedėjos Onutės", phone_form_lt="Onutė atsakys")
    indexed()

    (hit,) = alice("šildymo kompensacija").hits

    assert not hit.note
    assert "Onut" not in hit.snippet_html + hit.title_html


def test_what_was_unpublished_a_moment_ago_is_not_shown_though_the_index_still_has_it() -> None:
    found = article()
    indexed()
    type(found).objects.update(live=False)

    assert alice("šildymo kompensacija").hits == ()


def test_a_question_about_something_else_finds_nothing() -> None:
    article()
    city.service()
    indexed()

    results = alice("kaip iškepti tortą")

    assert results.is_empty
    assert results.total == 0


def pin(words: str, code: str, *, kind: str = "article", language: str = "lt") -> None:
    PinnedAnswer.objects.create(language=language, words=words, kind=kind, code=code)


def test_a_pinned_answer_stands_first_whatever_the_order_and_form_of_its_words() -> None:
    article("A-001", title_lt="Šildymo kompensacija", languages=())
    article("A-002", title_lt="Kur kreiptis dėl sąskaitų?", languages=())
    indexed()
    pin("šildymo kompensacija", "A-002")

    for typed in ("šildymo kompensacija", "kompensacijos už šildymą", "sildymo kompensacijs"):
        assert codes(alice(typed))[0] == "A-002"
        assert alice(typed).hits[0].is_pinned
    assert codes(alice("šildymo kompensacija žiemą"))[0] == "A-001"


def test_a_pinned_answer_that_is_found_anyway_comes_once() -> None:
    article("A-001")
    indexed()
    pin("šildymo kompensacija", "A-001")

    assert codes(alice("šildymo kompensacija")) == ["A-001"]


def test_a_pinned_draft_is_not_there_for_alice() -> None:
    article("A-001", live=False)
    indexed()
    pin("kaip gauti vertėją", "A-001")

    assert alice("kaip gauti vertėją").total == 0
    assert codes(bob("kaip gauti vertėją")) == ["A-001"]


def test_every_choice_tells_how_many_it_leaves() -> None:
    family, old = topic("seima"), topic("senatve")
    article("A-001", title_lt="Pagalba namuose šeimai", languages=("ru",)).topics.set([family])
    made = article("A-002", title_lt="Pagalba namuose senatvėje", languages=())
    made.topics.set([family, old])
    city.service()
    for one in Article.objects.all():
        one.save()
    indexed()

    results = alice("pagalba namuose")

    assert results.facets["kind"] == {"article": 2, "service": 1}
    assert results.facets["languages"]["ru"] == 1 + (1 if "ru" in results.hits[-1].languages else 0)
    assert results.facets["audience"] == {"public": 3}


def test_narrowing_leaves_the_counts_of_its_own_field() -> None:
    article("A-001", title_lt="Pagalba namuose")
    city.service()
    indexed()

    results = find("pagalba namuose", language="lt", reader=Reader.RESIDENT, only=Narrowing.to(kind=["service"]))

    assert [hit.kind for hit in results.hits] == ["service"]
    assert results.facets["kind"] == {"article": 1, "service": 1}
    assert sum(results.facets["audience"].values()) == 1


def test_what_alice_may_not_find_is_not_counted_either() -> None:
    found = article()
    article("A-002", live=False, languages=())
    indexed()
    type(found).objects.update(live=False)

    results = alice("šildymo kompensacija")

    assert results.total == 0
    assert not any(results.facets[name] for name in results.facets)
