"""The analysis: a key is a key, scripts lead to one another, and no text on earth breaks it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.search.analysis import analyse, grams, key, stem, words
from kb.search.analysis.keys import EDGE, SIZE
from kb.search.analysis.stemming import fold
from portal.core.languages import LANGUAGES

LITHUANIAN = "aąbcčdeęėfghiįyjklmnoprsštuųūvzž"
RUSSIAN = "абвгдежзийклмнопрстуфхцчшщъыьэюяё"
UKRAINIAN = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя"
MARKS = str.maketrans("ąčęėįšųūž", "aceeisuuz")
_SPELLINGS = "a b v g d e zh z i i k l m n o p r s t u f kh ts ch sh shch ie y _ e iu ia e"
ICAO = dict(zip(RUSSIAN, _SPELLINGS.split(), strict=True))


def written(letters: str) -> st.SearchStrategy[str]:
    return st.text(alphabet=letters, min_size=1, max_size=30)


@given(st.text(max_size=300), st.sampled_from(LANGUAGES))
def test_no_text_breaks_the_analysis(text: str, language: str) -> None:
    tokens = analyse(text, language)

    assert all(tokens.stems)
    assert all(len(gram) <= max(SIZE, 3) for gram in tokens.grams)
    assert not any(sign.isspace() for token in (*tokens.stems, *tokens.grams, *tokens.words) for sign in token)


@given(st.text(max_size=300))
def test_the_words_of_words_are_the_same_words(text: str) -> None:
    found = words(text)

    assert words(" ".join(found)) == found


@given(st.text(max_size=300))
def test_large_and_small_letters_are_the_same_words(text: str) -> None:
    assert words(text.lower()) == words(text.lower().lower())


@given(st.one_of(written(LITHUANIAN), written(RUSSIAN), written(UKRAINIAN), written("abcdefghijklmnopqrstuvwxyz")))
def test_a_key_is_latin_and_short(word: str) -> None:
    made = key(word)

    assert made.isascii() or made == word
    assert len(made) <= len(word) or made == word


@given(written(LITHUANIAN))
def test_marks_left_out_lead_to_the_same_key(word: str) -> None:
    assert key(word) == key(word.translate(MARKS))


@given(st.text(max_size=40).filter(bool))
def test_the_pieces_of_a_key_cover_it(word: str) -> None:
    pieces = grams(key(word))

    assert "".join((pieces[0], *(piece[-1] for piece in pieces[1:]))) == f"{EDGE}{key(word)}{EDGE}"


@pytest.mark.parametrize(
    "forms",
    [
        ("šildymas", "sildymas", "шилдимас"),
        ("компенсация", "kompensatsiya", "kompensaciya", "kompensatsiia"),
        ("щука", "shchuka", "schuka"),
        ("допомога", "dopomoha", "dopomoga"),
        ("жильё", "жилье", "zhile"),
    ],
)
def test_one_word_in_several_scripts_has_one_key(forms: tuple[str, ...]) -> None:
    assert len({key(form) for form in forms}) == 1


SYLLABLES = [consonant + vowel for consonant in "бвгдзклмнпрстфшч" for vowel in "аеоу"]


@given(st.lists(st.sampled_from(SYLLABLES), min_size=2, max_size=8))
def test_russian_and_its_spelling_in_latin_letters_have_one_key(syllables: list[str]) -> None:
    word = "".join(syllables)
    latin = "".join(ICAO[sign] for sign in word)

    assert key(word) == key(latin)


@given(st.one_of(written(LITHUANIAN), written(RUSSIAN), written(UKRAINIAN)), st.sampled_from(LANGUAGES))
def test_a_stem_is_never_empty_and_folding_it_again_changes_nothing(word: str, language: str) -> None:
    made = stem(word, language)

    assert made
    assert fold(made) == made
