"""Address words that articles had before: whoever kept a link still gets there."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class MovedAddress(models.Model):
    """An address word that no longer is an article's own, and the article it leads to, in every language."""

    slug = models.SlugField(_("address word"), max_length=120, unique=True)
    article = models.ForeignKey("kb.Article", on_delete=models.CASCADE, related_name="moved_addresses")

    class Meta:
        verbose_name = _("moved address")
        verbose_name_plural = _("moved addresses")

    def __str__(self) -> str:
        return f"{self.slug} → {self.article_id}"
