"""Crisis phrases before they are kept: what is wrong with them, and which searches would raise the card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import Count
from django.utils.translation import gettext as _

from kb.models import SearchEvent
from kb.search.analysis import is_stop_word, words
from kb.search.synonyms import WordLists, crisis_of
from portal.core.languages import LANGUAGES

MOST_LOGGED = 3000
SHOWN = 30
Phrases = Mapping[str, Sequence[str]]


def faults(phrases: Phrases) -> list[str]:
    """Phrases that would raise the card for nearly everybody."""
    return [
        _("“%(term)s” is too short or has only little words.") % {"term": text}
        for code, texts in phrases.items()
        for text in texts
        if all(len(word) < 2 or is_stop_word(word, code) for word in words(text))
    ]


def raised(phrases: Phrases) -> list[tuple[str, str, int]]:
    """(language, words, times) of logged searches that would raise the card with these phrases."""
    lists = WordLists({}, crisis_of((code, text) for code in LANGUAGES for text in phrases.get(code, ())))
    kept = SearchEvent.objects.exclude(words="").values_list("language", "words")
    rows = kept.annotate(count=Count("pk")).order_by("-count", "words")[:MOST_LOGGED]
    return [(language, text, count) for language, text, count in rows if lists.is_crisis(words(text))][:SHOWN]
