"""In which language somebody wrote: hardly ever guessed wrongly, and where two are as likely a person decides."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from chat.mail.languages import guess
from portal.core.languages import LANGUAGES

QUESTIONS = Path(__file__).parents[2] / "relevance"


def asked(language: str) -> list[str]:
    """What people ask, as they type it: few words, without the signs of their language, on the wrong keyboard."""
    return [
        row["ask"]
        for kind in ("golden", "unseen")
        for row in yaml.safe_load((QUESTIONS / f"{kind}_{language}.yaml").read_text())
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_short_question_is_taken_for_another_language_and_most_are_known(language: str) -> None:
    questions = asked(language)
    guesses = [guess(question) for question in questions]

    wrong = [question for question, found in zip(questions, guesses, strict=True) if found not in {"", language}]
    assert not wrong
    assert guesses.count(language) >= 0.85 * len(questions)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_letter_of_a_few_sentences_is_always_known(language: str) -> None:
    questions = asked(language)
    letters = [". ".join(questions[start : start + 4]) for start in range(0, len(questions) - 4, 4)]

    assert [guess(letter) for letter in letters] == [language] * len(letters)


@pytest.mark.parametrize("text", ["", "…", "12345", "OK", "Alina K.", "на за до", "rjvgtycfwbz", "https://example.lt"])
def test_what_tells_nothing_is_not_guessed(text: str) -> None:
    assert guess(text) == ""


def test_a_foreign_name_or_quoted_word_does_not_turn_the_guess() -> None:
    assert guess("Здравствуйте, я живу на Šilutės plentas 12, квартира 5, нет горячей воды.") == "ru"
    assert guess("Hello, my landlord is Žydrūnas and he will not give me the paper.") == "en"
