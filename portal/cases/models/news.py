"""Where a resident wants to hear that their case has moved."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.cases.models.link import CaseLink


class CaseNews(models.Model):
    """One address or number, encrypted, for one case; `told` is the change that was told last."""

    link = models.OneToOneField(CaseLink, on_delete=models.CASCADE, related_name="news")
    sealed = models.TextField()
    asked_at = models.DateTimeField(_("since"))
    told = models.CharField(max_length=64, blank=True)

    class Meta:
        verbose_name = _("wish for news of a case")
        verbose_name_plural = _("wishes for news of a case")

    def __str__(self) -> str:
        return f"{self.link_id}"
