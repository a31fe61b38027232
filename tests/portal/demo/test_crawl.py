"""A crawl of every public page in four languages: no dead link, no stray language, one heading, no id twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from itertools import combinations
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.db import transaction
from django.test import Client

from portal.core.languages import LANGUAGES
from portal.demo import pack as packs
from portal.demo.reading import Pack

PACK = Pack(packs.PACKS / "klaipeda")
# Not pages of a language: downloads, feeds, places behind a sign-in, forms that begin something.
LEFT_OUT = re.compile(
    r"/pdf/$|\.(pdf|csv|json|xml|atom|svg|png|css|js|webmanifest)$|/staff/|/cms/|/account/|/api/|/display|/feed"
)
VOID = {"area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# A title is one text for the whole window: it cannot say in which language a part of it is.
SILENT = {"script", "style", "code", "svg", "title"}
# Names that are written small: of an institution, and of a kind of place that is asked for by its name.
NAMES = re.compile("Klaipėdos lakštutė|bendruomeniniai šeimos namai")
# Letters that only one of the languages has; a name (with a capital letter) may stand in a foreign sentence.
LITHUANIAN = re.compile(r"\b[a-ząčęėįšųūž]*[ąčęėįšųūž][a-ząčęėįšųūž]*\b")
CYRILLIC = re.compile(r"[а-яёіїєґ]+", re.IGNORECASE)
FOREIGN: dict[str, tuple[re.Pattern[str], ...]] = {
    "lt": (CYRILLIC,),
    "en": (CYRILLIC, LITHUANIAN),
    "ru": (re.compile(r"[іїєґ]", re.IGNORECASE), LITHUANIAN),
    "uk": (re.compile(r"[ыэъё]", re.IGNORECASE), LITHUANIAN),
}
# Sentences in Latin letters on a Cyrillic page: four small words in a row are no name any more.
ALIKE = {"Уже писали нам?"}  # right in Russian and in Ukrainian
SENTENCE = re.compile(r"\b[^\W\d_]{2,} [^\W\d_]{2,} [^\W\d_]{2,}")  # three words in a row
SAID = ("alt", "aria-label", "title", "placeholder")  # beside the text: read aloud, or shown by the window
LATIN_SENTENCE = re.compile(r"(?:\b[a-z]{2,}\b[ ,]+){3}\b[a-z]{2,}\b")


class Read(HTMLParser):
    """What a page holds: headings, ids, links, and text with the language it stands in."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.headings = 0
        self.texts: list[tuple[str, str]] = []
        self._open: list[tuple[str, str]] = []

    @property
    def language(self) -> str:
        return self._open[-1][1] if self._open else ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag == "a" and given.get("href"):
            self.links.append(str(given["href"]))
        self.headings += tag == "h1"
        language = (given.get("lang") or self.language)[:2]
        self.texts += [(language, " ".join(said.split())) for name in SAID if (said := given.get(name))]
        if tag not in VOID:
            self._open.append((tag, language))

    def handle_endtag(self, tag: str) -> None:
        for place in range(len(self._open) - 1, -1, -1):
            if self._open[place][0] == tag:
                del self._open[place:]
                return

    def handle_data(self, data: str) -> None:
        if data.strip() and not {tag for tag, _language in self._open} & SILENT:
            self.texts.append((self.language, NAMES.sub("", " ".join(data.split()))))


def faults_of(path: str, page: Read) -> Iterator[str]:
    if page.headings != 1:
        yield f"{path}: {page.headings} first headings"
    twice = {one for one in page.ids if page.ids.count(one) > 1}
    if twice:
        yield f"{path}: ids that stand twice: {sorted(twice)}"
    for language, text in page.texts:
        for pattern in FOREIGN.get(language, ()):
            if found := pattern.search(text):
                yield f"{path}: “{found[0]}” in {language}: {text[:90]}"
        if language in ("ru", "uk") and (found := LATIN_SENTENCE.search(text)):
            yield f"{path}: “{found[0]}” in {language}: {text[:90]}"


def crawl(client: Client, language: str) -> tuple[list[str], dict[str, str], int]:
    """Every page that can be reached from the first one, in one language.

    Returns (faults, {sentence in this language: where it stands}, how many pages).
    """
    sentences: dict[str, str] = {}
    seen: dict[str, Read | None] = {}
    faults: list[str] = []
    fragments: list[tuple[str, str, str]] = []
    to_do = [(f"/{language}/", "")]
    while to_do:
        path, source = to_do.pop()
        if path in seen:
            continue
        answer: Any = client.get(path)
        if answer.status_code in (301, 302):
            to_do.append((urljoin(path, answer["Location"]), path))
            seen[path] = None
            continue
        if answer.status_code != 200:
            faults.append(f"{source}: leads to {path}, which answers with {answer.status_code}")
            seen[path] = None
            continue
        page = seen[path] = Read()
        if not answer["Content-Type"].startswith("text/html"):
            continue
        page.feed(answer.content.decode())
        faults += faults_of(path, page)
        sentences |= {text: path for tongue, text in page.texts if tongue == language and SENTENCE.search(text)}
        for href in page.links:
            target, fragment = urldefrag(urljoin(path, href))
            parts = urlsplit(target)
            if parts.scheme or not target.startswith(f"/{language}/") or LEFT_OUT.search(parts.path):
                continue
            plain = parts.path + (f"?{parts.query}" if parts.query and "page=" in parts.query else "")
            to_do.append((plain, path))
            if fragment and not parts.query:
                fragments.append((path, plain, fragment))
    for source, target, fragment in fragments:
        there = seen.get(target)
        if there is not None and there.ids and fragment not in there.ids:
            faults.append(f"{source}: leads to {target}#{fragment}, which is not there")
    return faults, sentences, sum(page is not None for page in seen.values())


@pytest.fixture(scope="module")
def _city(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        packs.load(packs.read(PACK), PACK)
        yield
        transaction.set_rollback(True)


pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def walked(_city: None) -> dict[str, tuple[list[str], dict[str, str], int]]:
    return {language: crawl(Client(), language) for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_whole(walked: dict[str, tuple[list[str], dict[str, str], int]], language: str) -> None:
    faults, _sentences, pages = walked[language]
    assert pages > 150
    assert not faults, f"{len(faults)} faults on {pages} pages\n" + "\n".join(sorted(set(faults))[:60])


@pytest.mark.parametrize(("one", "other"), [*combinations(LANGUAGES, 2)])
def test_nothing_is_said_in_the_words_of_another_language(
    walked: dict[str, tuple[list[str], dict[str, str], int]], one: str, other: str
) -> None:
    here, there = walked[one][1], walked[other][1]

    same = {text: (here[text], there[text]) for text in here.keys() & there.keys() - ALIKE}

    assert len(here) > 1000
    assert same == {}


def test_the_crawl_sees_what_it_is_there_for() -> None:
    page = Read()
    page.feed('<html lang="en"><h1>A</h1><h1>B</h1><p id="x">Pay the pašalpa</p><p id="x">Привіт</p></html>')
    found = list(faults_of("/en/", page))
    assert len(found) == 4
    clean = Read()
    clean.feed('<html lang="en"><h1>Klaipėda</h1><p lang="uk">Привіт</p><code>pašalpa</code></html>')
    assert list(faults_of("/en/", clean)) == []
