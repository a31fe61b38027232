"""Small histories for the tests: what residents and consultants left behind."""

from __future__ import annotations

import datetime as dt
import itertools
from decimal import Decimal
from typing import Any

from charter.feedback.models import Rating
from charter.models import Area, Charter, Commitment, Institution, MeasuredHow, ServiceStandard, Source, Unit
from chat.models import Channel, Consultation, Found, Outcome, State, WrapUp
from kb.models import SearchEvent
from portal.cases.models import CaseLink
from portal.cases.registries.facts import Status
from portal.core.models import User
from portal.dashboard.periods import moment

_numbers = itertools.count(1)


def institution(code: str) -> Institution:
    return Institution.objects.get_or_create(code=code, defaults={"name_lt": code.upper(), "name_en": code.upper()})[0]


def standard(code: str, metric: str, *, target: float = 0.8, promised: float | None = None) -> ServiceStandard:
    charter, _ = Charter.objects.get_or_create(
        code="2026-1", defaults={"title_lt": "Chartija", "in_force_from": dt.date(2026, 1, 1)}
    )
    commitment = Commitment.objects.create(
        charter=charter, code=f"C{code[1:]}", area=Area.ACCESSIBILITY, text_lt=f"Pažadas {code}"
    )
    return ServiceStandard.objects.create(
        commitment=commitment,
        code=code,
        name_lt=f"Standartas {code}",
        metric=metric,
        unit=Unit.SECONDS,
        target=Decimal(str(target)),
        promised_value=None if promised is None else Decimal(str(promised)),
        valid_from=dt.date(2026, 1, 1),
        source=Source.CONSULTATIONS,
        measured=MeasuredHow.COMPUTED,
    )


def bob() -> User:
    return User.objects.get_or_create(username="bob")[0]


def consultation(day: dt.date, **values: Any) -> Consultation:
    """A chat at noon that was taken after 10 s, answered after 30 s and closed – unless said otherwise."""
    start = moment(day) + dt.timedelta(hours=12)
    end = start + dt.timedelta(minutes=9)
    given: dict[str, Any] = {
        "reference": f"T{next(_numbers):09d}",
        "language": "lt",
        "channel": Channel.CHAT,
        "state": State.CLOSED,
        "consultant": bob(),
        "started_at": start,
        "claimed_at": start + dt.timedelta(seconds=10),
        "waited_seconds": 10,
        "first_reply_at": start + dt.timedelta(seconds=30),
        "first_reply_seconds": 30,
        "ended_at": end,
        "closed_at": end,
        "changed_at": end,
    }
    return Consultation.objects.create(**given | values)


def abandoned(day: dt.date, **values: Any) -> Consultation:
    nothing = dict.fromkeys(("consultant", "claimed_at", "first_reply_at", "first_reply_seconds"))
    return consultation(day, **{"state": State.ABANDONED, **nothing, **values})


def wrapped_up(of: Consultation, outcome: str = Outcome.ANSWERED, found: str = Found.YES, **values: Any) -> WrapUp:
    assert of.ended_at
    return WrapUp.objects.create(consultation=of, outcome=outcome, found=found, by=bob(), at=of.ended_at, **values)


def rating(day: dt.date, score: int, **values: Any) -> Rating:
    given: dict[str, Any] = {"subject_kind": "service", "channel": "chat", "language": "lt"}
    return Rating.objects.create(score=score, at=moment(day) + dt.timedelta(hours=13), **given | values)


def ratings(day: dt.date, good: int, bad: int, **values: Any) -> None:
    for score, many in ((5, good), (2, bad)):
        for _ in range(many):
            rating(day, score, **values)


def search(day: dt.date, *, results: int = 3, **values: Any) -> SearchEvent:
    given: dict[str, Any] = {"language": "lt", "words": "šildymas"}
    return SearchEvent.objects.create(at=moment(day) + dt.timedelta(hours=11), results=results, **given | values)


def request(code: str, promised: dt.date, decided: dt.date | None = None, **values: Any) -> CaseLink:
    """A request under the standard `code`, promised by a day and decided on another, or not yet."""
    number = next(_numbers)
    given: dict[str, Any] = {
        "reference": f"R{number:09d}",
        "secret_digest": "-",
        "person_link": str(number),
        "service": "pasalpa",
        "standard": code,
        "submitted_at": moment(promised - dt.timedelta(days=20)),
        "promised_until": promised,
        "decided_on": decided,
        "status": Status.GRANTED if decided else Status.WORKING,
    }
    return CaseLink.objects.create(**given | values)
