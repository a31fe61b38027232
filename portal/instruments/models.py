"""Instruments and their versions. A version is one document; what residents have seen never changes any more."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.core.languages import DEFAULT


class Purpose(models.TextChoices):
    """Where residents meet it."""

    CHECK = "check", _("needs check")
    SITUATION = "situation", _("situation in life")


class State(models.TextChoices):
    """The life of a version."""

    DRAFT = "draft", _("draft")
    WAITING = "waiting", _("waits for a second pair of eyes")
    PUBLISHED = "published", _("published")
    RETIRED = "retired", _("retired")


class Instrument(models.Model):
    """Questions under one address, version by version. `topics`: codes of the situations whose pages lead here."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    purpose = models.CharField(_("purpose"), max_length=12, choices=Purpose.choices, default=Purpose.CHECK)
    order = models.PositiveSmallIntegerField(_("order"), default=100)
    icon = models.CharField(_("symbol"), max_length=20, blank=True)
    topics = models.JSONField(_("topics"), default=list, blank=True)
    is_sensitive = models.BooleanField(_("sensitive: offer to leave quickly"), default=False)

    class Meta:
        ordering = ["purpose", "order", "code"]
        verbose_name = _("set of questions")
        verbose_name_plural = _("sets of questions")

    def __str__(self) -> str:
        return self.code


class FrozenVersion(RuntimeError):
    """A version that is no draft keeps its words."""


class Version(models.Model):
    """One version of an instrument; its document holds every text in every language (see `reading`).

    `translated_from`: {language: hash of the source texts it was translated from}, as for other content.
    """

    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.DRAFT)
    document = models.JSONField(_("questions"), default=dict)
    source_language = models.CharField(max_length=2, default=DEFAULT)
    translated_from = models.JSONField(default=dict, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField(null=True)
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["instrument", "-number"]
        verbose_name = _("version of questions")
        verbose_name_plural = _("versions of questions")
        constraints = [
            models.UniqueConstraint(fields=["instrument", "number"], name="a_version_has_its_own_number"),
            models.UniqueConstraint(
                fields=["instrument"], condition=Q(state="published"), name="one_version_is_published"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument} {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Raises FrozenVersion when the words of a version that has left the editor's hands would change."""
        before = Version.objects.filter(pk=self.pk).values_list("state", "document").first() if self.pk else None
        if before and before[0] != State.DRAFT and before[1] != self.document:
            raise FrozenVersion(str(self))
        super().save(*args, **kwargs)
