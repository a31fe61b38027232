"""Sending a resident's own request: one case, one receipt, whoever asks and however often it is sent."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction

from charter.models import Service
from portal.cases import access, actions, mandates, news, outbox, people
from portal.cases.access import Held
from portal.cases.mandates import Behalf
from portal.cases.models import CaseLink, Kind
from portal.cases.registries.facts import Applicant
from portal.cases.requests import drafts
from portal.core import audit, receipts, uploads
from portal.core.receipts import Receipt


@dataclass(frozen=True, slots=True)
class Wish:
    """What a resident asks for by themselves.

    `note` is for the office, whatever they said beside their name; to `news` we write when the case moves.
    `signed_in`: our own word for who asks, as an identity provider told us.
    """

    service: str
    language: str
    person: Applicant
    note: str = ""
    behalf: Behalf | None = None
    news: str = ""
    signed_in: str = ""


@dataclass(frozen=True, slots=True)
class Sent:
    """The receipt of whoever asked, and what it opens."""

    receipt: Receipt
    held: Held


def send(wish: Wish, *, key: str, files: Sequence[UploadedFile[bytes]] = ()) -> Sent:
    """A resident's own request: one for each form's `key`, however often it is sent.

    Where nobody has checked who asks, the request stands alone, joined to no other case of anybody, until the office
    has seen them. Who is signed in and asks for themselves finds it among their cases.
    Raises UnknownService, uploads.Refused.
    """
    known = _sent(key)
    if known is not None:
        return known
    found = Service.objects.filter(code=wish.service, live=True)
    facts = found.values_list("name_lt", "provider_id", "provider__name_lt").first()
    if facts is None:
        raise actions.UnknownService(wish.service)
    if len(files) + len(drafts.files_of(key)) > uploads.AT_ONCE:
        raise uploads.Refused(drafts.TOO_MANY)
    person = replace(wish.person, identifier="")
    link = actions.new_link(wish.service, people.receipt_for(key), person, provider=facts[1], language=wish.language)
    link.key = key
    if wish.signed_in and wish.behalf is None:
        link.person_link = wish.signed_in
    try:
        with transaction.atomic():
            _write_down(link, wish, {"applicant": asdict(person), "title": facts[0], "office": facts[2] or ""}, files)
    except IntegrityError:
        if (known := _sent(key)) is None:
            raise
        return known
    sent = _sent(key)
    assert sent is not None  # noqa: S101  (it was written a moment ago)
    return sent


def _write_down(link: CaseLink, wish: Wish, opening: dict[str, object], files: Sequence[UploadedFile[bytes]]) -> None:
    if wish.behalf is not None:  # the helper has a code of their own; the person's is made when they come for it
        link.secret_digest = receipts.digest(secrets.token_hex(32))
    link.save()
    if wish.behalf is not None:
        made = mandates.of_request(link, wish.behalf)
        mandates.belongs_to(made, wish.signed_in)
    outbox.put(link, Kind.OPEN_CASE, opening, key="open")
    for paper in drafts.files_of(link.key or ""):
        facts = {"kept_name": paper.kept, "name": paper.name}
        outbox.put(link, Kind.DOCUMENT, facts, key=f"open-kept-{paper.pk}")
    actions.send_papers(link, files, key="open")
    if wish.note.strip():
        outbox.put(link, Kind.NOTE, {"text": wish.note.strip(), "author": actions.by_resident()}, key="note")
    if wish.news:
        news.wish(link, wish.news)
    drafts.forget(link.key or "")
    audit.record("case.requested", link, by=audit.RESIDENT, service=wish.service, files=len(files))


def _sent(key: str) -> Sent | None:
    """What this form was answered with before."""
    link = access.everything().filter(key=key).first() if key else None
    if link is None:
        return None
    mandate = mandates.asked_by(link)
    if mandate is None:
        return Sent(people.receipt_for(key, reference=link.reference), Held(link))
    return Sent(Receipt(link.reference, mandates.secret_for(key)), Held(link, mandate))
