"""What is wrong with a group of words that mean the same, said before it is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from kb.models import Synonym
from kb.search.analysis import is_stop_word, stem, words
from kb.search.vocabulary import Vocabulary, vocabulary

TOO_MANY = 0.4  # of all documents
FEW = 20  # documents: among so few every share is large
Terms = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Fault:
    """`is_grave`: the group is not kept like this; else it is a word of warning."""

    sentence: str
    is_grave: bool = True


def faults(terms: Terms, *, pk: int | None = None) -> list[Fault]:
    """Everything wrong with these terms. `pk`: of the group when it is there already."""
    known = vocabulary()
    found = [fault for code, texts in terms.items() for text in texts for fault in _of_term(text, code, known)]
    if sum(map(len, terms.values())) < 2:
        found.append(Fault(_("A group needs at least two words that mean the same.")))
    return [*found, *_twice(terms), *_circles(terms, pk)]


def _of_term(text: str, language: str, known: Vocabulary) -> Iterator[Fault]:
    found = words(text)
    telling = [word for word in found if not is_stop_word(word, language)]
    if not found or max(map(len, found)) < 2:
        yield Fault(_("“%(term)s” is too short: one letter stands in nearly every text.") % {"term": text})
    elif not telling:
        yield Fault(_("“%(term)s” has only little words: they are never searched for.") % {"term": text})
    elif known.documents > FEW:
        rarest = min(known.share_with(word, language) for word in telling)
        if rarest > TOO_MANY:
            said = {"term": text, "share": round(rarest * 100)}
            yield Fault(
                _("“%(term)s” stands in %(share)s of 100 texts: nearly everything would be found.") % said,
                is_grave=False,
            )


def _twice(terms: Terms) -> Iterator[Fault]:
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for code, texts in terms.items():
        for text in texts:
            form = code, _stems(text, code)
            if form in seen:
                yield Fault(_("“%(term)s” is there twice: endings make no difference.") % {"term": text})
            seen.add(form)


def _circles(terms: Terms, pk: int | None) -> Iterator[Fault]:
    """Terms that stand in another group too: what is in one is not searched for from the other."""
    mine = {(code, _stems(text, code)): text for code, texts in terms.items() for text in texts}
    for other in Synonym.objects.filter(is_active=True).exclude(pk=pk or 0).order_by("pk"):
        shared = [
            mine[code, _stems(text, code)]
            for code, texts in other.terms.items()
            for text in texts
            if (code, _stems(text, code)) in mine
        ]
        if shared:
            said = {"term": shared[0], "group": str(other)}
            yield Fault(
                _("“%(term)s” stands in another group too (%(group)s): put them together.") % said, len(shared) > 1
            )


def _stems(text: str, language: str) -> tuple[str, ...]:
    return tuple(stem(word, language) for word in words(text))
