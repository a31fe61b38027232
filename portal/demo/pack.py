"""A content pack as a whole: what it holds, whether it is sound, and bringing it into the database."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import override

from charter.models import BaseAmount, Institution, Municipality, Service
from chat import access as chat_access
from kb import watching
from kb.models import Article
from portal.cases import access as cases_access
from portal.core.blocks import MARKS
from portal.core.caching import forget_pages
from portal.core.languages import DEFAULT
from portal.demo import (
    amounts,
    articles,
    calendar,
    charter,
    commitments,
    facts,
    institutions,
    instruments,
    municipality,
    pages,
    quick_replies,
    request_forms,
    services,
    surveys,
    topics,
    words,
)
from portal.demo.places import Place
from portal.demo.reading import Pack, PackError
from portal.demo.records import Record, check
from portal.demo.writing import Progress, Writer
from portal.pages.links import NAMES

PACKS = Path(__file__).resolve().parent
Reader = Callable[[Pack], Iterator[Record]]

# What is pointed at by a foreign key stands before what points at it.
READERS: tuple[Reader, ...] = (
    institutions.read,
    municipality.read,
    charter.read,
    commitments.read,
    services.read,
    request_forms.read,
    topics.read,
    facts.read,
    facts.read_acts,
    articles.read,
    amounts.read,
    calendar.read,
    words.read,
    quick_replies.read,
    surveys.read,
)
_LINK = re.compile(r'href="(service|article|institution|topic|page):([^"]*)"')
_TOKEN = re.compile(r"\{\{([^}]*)\}\}")
_KINDS = {
    "fact": "fact",
    "contact": "institution",
    "standard": "servicestandard",
    "steps": "service",
    "documents": "service",
}
_REFERENCE = re.compile(rf"({'|'.join(_KINDS)}):([\w-]+)")
_TAGS = re.compile(r"<[^>]+>")
_TYPED_SUM = re.compile(r"\d[\d  .,]*(?:€|EUR\b|eur\b|евро\b|євро\b)|€ ?\d[\d.,]*\d|€ ?\d")


class BesideRealRecords(Exception):
    """A demonstration does not move in with real people's records."""


def read(pack: Pack) -> list[Record]:
    """Every record of the pack; raises PackError at the first file that cannot be understood."""
    with override(DEFAULT):
        return [record for reader in READERS for record in reader(pack)]


def mistakes(records: list[Record], pack: Pack) -> list[str]:
    """All that is wrong, links and sums included, each with its file and line."""
    pages.read(pack)
    known = {(record.model._meta.model_name, record.code) for record in records}
    known |= {("page", name) for name in NAMES}
    years = {f"{record.code} {record.key['year']}" for record in records if record.model is BaseAmount}
    found = check(records) + instruments.mistakes(records, pack)
    found += [
        f"{place.at('service')}: there is no service “{code}” in the pack"
        for place, code in pages.services_named(pack)
        if ("service", code) not in known
    ]
    return found + [
        f"{place.at(name, language, containing=part)}: {what}"
        for place, name, language, text in (*_said(records), *pages.said(pack), *instruments.said(pack))
        for part, what in _wrong_in(text, known, years)
    ]


def _said(records: list[Record]) -> Iterator[tuple[Place, str, str, str]]:
    for record in records:
        for name, texts in record.texts.items():
            for language, text in texts.items():
                yield record.place, name, language, text
        for children in record.children.values():
            yield from _said(children)


def _wrong_in(text: str, known: set[tuple[str | None, str]], years: set[str]) -> Iterator[tuple[str, str]]:
    """What stands in a text and what is wrong with it."""
    for kind, code in _LINK.findall(text):
        if (kind, code) not in known:
            yield f"{kind}:{code}", f"there is no {kind} “{code}” to link to"
    for token in _TOKEN.findall(text):
        sum_of = re.fullmatch(r"[\d.]+ ([A-Z]+)( \d{4})?", token)
        phone = token.removeprefix("phone:") if token.startswith("phone:") else ""
        if sum_of and sum_of[2] and ("baseamount", sum_of[1]) in known:
            if sum_of[1] + sum_of[2] not in years:
                yield token, f"there is no amount of {sum_of[1]} for{sum_of[2]}"
        elif token.strip() in MARKS:
            continue
        elif (shown := _REFERENCE.fullmatch(token)) is not None:
            if (_KINDS[shown[1]], shown[2]) not in known:
                yield token, f"there is no {_KINDS[shown[1]]} “{shown[2]}” to show"
        elif ("baseamount", sum_of[1] if sum_of else "") not in known and ("institution", phone) not in known:
            yield token, f"{{{{{token}}}}} is neither a sum nor a phone"
    for typed in _TYPED_SUM.findall(_TAGS.sub(" ", text)):
        yield typed, f"“{typed}” stands without its base and year: write it as {{{{2 BSI}}}} or {{{{2 BSI 2026}}}}"


def load(records: list[Record], pack: Pack, progress: Progress = lambda each: each) -> Writer:
    """Check, then write everything or nothing. The caller has asked `refuse_beside_real_records`."""
    wrong = mistakes(records, pack)
    if wrong:
        raise PackError("\n".join(wrong))
    writer = Writer()
    with override(DEFAULT), watching.paused(), transaction.atomic():
        writer.write(records, progress)
        pages.load_pages(pack)
        instruments.load_instruments(records, pack)
        forget_pages()
    return writer


def only(records: list[Record], kinds: Collection[str]) -> list[Record]:
    """The entries of these kinds (`article`, `topic` …); all of them when none is named. Raises PackError."""
    known = {str(record.model._meta.model_name) for record in records}
    for kind in kinds:
        if kind not in known:
            raise PackError(f"there is no “{kind}” in the pack; it has: {', '.join(sorted(known))}")
    return [record for record in records if not kinds or record.model._meta.model_name in kinds]


def bring_in(
    records: list[Record],
    *,
    pages_of: Pack | None = None,
    take: Collection[str] = (),
    progress: Progress = lambda each: each,
) -> Writer:
    """Write these entries, and the pages of a pack, or nothing. What people edited here stays unless `take` names it.

    A name is `article:A-001`. What entries point at and is not among them must be here already. Raises PackError.
    The caller has checked the pack.
    """
    writer = Writer(take=take)
    with override(DEFAULT), watching.paused(), transaction.atomic():
        writer.write(records, progress)
        if pages_of is not None:
            pages.load_pages(pages_of)
            instruments.load_instruments(read(pages_of), pages_of)
        forget_pages()
    return writer


def refuse_beside_real_records() -> None:
    """Only an empty database or one that already is a demonstration takes the demonstration."""
    if settings.PRODUCTION:
        raise BesideRealRecords("This is a production site: the demonstration is not loaded here.")
    if Municipality.objects.filter(is_demonstration=True).exists():
        return
    for records in (
        *(model._default_manager.all() for model in (Municipality, Institution, Service, Article)),
        chat_access.for_statistics(),
        cases_access.everything(),
    ):
        model = records.model
        if records.exists():
            raise BesideRealRecords(
                f"The database already holds real records ({model._meta.verbose_name_plural}): "
                "the demonstration would stand among them. Point DATABASE_URL or DATA_DIR at an empty place."
            )
