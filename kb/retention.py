"""Retention of the knowledge base's tables."""

import datetime as dt

from kb.models import SearchEvent, WordChange
from portal.core.retention import PUBLIC_TASK, STAFF_DUTY, Row


def _forget_words(before: dt.datetime) -> int:
    """The facts of a search stay, the words go."""
    old = SearchEvent.objects.filter(at__lt=before).exclude(words="", missing_note="", asker="")
    return old.update(words="", missing_note="", asker="")


def _forget_changes(before: dt.datetime) -> int:
    """Nobody takes back what is a year old; the words themselves stay."""
    return WordChange.objects.filter(at__lt=before).delete()[0]


ROWS = {
    "kb.SearchEvent": Row(PUBLIC_TASK, 90, _forget_words),
    "kb.WordChange": Row(STAFF_DUTY, 365, _forget_changes),
}
NOT_PERSONAL = {"kb.Article", "kb.CrisisWord", "kb.PinnedAnswer", "kb.Synonym", "kb.Topic"}
