"""Where a resident wants to hear that there is an answer."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class NewsWish(models.Model):
    """An encrypted phone number or e-mail address. What goes there says that there is news, never what."""

    consultation = models.OneToOneField("chat.Consultation", on_delete=models.CASCADE, related_name="news_wish")
    sealed = models.TextField(_("address, encrypted"))
    asked_at = models.DateTimeField(_("asked"))
    told_at = models.DateTimeField(_("last told"), null=True)

    class Meta:
        verbose_name = _("wish to be told of an answer")
        verbose_name_plural = _("wishes to be told of an answer")

    def __str__(self) -> str:
        return f"{self.consultation_id}"
