"""What was looked for: bounded facts, and the masked words for 90 days."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SearchEvent(models.Model):
    """One search: language, how many results, what was opened at which place, how the words were rewritten.

    `is_gathered`: the gap board has counted it.
    """

    class Rewritten(models.TextChoices):
        NO = "no", _("as typed")
        LAYOUT = "layout", _("other keyboard")
        LATIN = "latin", _("Latin letters")
        SUGGESTED = "suggested", _("did you mean")

    at = models.DateTimeField(_("when"), db_index=True)
    language = models.CharField(_("language"), max_length=2)
    words = models.CharField(_("words"), max_length=200, blank=True)
    results = models.PositiveSmallIntegerField(_("results"))
    rewritten = models.CharField(_("rewritten"), max_length=10, choices=Rewritten.choices, default=Rewritten.NO)
    # The same words from the same network have the same mark; other words of it have another one: no trail of a person.
    asker = models.CharField(max_length=12, blank=True)
    reader = models.CharField(_("who looked"), max_length=10, default="resident")
    opened_kind = models.CharField(_("opened"), max_length=16, blank=True)
    opened_code = models.CharField(max_length=40, blank=True)
    opened_position = models.PositiveSmallIntegerField(_("place opened"), null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    led_to_consultation = models.BooleanField(_("led to a consultation"), default=False)
    missing_note = models.CharField(_("what was missing, in their words"), max_length=500, blank=True)
    is_gathered = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("search")
        verbose_name_plural = _("searches")
        indexes = [
            models.Index(fields=["language", "at"]),
            models.Index(fields=["at"], condition=models.Q(is_gathered=False), name="searches_to_gather"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.language} {self.results}"
