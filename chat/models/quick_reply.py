"""A ready sentence that consultants insert, in four languages."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class QuickReply(models.Model):
    """`text` is written in each language; the resident gets theirs. With an `owner` it is that consultant's own.

    `{name}`, `{consultant}`, `{reference}` and `{phone}` in it are filled in when it is inserted.
    """

    code = models.SlugField(_("code"), max_length=40, unique=True)
    topic = models.ForeignKey(
        "kb.Topic",
        verbose_name=_("topic"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="quick_replies",
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("whose own"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="quick_replies",
    )
    text = models.TextField(_("text"))
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "code"]
        verbose_name = _("quick reply")
        verbose_name_plural = _("quick replies")

    def __str__(self) -> str:
        return self.code
