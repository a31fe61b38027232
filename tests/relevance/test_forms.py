"""The disturbed questions are disturbed as people disturb them."""

from __future__ import annotations

from random import Random

import pytest

from tests.relevance.forms import FORMS, many_typos, one_typo, wrong_keyboard

ASKED = "Kur kreiptis, jei „kompensacija“ negauta?"


@pytest.mark.parametrize("seed", range(20))
def test_every_long_word_is_mistyped_and_no_short_one(seed: int) -> None:
    made = many_typos(ASKED, "lt", Random(seed)).split()

    assert [one == other for one, other in zip(ASKED.split(), made, strict=True)] == [True, False, True, False, False]


@pytest.mark.parametrize("seed", range(20))
def test_one_mistake_is_one_and_spares_the_first_letter_unless_it_changes_places(seed: int) -> None:
    (made,) = (word for word in one_typo("ar kompensacija", "lt", Random(seed)).split() if word != "ar")

    assert made != "kompensacija"
    assert abs(len(made) - len("kompensacija")) <= 1
    assert made[0] == "k" or made[:2] == "ok"


def test_the_same_chance_makes_the_same_questions() -> None:
    for form, _ in FORMS.values():
        assert form(ASKED, "ru", Random(1)) == form(ASKED, "ru", Random(1))


def test_the_wrong_keyboard_has_the_same_keys() -> None:
    assert wrong_keyboard("Компенсация", "ru", Random(0)) == "rjvgtycfwbz"
