"""What a text names and a page fills in: links to entries of ours, phones and sums that live in one table only.

A text says `<a href="service:pasalpa">` or `{{phone:kspc}}`; a package that knows the entry registers a resolver
for its kind. Resolvers get every code of a page at once, so that a page costs one query a kind, never one a link.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from portal.core.languages import Localised


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in a placeholder's place; with `href` it is a link where links are possible.

    `year`: the sum is that year's, and the page says so. `block`: what stands there instead of a whole paragraph that
    holds nothing else; inside a sentence it is the text alone.
    """

    text: str
    href: str = ""
    year: int | None = None
    block: SafeString | None = None


Links = Callable[[frozenset[str], str], Mapping[str, str]]
Fillings = Callable[[frozenset[str], str], Mapping[str, Filled]]
Key = tuple[str, str, str]

SCHEMES = ("service", "article", "institution", "topic", "page")
_ANCHOR = re.compile(rf'<a\b[^>]*?\bhref="({"|".join(SCHEMES)}):([\w-]+)"[^>]*>(.*?)</a>', re.DOTALL)
_PLACE = re.compile(r"\{\{\s*([^{}]{1,60}?)\s*\}\}")
_ALONE = re.compile(r"<p>\s*\{\{\s*([^{}]{1,60}?)\s*\}\}\s*</p>")
MOST_UNBROKEN = 24  # signs that stay in one line on the narrowest phone
_links: dict[str, Links] = {}
_fillings: list[tuple[re.Pattern[str], Fillings]] = []


def register_link_scheme(scheme: str, resolver: Links) -> None:
    """`resolver(codes, language)` gives the address of each code that the public may open; others are left out."""
    if scheme not in SCHEMES:
        raise ValueError(f"{scheme!r} is not one of {SCHEMES}")
    _links[scheme] = resolver


def register_placeholder(pattern: str, resolver: Fillings) -> None:
    """`resolver(insides, language)` fills what stands in `{{…}}` and matches `pattern` as a whole."""
    _fillings.append((re.compile(pattern), resolver))


@dataclass(slots=True)
class References:
    """Everything that a number of texts name, looked up together: `References.of(texts)`, then `html` or `plain`."""

    _urls: dict[Key, str] = field(default_factory=dict)
    _filled: dict[tuple[str, str], Filled] = field(default_factory=dict)

    @classmethod
    def of(cls, texts: Iterable[Localised]) -> References:
        """One look-up a kind and language; none at all for texts that name nothing."""
        wanted: dict[tuple[str, str], set[str]] = defaultdict(set)
        places: dict[str, set[str]] = defaultdict(set)
        for text in texts:
            for scheme, code, _words in _ANCHOR.findall(text.text) if ":" in text.text else ():
                wanted[scheme, text.language].add(code)
            if "{{" in text.text:
                places[text.language].update(_PLACE.findall(text.text))
        found = cls()
        for (scheme, language), codes in wanted.items():
            if scheme in _links:
                urls = _links[scheme](frozenset(codes), language)
                found._urls |= {(scheme, language, code): url for code, url in urls.items()}
        for language, insides in places.items():
            found._fill(insides, language)
        return found

    def _fill(self, insides: set[str], language: str) -> None:
        for pattern, resolver in _fillings:
            matching = frozenset(inside for inside in insides if pattern.fullmatch(inside))
            if matching:
                self._filled |= {(language, inside): what for inside, what in resolver(matching, language).items()}

    @property
    def years(self) -> list[int]:
        """The years whose sums stand in these texts."""
        return sorted({filled.year for filled in self._filled.values() if filled.year})

    def html(self, text: str, language: str) -> str:
        """Clean HTML with addresses and sums in it. What nobody knows stays as words, without a link."""

        def link(match: re.Match[str]) -> str:
            url = self._urls.get((match[1], language, match[2]))
            return f'<a href="{escape(url)}">{match[3]}</a>' if url else match[3]

        def place(match: re.Match[str]) -> str:
            filled = self._filled.get((language, match[1]), Filled(match[1]))
            if filled.href:
                return format_html('<a class="nowrap" href="{}">{}</a>', filled.href, filled.text)
            if len(filled.text) > MOST_UNBROKEN:
                return str(escape(filled.text))
            return format_html('<span class="nowrap">{}</span>', filled.text)

        linked = _ANCHOR.sub(link, text) if "<a" in text else text
        if "{{" not in linked:
            return linked

        def block(match: re.Match[str]) -> str:
            return self._filled.get((language, match[1]), Filled("")).block or match[0]

        return _PLACE.sub(place, _ALONE.sub(block, linked))

    def plain(self, text: str, language: str) -> str:
        """Plain text with phones and sums in it."""

        def place(match: re.Match[str]) -> str:
            return self._filled.get((language, match[1]), Filled(match[1])).text

        return _PLACE.sub(place, text)

    def fill(self, text: Localised) -> Localised:
        """One of the plain texts that were looked up, with its phones and sums."""
        if "{{" not in text.text:
            return text
        return Localised(self.plain(text.text, text.language), text.language, text.is_fallback)


def fill(texts: Sequence[Localised]) -> list[Localised]:
    """Plain texts of a page with their phones and sums, looked up together."""
    found = References.of(texts)
    return [found.fill(text) for text in texts]
