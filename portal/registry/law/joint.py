"""Papers about many people at once – the acts of a month, its letters. They carry names, and can be made again.

Nobody looks for one person in them: they go after a year, long before what they were made of may be erased.
"""

from __future__ import annotations

import datetime as dt

from portal.core import uploads
from portal.registry.models import ActsJob, ActsPart, LetterRun


def forget_acts(before: dt.datetime) -> int:
    """All acts of a month on one paper, with its parts."""
    old = ActsJob.objects.filter(begun_at__lt=before)
    names = [*old.exclude(kept_name="").values_list("kept_name", flat=True)]
    names += ActsPart.objects.filter(job__in=old).values_list("kept_name", flat=True)
    count = old.count()
    old.delete()
    uploads.forget(names)
    return count


def forget_letters(before: dt.datetime) -> int:
    """All letters of a month, and what they were filled with."""
    old = LetterRun.objects.filter(made_at__lt=before)
    names = list(old.values_list("kept_name", flat=True))
    old.delete()
    uploads.forget(names)
    return len(names)
