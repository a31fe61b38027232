"""A file that was sent in a conversation."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from chat.models.consultation import new_public_id


class Attachment(models.Model):
    """It was clean when it came. `kept`: its random name at the upload door; `name`: what the sender called it."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    consultation = models.ForeignKey("chat.Consultation", on_delete=models.CASCADE, related_name="attachments")
    kept = models.CharField(max_length=64, unique=True)
    name = models.CharField(_("name"), max_length=120)
    size = models.PositiveIntegerField(_("bytes"))
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        verbose_name = _("file of a conversation")
        verbose_name_plural = _("files of conversations")

    def __str__(self) -> str:
        return self.public_id
