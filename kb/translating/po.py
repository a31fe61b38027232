"""Translations out to an agency and back: one PO file a language, every message knows which source text it is of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import polib
from django.db import transaction
from django.utils.translation import gettext as _

from kb.keeping import keep
from kb.translating.actions import mistakes_of, release
from kb.translating.checks import mistakes
from kb.translating.kinds import fields_of, find, is_rich, kinds
from kb.translating.queue import queue
from portal.core import audit
from portal.core.languages import LANGUAGES, column
from portal.core.models import TranslatedContent, TranslationState, User
from portal.core.rich_text import clean

LARGEST = 20 * 1024 * 1024
MOST_ENTRIES = 50_000
_SEPARATOR = "|"


def export(language: str, *, kind: str = "") -> str:
    """What is missing or outdated in `language`. An outdated text stands there as fuzzy, to be looked at."""
    po = polib.POFile(wrapwidth=0)
    po.metadata = {
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Language": language,
        "X-Parama": "1",
    }
    for row in queue(language, kind=kind):
        content = find(row.kind, row.entry)
        if content is not None:
            po.extend(_entries(row.kind, content, language))
    return str(po)


def _entries(kind: str, content: TranslatedContent, language: str) -> Iterable[polib.POEntry]:
    is_outdated = content.translation_state(language) == TranslationState.OUTDATED
    digest = content.source_hash()
    for name in fields_of(type(content)):
        source = str(getattr(content, column(name, content.source_language)) or "")
        if source.strip():
            text = str(getattr(content, column(name, language)) or "")
            yield polib.POEntry(
                msgctxt=_SEPARATOR.join((kind, str(content.pk), name)),
                msgid=source,
                msgstr=text,
                comment=f"source {digest}",
                flags=["fuzzy"] if is_outdated and text else [],
            )


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that is wrong, with the line of the file where it stands (0: the file as a whole)."""

    line: int
    what: str


@dataclass(slots=True)
class Incoming:
    """A file that was read: texts by entry, the source each was made from, and everything that is wrong."""

    language: str
    texts: dict[tuple[str, int], dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    digests: dict[tuple[str, int], str] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)
    untouched: int = 0

    @property
    def is_sound(self) -> bool:
        return not self.troubles


def read(data: bytes, language: str) -> Incoming:
    """Everything in the file checked against the entries as they stand; nothing is written."""
    found = Incoming(language)
    po = _parsed(data, found)
    if po is None:
        return found
    for message in po:
        _take(message, found)
    return found


def _parsed(data: bytes, found: Incoming) -> polib.POFile | None:
    if len(data) > LARGEST:
        found.troubles.append(Trouble(0, _("The file is too large.")))
        return None
    try:
        po = polib.pofile(data.decode("utf-8-sig"))
    except (OSError, ValueError, UnicodeDecodeError, IndexError) as error:
        found.troubles.append(Trouble(0, _("This is no PO file: %(why)s") % {"why": str(error)[:200]}))
        return None
    if len(po) > MOST_ENTRIES:
        found.troubles.append(Trouble(0, _("The file has too many messages.")))
        return None
    if po.metadata.get("Language") != found.language or found.language not in LANGUAGES:
        told = po.metadata.get("Language") or "–"
        found.troubles.append(Trouble(0, _("The file says its language is “%(language)s”.") % {"language": told}))
        return None
    return po


def _take(message: polib.POEntry, found: Incoming) -> None:
    """One message into `found`, or what is wrong with it."""
    if not message.msgstr.strip() or "fuzzy" in message.flags or message.obsolete:
        found.untouched += 1
        return

    def wrong(what: str) -> None:
        found.troubles.append(Trouble(message.linenum, what))

    kind, _sign, rest = (message.msgctxt or "").partition(_SEPARATOR)
    number, _sign, name = rest.partition(_SEPARATOR)
    content = find(kind, int(number)) if kind in kinds() and number.isascii() and number.isdigit() else None
    if content is None or name not in fields_of(type(content)):
        wrong(_("This text is not known here: %(name)s") % {"name": (message.msgctxt or "–")[:80]})
        return
    if found.language == content.source_language:
        wrong(_("This is the source language of the entry."))
        return
    key = (kind, content.pk)
    longest = getattr(content._meta.get_field(column(name, found.language)), "max_length", None)
    for what in mistakes(message.msgid, message.msgstr, is_rich=is_rich(type(content), name), longest=longest):
        wrong(what)
    found.texts[key][name] = message.msgstr
    found.digests[key] = message.comment.removeprefix("source ").strip()[:16]


@transaction.atomic
def bring_in(found: Incoming, *, by: User) -> tuple[int, int]:
    """Write it all or nothing; returns (complete, still not complete) entries. Raises ValueError for an unsound file.

    A translation of a source text that has changed since is kept and shows as outdated.
    """
    if not found.is_sound:
        raise ValueError("the file has mistakes")
    complete = 0
    for (kind, entry), texts in found.texts.items():
        content = find(kind, entry)
        if content is None:
            continue
        values: dict[str, Any] = {
            column(name, found.language): str(clean(text)) if is_rich(type(content), name) else text
            for name, text in texts.items()
        }
        for name, value in values.items():
            setattr(content, name, value)
        if not mistakes_of(content, found.language) or content.source_hash() != found.digests[kind, entry]:
            values["translated_from"] = {**content.translated_from, found.language: found.digests[kind, entry]}
            release(content, found.language)
            complete += content.source_hash() == found.digests[kind, entry]
        keep(content, values, by=by)
        audit.record("translation.brought_in", content, by=by, language=found.language)
    return complete, len(found.texts) - complete
