"""words.yaml: words that mean the same, and words that mean danger. Editors add to both; the pack takes none away."""

from __future__ import annotations

from collections.abc import Iterator

from kb.models import CrisisWord, Synonym
from portal.core.languages import LANGUAGES
from portal.demo.reading import Entry, Pack
from portal.demo.records import Record


def read(pack: Pack) -> Iterator[Record]:
    if not pack.has("words.yaml"):
        return
    words = pack.one("words.yaml")
    words.knows("synonyms", "crisis")
    for entry in words.entries("synonyms"):
        entry.knows(*LANGUAGES)
        yield Record(Synonym, entry.place, key={"terms": {code: _terms(entry, code) for code in entry.data}})
    crisis = words.entry("crisis")
    crisis.knows(*LANGUAGES)
    for language in crisis.data:
        for term in _terms(crisis, language):
            yield Record(CrisisWord, crisis.place.under(language, None), key={"language": language, "text": term})


def _terms(entry: Entry, language: str) -> list[str]:
    terms = entry.get(language, list)
    if not terms or not all(isinstance(term, str) and term.strip() for term in terms):
        raise entry.wrong(language, "should be a list of words")
    return terms
