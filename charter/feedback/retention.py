"""Retention of what residents say."""

import datetime as dt

from charter.feedback.models import PageVote, Rating
from portal.core.retention import PUBLIC_TASK, Forget, Row

DAYS = 180


def _forget_texts(model: type[PageVote] | type[Rating]) -> Forget:
    def forget(before: dt.datetime) -> int:
        return model._default_manager.filter(at__lt=before).exclude(text="").update(text="")

    return forget


ROWS = {
    "feedback.Rating": Row(PUBLIC_TASK, DAYS, _forget_texts(Rating)),
    "feedback.PageVote": Row(PUBLIC_TASK, DAYS, _forget_texts(PageVote)),
}
NOT_PERSONAL: set[str] = set()
