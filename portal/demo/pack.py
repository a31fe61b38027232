"""A content pack as a whole: what it holds, whether it is sound, and bringing it into the database."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import override

from charter.models import Institution, Municipality, Service
from chat import access as chat_access
from kb import watching
from kb.models import Article
from portal.cases import access as cases_access
from portal.core.caching import forget_pages
from portal.core.languages import DEFAULT
from portal.demo import (
    amounts,
    articles,
    calendar,
    charter,
    commitments,
    institutions,
    municipality,
    quick_replies,
    services,
    topics,
    words,
)
from portal.demo.reading import Pack, PackError
from portal.demo.records import Record, check
from portal.demo.writing import Progress, Writer

PACKS = Path(__file__).resolve().parent
Reader = Callable[[Pack], Iterator[Record]]

# What is pointed at by a foreign key stands before what points at it.
READERS: tuple[Reader, ...] = (
    institutions.read,
    municipality.read,
    charter.read,
    commitments.read,
    services.read,
    topics.read,
    articles.read,
    amounts.read,
    calendar.read,
    words.read,
    quick_replies.read,
)
_LINK = re.compile(r'href="(service|article|institution|topic|page):([^"]*)"')
# Pages that no file of the pack writes.
_PAGES = frozenset({"charter", "performance", "services", "institutions", "news"})
_TOKEN = re.compile(r"\{\{([^}]*)\}\}")


class BesideRealRecords(Exception):
    """A demonstration does not move in with real people's records."""


def read(pack: Pack) -> list[Record]:
    """Every record of the pack; raises PackError at the first file that cannot be understood."""
    with override(DEFAULT):
        return [record for reader in READERS for record in reader(pack)]


def mistakes(records: list[Record], pack: Pack) -> list[str]:
    """All that is wrong, links and sums included."""
    known = {(record.model._meta.model_name, record.code) for record in records}
    written = pack.one("pages.yaml").data if pack.has("pages.yaml") else {}
    known |= {("page", str(name)) for name in (*written, *_PAGES)}
    return check(records) + [
        f"{record.place}: {name}.{language}: {what}"
        for record in records
        for name, texts in record.texts.items()
        for language, text in texts.items()
        for what in _wrong_in(text, known)
    ]


def _wrong_in(text: str, known: set[tuple[str | None, str]]) -> Iterator[str]:
    for kind, code in _LINK.findall(text):
        if (kind, code) not in known:
            yield f"there is no {kind} “{code}” to link to"
    for token in _TOKEN.findall(text):
        base = token.split()[1] if re.fullmatch(r"[\d.]+ [A-Z]+( \d{4})?", token) else ""
        phone = token.removeprefix("phone:") if token.startswith("phone:") else ""
        if ("baseamount", base) not in known and ("institution", phone) not in known:
            yield f"{{{{{token}}}}} is neither a sum nor a phone"


def load(records: list[Record], progress: Progress = lambda each: each) -> Writer:
    """Check, then write everything or nothing. The caller has asked `refuse_beside_real_records`."""
    wrong = check(records)
    if wrong:
        raise PackError("\n".join(wrong))
    writer = Writer()
    with override(DEFAULT), watching.paused(), transaction.atomic():
        writer.write(records, progress)
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
