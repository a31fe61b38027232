"""What translators work with: the source texts they saw, what is in work, and who waits for a language."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.languages import LANGUAGES

_LANGUAGES = [(code, code) for code in LANGUAGES]


class SourceText(models.Model):
    """A source text under its own hash: what a translation was made from can be compared with what it says today."""

    digest = models.CharField(max_length=16, primary_key=True)
    texts = models.JSONField()
    since = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("source text")
        verbose_name_plural = _("source texts")

    def __str__(self) -> str:
        return self.digest


class TranslationWork(models.Model):
    """Somebody is translating one entry into one language. `kind`: label of its model."""

    kind = models.CharField(max_length=40)
    entry = models.PositiveBigIntegerField()
    language = models.CharField(max_length=2, choices=_LANGUAGES)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField()

    class Meta:
        verbose_name = _("translation in work")
        verbose_name_plural = _("translations in work")
        constraints = [
            models.UniqueConstraint(fields=["kind", "entry", "language"], name="one_person_translates_an_entry")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.entry} {self.language}"


class TranslationWish(models.Model):
    """A reader asked for a language. `contact` (encrypted) is there only when they want to be told; then it goes."""

    kind = models.CharField(max_length=40)
    entry = models.PositiveBigIntegerField()
    language = models.CharField(max_length=2, choices=_LANGUAGES)
    contact = models.TextField(blank=True)
    key = models.UUIDField(unique=True)
    at = models.DateTimeField(db_index=True)
    told_at = models.DateTimeField(null=True, blank=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("wish for a translation")
        verbose_name_plural = _("wishes for translations")
        indexes = [models.Index(fields=["kind", "entry", "language"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.entry} {self.language}"
