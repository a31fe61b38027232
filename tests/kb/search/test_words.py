"""Editors' words: faults are named, changes are tried first, count at once and can be taken back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.utils.translation import override

from kb.models import CrisisWord, PinnedAnswer, SearchEvent, Synonym, WordChange
from kb.search import changes, crisis_check, lint, preview
from kb.search.finder import find
from kb.selectors import Reader
from portal.core import clock
from portal.core.models import User
from tests import people
from tests.factories.kb import article, indexed

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Faults are told in the editor's language; these tests read English."""
    with override("en"):
        yield


@pytest.fixture
def carol() -> User:
    return people.carol()


def codes(text: str, language: str = "lt") -> list[str]:
    return [hit.code for hit in find(text, language=language, reader=Reader.RESIDENT).hits]


def sentences(terms: dict[str, list[str]], *, pk: int | None = None) -> list[str]:
    return [fault.sentence for fault in lint.faults(terms, pk=pk)]


def test_words_that_mean_the_same_count_at_once_and_no_more_when_taken_back(carol: User) -> None:
    article(languages=())
    indexed()
    assert codes("батареи", "ru") == []

    changes.keep_group(None, {"lt": ["šildymas"], "ru": ["батареи"]}, by=carol)
    assert codes("батареи", "ru") == ["A-001"]

    changes.take_back(WordChange.objects.get(), by=carol)
    assert codes("батареи", "ru") == []
    assert not Synonym.objects.exists()


def test_a_change_of_a_group_is_taken_back_to_what_it_was(carol: User) -> None:
    group = changes.keep_group(None, {"lt": ["šildymas", "radiatoriai"]}, by=carol)
    changes.keep_group(group.pk, {"lt": ["šildymas", "krosnis"]}, by=carol)
    last = WordChange.objects.first()
    assert last is not None

    changes.take_back(last, by=carol)

    assert Synonym.objects.get().terms == {"lt": ["šildymas", "radiatoriai"]}


def test_a_group_that_was_removed_comes_back(carol: User) -> None:
    group = changes.keep_group(None, {"lt": ["šildymas", "radiatoriai"]}, by=carol)
    changes.drop(group, by=carol)
    last = WordChange.objects.first()
    assert last is not None

    changes.take_back(last, by=carol)

    assert Synonym.objects.get().terms == {"lt": ["šildymas", "radiatoriai"]}


def test_an_earlier_change_is_not_taken_back_over_a_later_one(carol: User) -> None:
    group = changes.keep_group(None, {"lt": ["šildymas", "radiatoriai"]}, by=carol)
    changes.keep_group(group.pk, {"lt": ["šildymas", "krosnis"]}, by=carol)

    with pytest.raises(changes.ChangedSince):
        changes.take_back(WordChange.objects.order_by("pk")[0], by=carol)
    assert Synonym.objects.get().terms == {"lt": ["šildymas", "krosnis"]}


def test_keeping_the_same_words_is_no_change(carol: User) -> None:
    group = changes.keep_group(None, {"lt": ["šildymas", "krosnis"]}, by=carol)
    changes.keep_group(group.pk, {"lt": [" šildymas ", "krosnis", "krosnis"]}, by=carol)

    assert WordChange.objects.count() == 1


def test_pinning_and_unpinning_can_be_taken_back(carol: User) -> None:
    pinned = changes.pin("lt", " kur  kreiptis ", "article", "A-001", by=carol)
    assert changes.pin("lt", "kur kreiptis", "article", "A-001", by=carol) == pinned

    changes.drop(PinnedAnswer.objects.get(), by=carol)
    last = WordChange.objects.first()
    assert last is not None
    changes.take_back(last, by=carol)

    assert PinnedAnswer.objects.get().words == "kur kreiptis"


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ({"lt": ["š", "šildymas"]}, "too short"),
        ({"ru": ["и в на", "пособие"]}, "only little words"),
        ({"lt": ["šildymas", "šildymo"]}, "there twice"),
        ({"lt": ["šildymas"]}, "at least two words"),
    ],
)
def test_a_fault_is_named(terms: dict[str, list[str]], said: str) -> None:
    assert any(said in sentence for sentence in sentences(terms))
    assert any(fault.is_grave for fault in lint.faults(terms))


def test_a_word_that_stands_nearly_everywhere_is_warned_of() -> None:
    for number in range(25):
        article(f"A-{number:03}", title_lt=f"Pagalba {number}", languages=())
    indexed()

    (fault,) = lint.faults({"lt": ["pagalba", "talka"]})

    assert "stands in" in fault.sentence
    assert not fault.is_grave


def test_two_groups_with_the_same_words_go_round_in_circles(carol: User) -> None:
    group = changes.keep_group(None, {"lt": ["šildymas", "radiatoriai"]}, by=carol)

    assert any("another group" in sentence for sentence in sentences({"lt": ["šildymo", "krosnis"]}))
    assert any(fault.is_grave for fault in lint.faults({"lt": ["šildymas", "radiatorius", "krosnis"]}))
    assert sentences({"lt": ["šildymas", "krosnis"]}, pk=group.pk) == []


def test_words_are_tried_on_what_people_really_asked_and_nothing_is_kept() -> None:
    article(languages=())
    indexed()
    for _ in range(3):
        SearchEvent.objects.create(at=clock.now(), language="ru", words="холодные батареи", results=0)

    (tried,) = preview.tried({"lt": ["šildymas"], "ru": ["батареи"]})

    assert (tried.words, tried.times, tried.is_changed) == ("холодные батареи", 3, True)
    assert [[hit.code for hit in hits] for hits in (tried.before, tried.after)] == [[], ["A-001"]]
    assert codes("холодные батареи", "ru") == []


def test_words_nobody_has_asked_with_are_tried_by_themselves() -> None:
    article(languages=())
    indexed()

    tried = preview.tried({"lt": ["šildymas"], "ru": ["батареи"]})

    assert [(one.words, one.times) for one in tried] == [("šildymas", 0), ("батареи", 0)]


def test_crisis_phrases_come_and_go_at_once(carol: User) -> None:
    changes.keep_crisis("lt", ["noriu mirti", "muša"], by=carol)
    assert find("vyras mušė... muša mane", language="lt", reader=Reader.RESIDENT).is_crisis

    changes.keep_crisis("lt", ["noriu mirti"], by=carol)

    assert not find("vyras muša mane", language="lt", reader=Reader.RESIDENT).is_crisis
    assert [row.text for row in CrisisWord.objects.all()] == ["noriu mirti"]


def test_editors_see_which_searches_would_raise_the_card() -> None:
    for words in ("vyras muša", "šildymas"):
        SearchEvent.objects.create(at=clock.now(), language="lt", words=words, results=0)

    assert crisis_check.raised({"lt": ["muša"]}) == [("lt", "vyras muša", 1)]
    assert crisis_check.faults({"lt": ["ir", "muša"]}) != []
