"""What was typed and what was meant."""

from __future__ import annotations

import pytest

from kb.search.query import LONGEST, MOST_GRAMS, MOST_TERMS, Question, plan, read, tidy
from kb.search.synonyms import Term, WordLists
from kb.search.vocabulary import Vocabulary

WORDS = Vocabulary(
    {
        "lt": {"šildymo": 4, "kompensacija": 3, "pašalpa": 5, "išmokos": 2, "paslaugų": 3, "kaip": 9},
        "ru": {"компенсация": 4, "отопление": 3, "жильё": 1, "пособие": 2},
        "en": {"heating": 3, "benefit": 4},
        "uk": {"опалення": 3, "допомога": 6},
    },
    12,
)
NO_LISTS = WordLists({}, {})


def asked(text: str, language: str = "lt", lists: WordLists = NO_LISTS) -> Question:
    return read(text, language, WORDS, lists)


def meanings(question: Question) -> list[str]:
    return [other.word for word in question.words for other in word.alternatives]


@pytest.mark.parametrize(
    ("typed", "language", "meant"),
    [
        ("rjvgtycfwbz pf jnjgktybt", "ru", "компенсация за отопление"),
        ("jgfktyyz", "uk", "опалення"),
        ("руфештп иутуаше", "en", "heating benefit"),
        ("paslaug7", "lt", "paslaugų"),
    ],
)
def test_words_typed_on_the_other_keyboard_are_read(typed: str, language: str, meant: str) -> None:
    question = asked(typed, language)

    assert (question.text, question.rewritten) == (meant, "layout")


def test_a_form_no_document_has_is_still_read_on_the_other_keyboard() -> None:
    assert asked("rjvgtycfwb.", "ru").text == "компенсацию"


@pytest.mark.parametrize("typed", ["šildymo kompensacija", "как получить пособие", "heating", "113 namas", "ąžuolas"])
def test_what_was_typed_rightly_is_left_as_it_is(typed: str) -> None:
    question = asked(typed, "ru")

    assert (question.text, question.suggestion) == (typed, "")


@pytest.mark.parametrize(
    ("typed", "meant"), [("kompensaciya", "компенсация"), ("otoplenie", "отопление"), ("zhilyo", "")]
)
def test_russian_in_latin_letters_finds_russian_words(typed: str, meant: str) -> None:
    assert (meant in meanings(asked(typed, "ru"))) == bool(meant)


def test_lithuanian_without_its_marks_is_no_mistake() -> None:
    question = asked("sildymo ismokos")

    assert meanings(question) == ["šildymo", "išmokos"]
    assert (question.suggestion, question.rewritten) == ("", "no")


@pytest.mark.parametrize(
    "typed", ["kompesacija", "kompensaciaj", "kompenasacija", "kompensocija", "okmpensacija", "kmopensacija"]
)
def test_a_mistyped_word_is_searched_both_ways_and_the_right_one_only_offered(typed: str) -> None:
    question = asked(f"šildymo {typed}")

    assert question.suggestion == "šildymo kompensacija"
    assert question.text == f"šildymo {typed}"
    assert "kompensacija" in meanings(question)


def test_a_figure_is_never_corrected() -> None:
    assert asked("12345").suggestion == ""


def test_words_that_say_nothing_leave_unless_there_are_no_others() -> None:
    assert [word.text for word in asked("kaip gauti pašalpą").words] == ["gauti", "pašalpą"]
    assert [word.text for word in asked("kaip").words] == ["kaip"]


def test_a_synonym_is_looked_for_in_its_language() -> None:
    benefit, pasalpa = Term("en", ("benefit",), ("benefit",)), Term("lt", ("pašalpa",), ("pasalp",))
    lists = WordLists({"lt:pasalp": [(pasalpa, (benefit,))]}, {})

    (word,) = asked("pašalpos", lists=lists).words

    assert [(other.word, other.language) for other in word.alternatives] == [("benefit", "en")]


@pytest.mark.parametrize(
    ("typed", "is_crisis"),
    [("муж бьет меня", True), ("вчера муж бил", False), ("бьет муж", False), ("мужской бокс", False)],
)
def test_only_the_words_of_a_crisis_one_after_another_count(typed: str, is_crisis: bool) -> None:
    lists = WordLists({}, {"ru:муж": [Term("ru", ("муж", "бьёт"), ("муж", "бьет"))]})

    assert asked(typed, "ru", lists).is_crisis == is_crisis


def test_however_much_is_typed_little_is_asked() -> None:
    question = asked(" ".join(f"žodis{number}šildymo" for number in range(500)))
    parts = plan(question, WORDS, is_public=True).parts

    assert len(question.typed) <= LONGEST
    assert len(question.words) <= MOST_TERMS
    assert sum(part.is_gram for part in parts) <= MOST_GRAMS


def test_what_cannot_be_seen_is_not_searched() -> None:
    assert tidy("a\x00b\u202ec\n  d") == "a b c d"
