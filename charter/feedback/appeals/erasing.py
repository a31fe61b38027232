"""Erasing an appeal: everything of the person goes, what is counted stays."""

from __future__ import annotations

from django.db import transaction

from charter.feedback.appeals.actions import locked
from charter.feedback.models import Appeal
from portal.core import audit, clock, uploads

_PERSONAL = {"text": "", "name": "", "contact": "", "subject": "", "happened_on": None}


@transaction.atomic
def erase(appeal: Appeal) -> bool:
    """Erase one; False when that was done before. Its papers leave the disk once that is really kept."""
    appeal = locked(appeal)
    if appeal.erased_at is not None:
        return False
    for name, value in _PERSONAL.items():
        setattr(appeal, name, value)
    appeal.erased_at = clock.now()
    appeal.save(update_fields=[*_PERSONAL, "erased_at"])
    appeal.answers.update(text="", score_text="")
    appeal.events.update(text="")
    papers = list(appeal.files.values_list("kept", flat=True))
    appeal.files.all().delete()
    transaction.on_commit(lambda: uploads.forget(papers))
    audit.record("appeal.erased", appeal, by=audit.SYSTEM)
    return True
