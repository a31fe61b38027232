"""A pinned answer: whoever asks in these words finds it first."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class PinnedAnswer(models.Model):
    """`words` in whatever order and form; `kind` and `code` name what stands first, if the reader may see it."""

    language = models.CharField(_("language"), max_length=2)
    words = models.CharField(_("words of the question"), max_length=120)
    kind = models.CharField(_("kind"), max_length=16, default="article")
    code = models.CharField(_("code"), max_length=40)

    class Meta:
        ordering = ["language", "words", "pk"]
        verbose_name = _("pinned answer")
        verbose_name_plural = _("pinned answers")
        constraints = [
            models.UniqueConstraint(fields=["language", "words", "kind", "code"], name="an_answer_is_pinned_once")
        ]

    def __str__(self) -> str:
        return f"{self.language}: {self.words} → {self.kind} {self.code}"
