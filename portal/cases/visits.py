"""What a resident says of a visit: that it was as written down, or what was not done – and that is a complaint."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext, ngettext

from charter.feedback.appeals import actions as appeals
from charter.feedback.models import AppealKind
from charter.models import Service
from portal.cases import outbox, promises, selectors
from portal.cases.asking import PAGE, Budget
from portal.cases.models import CaseLink, Kind, VisitWord
from portal.cases.registries.care import Visit, VisitState
from portal.core import audit, clock
from portal.core.crypto import keyed
from portal.core.languages import current, pick
from portal.core.receipts import Receipt
from portal.core.templatetags.parama import in_figures

LONGEST = 3000
_KEY = "visit-appeal"


class NoSuchVisit(LookupError):
    """The case has no visit of this name that one could say something of."""


class SaidAlready(ValueError):
    """Something was said of this visit before; the word is with it."""

    def __init__(self, word: VisitWord | None) -> None:
        super().__init__()
        self.appeal = word.appeal if word else ""


class NothingSaid(ValueError):
    """Neither a service that was not done, nor a word."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """What was not done: services of the visit by their place in it, and words. `key` is the form's own."""

    key: str
    missing: Sequence[int] = ()
    text: str = ""


def visit_of(link: CaseLink, name: str) -> Visit:
    """One visit of the case that is over, as the registry tells or told it. Raises NoSuchVisit."""
    file, _is_fresh = selectors.case_file(link, budget=Budget(PAGE))
    for visit in file.care.visits if file else ():
        if visit.id == name and visit.state != VisitState.PLANNED:
            return visit
    raise NoSuchVisit(name)


@transaction.atomic
def confirm(link: CaseLink, name: str) -> None:
    """It was as the registry says. Said again it changes nothing. Raises NoSuchVisit, SaidAlready."""
    visit = visit_of(link, name)
    known = VisitWord.objects.filter(link=link, visit=name).first()
    if known is not None and known.is_confirmed:
        return
    if known is not None or not visit.may_be_confirmed:
        raise SaidAlready(known)
    _keep(link, visit, key="", is_confirmed=True)
    audit.record("case.visit_confirmed", link, by=audit.RESIDENT, visit=name)


def complain(link: CaseLink, name: str, complaint: Complaint, *, by_helper: bool = False) -> Receipt:
    """Tell what was not done: a complaint with a receipt and a term of its own, known at the visit.

    The same form sent again gives the same receipt; another word on the same visit is refused.
    Raises NoSuchVisit, SaidAlready, NothingSaid.
    """
    visit = visit_of(link, name)
    key = keyed(_KEY, f"{link.public_id}\0{name}\0{complaint.key}")
    known = VisitWord.objects.filter(link=link, visit=name).first()
    if known is not None or not visit.may_be_disputed:
        again = appeals.receipt_of(key) if known and known.key == complaint.key else None
        if again is None:
            raise SaidAlready(known)
        return again
    words = _said(visit, complaint)
    try:
        with transaction.atomic():
            receipt = appeals.send(_told(link, visit, words), key=key, by=audit.RESIDENT)
            text = words.partition("\n")[2].strip()
            _keep(link, visit, key=complaint.key, is_confirmed=False, text=text, appeal=receipt.reference)
            audit.record("case.visit_disputed", link, by=audit.RESIDENT, visit=name, helper=by_helper)
    except IntegrityError:  # two at one moment: the other one is there now
        return complain(link, name, complaint, by_helper=by_helper)
    return receipt


def _keep(link: CaseLink, visit: Visit, *, key: str, is_confirmed: bool, text: str = "", appeal: str = "") -> None:
    VisitWord.objects.create(
        link=link, visit=visit.id, key=key, is_confirmed=is_confirmed, appeal=appeal, at=clock.now()
    )
    payload = {"visit": visit.id, "is_confirmed": is_confirmed, "text": text, "appeal": appeal}
    outbox.put(link, Kind.VISIT, payload, key=f"visit-{visit.id}")


def _told(link: CaseLink, visit: Visit, words: str) -> appeals.Told:
    return appeals.Told(
        kind=AppealKind.COMPLAINT,
        text=words,
        language=current(),
        happened_on=visit.day,
        service=Service.objects.filter(code=link.service).first(),
        standard=promises.visits_standard(link.service, on=visit.day),
        subject=link.reference,
        is_demo=link.is_demo,
    )


def _said(visit: Visit, complaint: Complaint) -> str:
    """Which visit it is about, then what the resident ticked and wrote. Raises NothingSaid."""
    names = [pick(names, current()).text for names in visit.services]
    missing = [names[place] for place in sorted(set(complaint.missing)) if 0 <= place < len(names)]
    text = complaint.text.strip()[:LONGEST]
    if not missing and not text and visit.state != VisitState.MISSED:
        raise NothingSaid
    lines = [which(visit)]
    if visit.state == VisitState.MISSED:
        lines.append(gettext("Nobody came."))
    if missing:
        lines.append(gettext("Not done: %(services)s.") % {"services": ", ".join(missing)})
    return "\n".join([*lines, text] if text else lines)


def which(visit: Visit) -> str:
    """A visit in one sentence: its day and hour, and how long it is said to have been."""
    day = in_figures(visit.day)
    said = (
        gettext("Visit on %(day)s at %(time)s.") % {"day": day, "time": f"{visit.at:%H:%M}"}
        if visit.at
        else gettext("Visit on %(day)s.") % {"day": day}
    )
    if not visit.minutes:
        return said
    count = visit.minutes
    took = ngettext("Written down: %(count)s minute.", "Written down: %(count)s minutes.", count) % {"count": count}
    return f"{said} {took}"
