"""Appeals, as small as a test needs them."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from charter.feedback.appeals import access, actions
from charter.feedback.appeals.actions import Told
from charter.feedback.models import Appeal
from charter.models import Clock, ServiceStandard, Source, Unit
from portal.core import audit
from portal.core.receipts import Receipt
from tests.factories.charter import commitment, standard

TEXT = "Nobody came on Tuesday, and nobody called."


def promised(code: str = "C14", metric: str = "complaints_within_working_days", days: int = 20) -> ServiceStandard:
    """An answer within so many working days."""
    return standard(
        code.replace("C", "S"),
        commitment=commitment(code),
        metric=metric,
        promised_value=days,
        unit=Unit.WORKING_DAYS,
        clock=Clock.WORKING,
        source=Source.APPEALS,
        valid_from=dt.date(2026, 1, 1),
    )


def told(**fields: Any) -> Told:
    return Told(**{"kind": "complaint", "text": TEXT, "language": "en", **fields})


def sent(key: str = "", **fields: Any) -> Receipt:
    return actions.send(told(**fields), key=key or str(uuid.uuid4()), by=audit.RESIDENT)


def appeal(**fields: Any) -> Appeal:
    return access.everything().get(reference=sent(**fields).reference)
