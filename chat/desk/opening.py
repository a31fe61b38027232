"""A conversation is opened by a member of staff: within their reach, and on record."""

from __future__ import annotations

import datetime as dt

from chat import access
from chat.models import Consultation
from portal.core import audit
from portal.core.models import User

ONE_OPENING = dt.timedelta(hours=1)


def opened(public_id: str, *, by: User) -> Consultation:
    """Whichever part of it is looked at, it has been opened, and that is on record. Raises NotThere."""
    found = access.get_for_staff(public_id, user=by)
    audit.record_once("consultation.opened", found, by=by, within=ONE_OPENING)
    return found
