"""Words of the packages we stand on – Wagtail's screens, Django's forms – where their own catalogues have gaps.

Our staff reach these screens, so an empty place there is a string in English on a Lithuanian page. The gaps are filled
by catalogues of ours in `portal/project/locale`; what the packages have translated themselves is left to them.
`python -m portal.project.borrowed` brings the catalogues up to the packages that are installed (what is filled in
stays); with `--missing` it lists what nobody has translated yet and changes nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import polib

from portal.project.catalogues import BORROWED, PLURALS, ROOT, Key, catalogue_of, key_of

DOMAINS = ("django", "djangojs")
# Of Django only what staff can meet: messages of forms, sign-in, counted days. Its own admin is not installed.
SOURCES = (
    "wagtail",
    "wagtail.admin",
    "wagtail.contrib.redirects",
    "wagtail.documents",
    "wagtail.embeds",
    "wagtail.images",
    "wagtail.search",
    "wagtail.sites",
    "wagtail.snippets",
    "wagtail.users",
    "taggit",
    "allauth",
    "django.conf",
    "django.contrib.auth",
    "django.contrib.humanize",
)
_SCRIPTS_OF = "wagtail.admin"  # the only one whose scripts ask for words


@dataclass(frozen=True, slots=True)
class Gap:
    """One string of a package that has no words in a language; `forms`: what the package says of a counted one."""

    package: str
    entry: polib.POEntry
    forms: tuple[str, ...] = ()


def path_of(language: str, domain: str, root: Path = ROOT) -> Path:
    return root / BORROWED / language / "LC_MESSAGES" / f"{domain}.po"


def gaps_of_packages(language: str, domain: str, sources: Iterable[str] = SOURCES) -> Iterator[Gap]:
    """What the packages leave open, once each, in the order of the packages.

    Scripts count by one rule for all words, and ours is not Wagtail's: what they count is ours throughout.
    """
    seen: set[Key] = set()
    for package in sources if domain == "django" else (_SCRIPTS_OF,):
        own = {key_of(entry): entry for entry in _read(package, language, domain) if entry.translated()}
        for entry in _read(package, "en", domain):
            key = key_of(entry)
            counted = domain == "djangojs" and bool(entry.msgid_plural)
            if key in seen or (key in own and not counted):
                continue
            seen.add(key)
            yield Gap(package, entry, _three(own[key], language) if key in own else ())


def refresh(language: str, domain: str, *, root: Path = ROOT, sources: Iterable[str] = SOURCES) -> Path:
    """Bring one catalogue up to the packages: new gaps are added empty, gaps they have filled themselves go."""
    path = path_of(language, domain, root)
    before = {key_of(entry): entry for entry in polib.pofile(str(path))} if path.exists() else {}
    after = polib.POFile(wrapwidth=0)
    after.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }
    said_by_us = _translated(catalogue_of(language, root))
    for gap in gaps_of_packages(language, domain, sources):
        if domain == "django" and key_of(gap.entry) in said_by_us:
            continue
        after.append(_entry(gap, before.get(key_of(gap.entry))))
    path.parent.mkdir(parents=True, exist_ok=True)
    after.save(str(path))
    return path


def missing(language: str, *, root: Path = ROOT, sources: Iterable[str] = SOURCES) -> list[tuple[str, str]]:
    """Package and msgid of every string that a reader of this language would get in English."""
    found = []
    for domain in DOMAINS:
        done = _translated(path_of(language, domain, root))
        if domain == "django":
            done |= _translated(catalogue_of(language, root))
        found += [
            (gap.package, gap.entry.msgid)
            for gap in gaps_of_packages(language, domain, sources)
            if key_of(gap.entry) not in done
        ]
    return found


def _read(package: str, language: str, domain: str) -> list[polib.POEntry]:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise RuntimeError(f"{package} is not installed")
    path = Path(spec.origin).parent / "locale" / language / "LC_MESSAGES" / f"{domain}.po"
    return [entry for entry in polib.pofile(str(path)) if not entry.obsolete] if path.exists() else []


def _translated(path: Path) -> set[Key]:
    return {key_of(entry) for entry in polib.pofile(str(path)).translated_entries()} if path.exists() else set()


def _three(entry: polib.POEntry, language: str) -> tuple[str, ...]:
    """One, few, many out of the four forms of Wagtail's translators; fractions stand third in Lithuanian, else last."""
    forms = [form for _, form in sorted(entry.msgstr_plural.items())]
    return (forms[0], forms[1], forms[-1] if language == "lt" else forms[2])


def _entry(gap: Gap, old: polib.POEntry | None) -> polib.POEntry:
    source = gap.entry
    fresh = polib.POEntry(
        msgid=source.msgid,
        msgid_plural=source.msgid_plural,
        msgctxt=source.msgctxt,
        comment=source.comment,
        flags=[flag for flag in source.flags if flag != "fuzzy"],
        occurrences=[(gap.package, "")],
    )
    if source.msgid_plural:
        known = old.msgstr_plural if old and any(old.msgstr_plural.values()) else dict(enumerate(gap.forms))
        fresh.msgstr_plural = {form: known.get(form, "") for form in range(3)}
    elif old:
        fresh.msgstr = old.msgstr
    if old:
        fresh.tcomment = old.tcomment
        fresh.flags += ["fuzzy"] if old.fuzzy else []
    return fresh


def main(arguments: list[str]) -> int:
    for language in PLURALS:
        if "--missing" not in arguments:
            for domain in DOMAINS:
                refresh(language, domain)
        gaps = missing(language)
        print(f"{language}: {len(gaps)} strings of Wagtail and Django to translate")
        if "--missing" in arguments:
            print("\n".join(f"  {package}: {msgid!r}" for package, msgid in gaps))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
