"""What the people themselves say of the visits they got."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.registry.models.programme import Programme
from portal.registry.models.visit import Visit


class VisitWord(models.Model):
    """That a visit was as written down, or what was not done. Said once.

    `visit` None: nobody came on a day of the programme. `appeal`: the number of the complaint it became in the system
    that told it; `outer_key` is that system's own.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="words")
    visit = models.OneToOneField(Visit, on_delete=models.PROTECT, null=True, related_name="word")
    day = models.DateField(_("day"))
    outer_key = models.CharField(max_length=64, unique=True)
    is_confirmed = models.BooleanField(_("confirmed by the person"))
    text = models.TextField(_("what the person says"), blank=True)
    appeal = models.CharField(_("number of the complaint"), max_length=12, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-day", "-pk"]
        verbose_name = _("word on a visit")
        verbose_name_plural = _("words on visits")
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "day"], condition=Q(visit__isnull=True), name="nobody_came_is_said_once_a_day"
            ),
            models.CheckConstraint(
                condition=Q(is_confirmed=False) | Q(visit__isnull=False), name="only_a_visit_that_was_is_confirmed"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {'+' if self.is_confirmed else '-'}"
