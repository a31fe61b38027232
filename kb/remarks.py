"""Remarks of readers on a passage: kept, given to who answers for the article, answered to whoever wants it."""

from __future__ import annotations

import logging
import uuid

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override
from django_tasks import task

from charter.feedback.actions import publishable
from kb.models import OPEN_REMARKS, Article, Remark, RemarkState
from kb.selectors import article_with
from kb.translating.wishes import ADDRESS
from portal.core import audit, clock
from portal.core.crypto import Unreadable, decrypt, encrypt
from portal.core.models import User

logger = logging.getLogger(__name__)
LONGEST = 2000


@transaction.atomic
def give(
    article: Article, *, language: str, passage: str, text: str, key: uuid.UUID, contact: str = ""
) -> tuple[Remark, bool]:
    """Keep a remark, masked, and whether it is new; the same form sent again is one remark."""
    remark, is_new = Remark.objects.get_or_create(
        key=key,
        defaults={
            "article": article,
            "language": language,
            "passage": " ".join(passage.split())[:600],
            "version": article.live_revision_id,
            "text": publishable(text)[:LONGEST],
            "contact": encrypt(contact),
            "at": clock.now(),
            "owner": article.owner,
        },
    )
    if is_new:
        audit.record("remark.given", remark, by=audit.RESIDENT, article=article.code)
        transaction.on_commit(lambda: tell_owner.enqueue(remark.pk))
    return remark, is_new


@transaction.atomic
def take(remark: Remark, *, by: User) -> None:
    """Somebody looks at it."""
    if remark.state == RemarkState.NEW:
        remark.state, remark.owner = RemarkState.IN_WORK, by
        remark.save(update_fields=["state", "owner"])
        audit.record("remark.taken", remark, by=by)


@transaction.atomic
def answer(remark: Remark, *, state: RemarkState, text: str, by: User) -> None:
    """What came of it. Whoever left an address gets the answer once, then the address is forgotten.

    Raises ValueError without words, or for a state that leaves it open.
    """
    if state in OPEN_REMARKS or not text.strip():
        raise ValueError("a remark is closed with an answer")
    remark.state, remark.answer = state, text.strip()[:LONGEST]
    remark.answered_at, remark.answered_by = clock.now(), by
    remark.owner = remark.owner or by
    remark.save(update_fields=["state", "answer", "answered_at", "answered_by", "owner"])
    audit.record("remark.answered", remark, by=by, state=str(state))
    if remark.contact:
        transaction.on_commit(lambda: tell_reader.enqueue(remark.pk))


@task()
def tell_owner(pk: int) -> None:
    """There is a remark; the words stay here."""
    remark = Remark.objects.select_related("owner", "article").filter(pk=pk).first()
    if remark is None or remark.owner is None or not remark.owner.email:
        return
    with override(remark.owner.interface_language):
        subject = _("A reader says something about %(code)s") % {"code": remark.article.code}
        text = f"{settings.SITE_URL}/cms/knowledge/remarks/{pk}/"
    send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [remark.owner.email])


@task()
def tell_reader(pk: int) -> None:
    """The answer, in the language the reader wrote in."""
    remark = Remark.objects.filter(pk=pk).exclude(contact="").first()
    if remark is None:
        return
    try:
        address = decrypt(remark.contact)
    except Unreadable:
        address = ""
    page = article_with(remark.article_id, remark.language)
    if ADDRESS.fullmatch(address):
        with override(remark.language):
            lines = [_("You told us about a text on our portal. This is our answer:"), remark.answer]
            lines += [f"{settings.SITE_URL}{page.url(remark.language)}"] if page else []
            send_mail(_("Our answer to your remark"), "\n\n".join(lines), settings.DEFAULT_FROM_EMAIL, [address])
    Remark.objects.filter(pk=pk).update(contact="")
