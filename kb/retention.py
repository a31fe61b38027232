"""Retention of the knowledge base's tables."""

import datetime as dt

from django.db.models import CharField, Value
from django.db.models.functions import Cast, Concat

from kb.models import UNSETTLED, Gap, GapSign, Remark, Review, SearchEvent, TranslationWish, TranslationWork, WordChange
from portal.core.retention import PUBLIC_TASK, STAFF_DUTY, Row


def _forget_words(before: dt.datetime) -> int:
    """The facts of a search stay, the words go."""
    old = SearchEvent.objects.filter(at__lt=before).exclude(words="", missing_note="", asker="")
    return old.update(words="", missing_note="", asker="")


def _forget_changes(before: dt.datetime) -> int:
    """Nobody takes back what is a year old; the words themselves stay."""
    return WordChange.objects.filter(at__lt=before).delete()[0]


def _forget_signs(before: dt.datetime) -> int:
    """How often and when stays, in what words goes."""
    return GapSign.objects.filter(at__lt=before).exclude(words="", note="").update(words="", note="")


def _forget_gaps(before: dt.datetime) -> int:
    """What nobody has missed for so long is no gap; of a settled one what was done stays, without the words."""
    old = Gap.objects.exclude(signs__at__gte=before)
    gone = old.filter(state__in=UNSETTLED).delete()[0]
    settled = old.exclude(key__startswith="settled:").filter(settled_at__lt=before)
    return gone + settled.update(words="", key=Concat(Value("settled:"), Cast("pk", CharField())))


def _forget_contacts(before: dt.datetime) -> int:
    """That a language was asked for stays; whom to tell goes."""
    return TranslationWish.objects.filter(at__lt=before).exclude(contact="").update(contact="")


def _forget_remarks(before: dt.datetime) -> int:
    return Remark.objects.filter(at__lt=before).delete()[0]


def _forget_reviews(before: dt.datetime) -> int:
    return Review.objects.filter(done_at__lt=before).delete()[0]


def _forget_work(before: dt.datetime) -> int:
    return TranslationWork.objects.filter(since__lt=before).delete()[0]


ROWS = {
    "kb.SearchEvent": Row(PUBLIC_TASK, 90, _forget_words),
    "kb.WordChange": Row(STAFF_DUTY, 365, _forget_changes),
    "kb.GapSign": Row(PUBLIC_TASK, 90, _forget_signs),
    "kb.Gap": Row(PUBLIC_TASK, 90, _forget_gaps),
    "kb.TranslationWish": Row(PUBLIC_TASK, 180, _forget_contacts),
    "kb.Remark": Row(PUBLIC_TASK, 365, _forget_remarks),
    "kb.Review": Row(STAFF_DUTY, 730, _forget_reviews),
    "kb.TranslationWork": Row(STAFF_DUTY, 180, _forget_work),
}
NOT_PERSONAL = {
    "kb.Article",
    "kb.Citation",
    "kb.CrisisWord",
    "kb.Fact",
    "kb.LegalAct",
    "kb.MovedAddress",
    "kb.PinnedAnswer",
    "kb.SourceText",
    "kb.Synonym",
    "kb.Topic",
}
