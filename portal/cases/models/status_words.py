"""What each status is called for residents, and what is expected of them then: data that editors change."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.cases.registries.facts import Status

MEANINGS = {
    Status.RECEIVED: _("received"),
    Status.WORKING: _("being worked on"),
    Status.WAITING: _("waiting for the person"),
    Status.GRANTED: _("decided: granted"),
    Status.REFUSED: _("decided: refused"),
    Status.WITHDRAWN: _("withdrawn"),
}


class StatusWords(models.Model):
    """One status as a registry names it. `kind`: the case type it belongs to; empty for all of them.

    A status nobody has written words for is there with `is_written` False since it was met first; residents read the
    words of its `meaning` until then.
    """

    kind = models.CharField(_("case type"), max_length=60, blank=True, help_text=_("Empty: every case type."))
    code = models.CharField(_("status in the registry"), max_length=100)
    meaning = models.CharField(_("meaning"), max_length=12, choices=list(MEANINGS.items()), default=Status.WORKING)
    words = models.CharField(_("status in plain words"), max_length=120, blank=True)
    expected = models.TextField(_("what is expected of the resident"), blank=True)
    is_written = models.BooleanField(_("has its words"), default=False, editable=False)
    met_at = models.DateTimeField(_("first met"), null=True, editable=False)

    class Meta:
        ordering = ["is_written", "kind", "code"]
        verbose_name = _("status in plain words")
        verbose_name_plural = _("statuses in plain words")
        constraints = [
            models.UniqueConstraint(fields=["kind", "code"], name="a_status_of_a_case_type_is_named_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.code}" if self.kind else self.code

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Written as soon as it has words in the language that all others fall back to."""
        self.is_written = bool(getattr(self, "words_lt", "").strip())
        super().save(*args, **kwargs)
