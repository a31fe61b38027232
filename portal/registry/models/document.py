"""Clerks' document templates in versions, and the documents made from them."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.core.crypto import decrypt, encrypt
from portal.core.languages import DEFAULT, LANGUAGES
from portal.registry.models.people import Recipient
from portal.registry.models.programme import Programme


class DocumentKind(models.TextChoices):
    CONTRACT = "contract", _("Contract")
    PROGRAMME = "programme", _("Individual programme")
    NOTICE = "notice", _("Notice of the decision")
    LETTER = "letter", _("Letter about what is due")


class TemplateState(models.TextChoices):
    DRAFT = "draft", _("checked, not in use yet")
    PUBLISHED = "published", _("in use")
    RETIRED = "retired", _("replaced")


class DocumentTemplate(models.Model):
    """One version of a template: a DOCX file with fields, checked before it is kept. It never changes any more."""

    kind = models.CharField(_("document"), max_length=12, choices=DocumentKind.choices)
    language = models.CharField(
        _("language"), max_length=2, choices=[(code, code) for code in LANGUAGES], default=DEFAULT
    )
    version = models.PositiveSmallIntegerField(_("version"))
    state = models.CharField(_("state"), max_length=12, choices=TemplateState.choices, default=TemplateState.DRAFT)
    kept_name = models.CharField(max_length=80)
    fields = models.JSONField(default=list)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["kind", "language", "-version"]
        verbose_name = _("document template")
        verbose_name_plural = _("document templates")
        constraints = [
            models.UniqueConstraint(fields=["kind", "language", "version"], name="a_template_has_its_own_version"),
            models.UniqueConstraint(
                fields=["kind", "language"], condition=Q(state="published"), name="one_template_of_a_kind_is_in_use"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.language} {self.version}"


class Produced(models.Model):
    """A document as it was made: its file, the template's version, and the data it came from, encrypted."""

    number = models.CharField(_("number"), max_length=24, unique=True)
    template = models.ForeignKey(DocumentTemplate, on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="produced")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="produced")
    data_encrypted = models.TextField()
    kept_name = models.CharField(max_length=80)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at", "pk"]
        verbose_name = _("document made")
        verbose_name_plural = _("documents made")

    def __str__(self) -> str:
        return self.number

    @property
    def data(self) -> Any:
        """What the document was filled with."""
        return json.loads(decrypt(self.data_encrypted))

    def set_data(self, data: Any) -> None:
        """Keep what it is filled with; the caller saves."""
        self.data_encrypted = encrypt(json.dumps(data, ensure_ascii=False))
