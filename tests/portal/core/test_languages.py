"""A text in another language never comes silently."""

from portal.core.languages import Localised, pick


def test_the_readers_language_comes_first() -> None:
    assert pick({"lt": "Labas", "ru": "Привет"}, "ru") == Localised("Привет", "ru")


def test_a_fallback_says_which_language_it_is() -> None:
    assert pick({"lt": "Labas", "ru": "", "en": None}, "ru") == Localised("Labas", "lt", is_fallback=True)


def test_a_ukrainian_reader_gets_lithuanian_before_russian() -> None:
    assert pick({"lt": "Labas", "ru": "Привет"}, "uk").language == "lt"


def test_nothing_at_all_is_empty_and_false() -> None:
    assert not pick({}, "en")
