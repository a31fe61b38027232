"""What was changed in the words of search, so that it can be taken back."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class WordChange(models.Model):
    """One change of a synonym, a crisis word or a pinned answer: its fields before and after.

    None stands for a row that was not there.
    """

    at = models.DateTimeField(_("when"), db_index=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    table = models.CharField(max_length=16)
    row = models.PositiveBigIntegerField()
    before = models.JSONField(null=True, blank=True)
    after = models.JSONField(null=True, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("change of words")
        verbose_name_plural = _("changes of words")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.table} {self.row}"
