"""Articles as small as a test needs them, and the index over what a test has made."""

from __future__ import annotations

from typing import Any

from kb.models import Article
from kb.search import indexing
from tests.factories.charter import translated


def article(code: str = "A-001", *, languages: tuple[str, ...] = ("ru", "en"), **fields: Any) -> Article:
    """How to get help with heating, in Lithuanian and the given languages."""
    defaults: dict[str, Any] = {
        "title_lt": "Kaip gauti šildymo kompensaciją?",
        "title_ru": "Как получить компенсацию за отопление?",
        "title_en": "How to get help with heating bills?",
        "title_uk": "Як отримати компенсацію за опалення?",
        "short_answer_lt": "Pateikite prašymą.",
        "short_answer_ru": "Подайте заявление.",
        "short_answer_en": "Apply online.",
        **{f"slug_{language}": f"{code.lower()}-{language}" for language in ("lt", "ru", "en", "uk")},
    }
    made = Article(code=code, **defaults | fields)
    if languages:
        return translated(made, *languages)
    made.save()
    return made


def indexed() -> int:
    """Everything a test has made can be found from now on."""
    return indexing.rebuild()
