"""What is done with a case from the portal: register a request, answer, send papers, withdraw."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import asdict

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from charter.clocks import day_clock
from charter.models import Membership, Service
from portal.cases import access, mandates, outbox, people, promises, words
from portal.cases.mandates import Behalf
from portal.cases.models import CaseLink, Kind
from portal.cases.registries.facts import Applicant
from portal.core import audit, clock, receipts, uploads
from portal.core.models import User
from portal.core.names import marks_of
from portal.core.receipts import Receipt


class UnknownService(LookupError):
    """There is no such service among those the charter knows."""


class NothingSent(ValueError):
    """An answer has words or papers."""


def register_request(
    *,
    service: str,
    language: str,
    by: User,
    person: Applicant,
    consultation_reference: str = "",
    note: str = "",
    key: str = "",
    behalf: Behalf | None = None,
    is_demo: bool = False,
) -> Receipt:
    """Register a resident's request for a service; the receipt is theirs, shown once.

    Where somebody asks for another person (`behalf`), the receipt is the helper's own: it opens what their mandate
    opens. Works also while the registry is down: the request waits in the outbox. `key` is the form's own: the same
    form sent again, even at the same moment, gives the same receipt and no second case.
    Raises PermissionDenied, UnknownService.
    """
    post = post_of(by)
    facts = Service.objects.filter(code=service).values_list("name_lt", "provider_id", "provider__name_lt").first()
    if facts is None:
        raise UnknownService(service)
    key = key or (secrets.token_hex(16) if behalf else "")
    receipt = known_receipt(key) or people.receipt_for(key)
    link = new_link(service, receipt, person, provider=facts[1], language=language)
    link.registered_at_id = post.institution_id
    link.key, link.is_demo, link.consultation_reference = key or None, is_demo, consultation_reference
    try:
        with transaction.atomic():
            _write_down(link, behalf, by=by)
            opening = {"applicant": asdict(person), "title": facts[0], "office": facts[2] or ""}
            outbox.put(link, Kind.OPEN_CASE, opening, key="open")
            said = "\n".join(line for line in (note.strip(), mandates.told(behalf) if behalf else "") if line)
            if said:
                outbox.put(link, Kind.NOTE, {"text": said, "author": author_of(post)}, key="note")
            audit.record("case.registered", link, by=by, service=service, language=language)
    except IntegrityError:
        known = known_receipt(key)
        if known is None:
            raise
        return known
    return known_receipt(key) or receipt


def _write_down(link: CaseLink, behalf: Behalf | None, *, by: User) -> None:
    if behalf is None:
        link.save()
        return
    link.secret_digest = receipts.digest(secrets.token_hex(32))  # the person's own is made when they come for it
    link.save()
    mandates.of_request(link, behalf, by=by)


def send_papers(link: CaseLink, files: Sequence[UploadedFile[bytes]], *, key: str) -> None:
    """Check, keep and send files; each arrives once under `key`. Raises uploads.Refused, and then none is sent."""
    if len(files) > uploads.AT_ONCE:
        raise uploads.Refused(_("At most five files can be sent at once. Choose the ones that matter most."))
    for number, (file, kept) in enumerate(zip(files, uploads.take_in_all(files), strict=True)):
        facts = {"kept_name": kept.name, "name": file.name or kept.name}
        outbox.put(link, Kind.DOCUMENT, facts, key=f"{key}-{number}")


def by_resident() -> str:
    with override(words.OFFICE_LANGUAGE):
        return gettext("The resident, through the portal")


def known_receipt(key: str) -> Receipt | None:
    """The receipt this form was answered with before."""
    link = access.everything().filter(key=key).only("pk", "reference").first() if key else None
    if link is None:
        return None
    if mandates.asked_by(link) is not None:
        return Receipt(link.reference, mandates.secret_for(key))
    return people.receipt_for(key, reference=link.reference)


def new_link(service: str, receipt: Receipt, person: Applicant, *, provider: int | None, language: str) -> CaseLink:
    """A link with the promise that holds today; not saved yet."""
    now, today = clock.now(), clock.today()
    promise = promises.promise_for(service, on=today)
    link = CaseLink(
        reference=receipt.reference,
        secret_digest=receipts.digest(receipt.secret),
        person_link=people.link_of(person),
        name_marks=str(marks_of(person.name)),
        service=service,
        institution_id=provider,
        submitted_at=now,
        language=language,
    )
    if promise is not None:
        days = day_clock(promise.clock, around=today)
        link.standard, link.clock = promise.standard, promise.clock
        link.promised_days, link.legal_days = promise.days, promise.legal_days
        link.legal_pauses = promise.legal_pauses
        link.promised_until = days.due(today, promise.days) if promise.days else None
        link.legal_until = days.due(today, promise.legal_days) if promise.legal_days else None
    return link


@transaction.atomic
def answer(link: CaseLink, *, enquiry: str, text: str, files: Sequence[UploadedFile[bytes]] = ()) -> None:
    """The resident's answer to what the office asked, with papers. Raises NothingSent, uploads.Refused.

    An enquiry is answered once: the same form sent again changes nothing. The papers leave before the answer, so
    that they are there when it is read.
    """
    if not text.strip() and not files:
        raise NothingSent
    key = answer_key(enquiry)
    if outbox.is_known(link, key):
        return
    send_papers(link, files, key=key)
    outbox.put(link, Kind.ANSWER, {"enquiry": enquiry, "text": text.strip()}, key=key)
    audit.record("case.answered", link, by=audit.RESIDENT, files=len(files))


@transaction.atomic
def write(link: CaseLink, text: str, *, files: Sequence[UploadedFile[bytes]] = (), key: str) -> None:
    """What the resident adds or asks by themselves. Raises NothingSent, uploads.Refused. Sent again it is sent once."""
    if not text.strip() and not files:
        raise NothingSent
    if len(files) > uploads.AT_ONCE:
        raise uploads.Refused(_("At most five files can be sent at once. Choose the ones that matter most."))
    words_key, papers_key = f"written-{key}", f"sent-{key}"
    if outbox.is_known(link, words_key) or outbox.is_known(link, f"{papers_key}-0"):
        return
    send_papers(link, files, key=papers_key)
    if text.strip():
        outbox.put(link, Kind.NOTE, {"text": text.strip(), "author": by_resident()}, key=words_key)
    audit.record("case.written", link, by=audit.RESIDENT, files=len(files))


def answer_key(enquiry: str) -> str:
    return f"answer-{enquiry}"


@transaction.atomic
def withdraw(link: CaseLink) -> None:
    """The resident no longer wants it."""
    outbox.put(link, Kind.WITHDRAWAL, {}, key="withdraw")
    audit.record("case.withdrawn", link, by=audit.RESIDENT)


def post_of(user: User) -> Membership:
    """The membership `user` acts by. Raises PermissionDenied."""
    post = Membership.objects.filter(user=user, role__in=access.OPENERS).order_by("institution_id", "role").first()
    if post is None or not user.is_active:
        raise PermissionDenied
    return post


def author_of(post: Membership) -> str:
    """Role and office, as the registry's people read them."""
    with override(words.OFFICE_LANGUAGE):
        return ", ".join(str(word) for word in (post.get_role_display(), post.institution) if word)


def submitted_on(link: CaseLink) -> dt.date:
    """The day the request came in, by the town's clock."""
    return clock.day_of(link.submitted_at)
