"""Readers ask for a language, and may be told when it is there."""

from __future__ import annotations

import logging
import re
import uuid
from collections.abc import Sequence

from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from kb.models import Article, TranslationWish
from kb.selectors import article_with
from portal.core import clock
from portal.core.crypto import Unreadable, decrypt, encrypt
from portal.core.languages import LANGUAGES

logger = logging.getLogger(__name__)
ADDRESS = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}\.[^@\s.]{2,60}")
ARTICLE = "kb.article"


def ask(article: Article, language: str, *, key: uuid.UUID, contact: str = "") -> TranslationWish:
    """Keep a wish; the same key again only adds the address. Raises ValueError for a language we do not have."""
    if language not in LANGUAGES:
        raise ValueError(language)
    fresh = {"contact": encrypt(contact)} if contact else {}
    wish, _created = TranslationWish.objects.update_or_create(
        key=key,
        defaults=fresh,
        create_defaults={**fresh, "kind": ARTICLE, "entry": article.pk, "language": language, "at": clock.now()},
    )
    return wish


def tell(kind: str, entry: int, languages: Sequence[str]) -> None:
    """Somebody may wait for these languages: whoever left an address gets one letter."""
    waiting = TranslationWish.objects.filter(kind=kind, entry=entry, language__in=languages, told_at=None)
    for pk in waiting.exclude(contact="").values_list("pk", flat=True):
        _send.enqueue(pk)
    waiting.filter(contact="").update(told_at=clock.now())


@task()
def _send(pk: int) -> None:
    """One letter, in the language that was asked for; then the address is forgotten."""
    wish = TranslationWish.objects.filter(pk=pk, told_at=None).exclude(contact="").first()
    page = article_with(wish.entry, wish.language) if wish else None
    if wish is None or page is None:
        return
    try:
        address = decrypt(wish.contact)
    except Unreadable:
        address = ""
    if ADDRESS.fullmatch(address):
        with override(wish.language):
            subject = _("The answer you asked for is there in your language")
            text = f"{page.title}\n{settings.SITE_URL}{page.url(wish.language)}"
        send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [address])
    TranslationWish.objects.filter(pk=pk).update(told_at=clock.now(), contact="")
