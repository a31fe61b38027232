"""Retention of the knowledge base's tables."""

import datetime as dt

from kb.models import SearchEvent
from portal.core.retention import PUBLIC_TASK, Row


def _forget_words(before: dt.datetime) -> int:
    """The facts of a search stay, the words go."""
    old = SearchEvent.objects.filter(at__lt=before).exclude(words="", missing_note="")
    return old.update(words="", missing_note="")


ROWS = {"kb.SearchEvent": Row(PUBLIC_TASK, 90, _forget_words)}
NOT_PERSONAL = {"kb.Article", "kb.CrisisWord", "kb.Synonym", "kb.Topic"}
