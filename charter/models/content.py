"""What institutions, services and the charter's texts have in common as edited content."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)

from portal.core import previews
from portal.core.languages import LANGUAGES, OWN_NAMES, columns
from portal.core.models import TranslatedContent
from portal.core.rich_text import clean


class EditedContent(
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    TranslatedContent,
    ClusterableModel,
):
    """Drafts, history, workflow, locking, preview and translation state; public only while `live`."""

    RICH_FIELDS: tuple[str, ...] = ()

    code = models.SlugField(_("code"), max_length=40, unique=True)
    revisions = GenericRelation(
        "wagtailcore.Revision",
        content_type_field="base_content_type",
        object_id_field="object_id",
    )
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
    )

    class Meta:
        abstract = True

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        """One preview a language."""
        return [(language, OWN_NAMES[language]) for language in LANGUAGES]

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponseBase:
        return previews.serve(request, self, mode_name)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Whichever way a text came – editor, import, code – it is cleaned here, in every language."""
        for name in columns(self.RICH_FIELDS):
            setattr(self, name, clean(getattr(self, name)))
        super().save(*args, **kwargs)


class Sourced(models.Model):
    """Facts with where they come from and how sure we are. Unknown is said, never filled in."""

    class Confidence(models.TextChoices):
        OFFICIAL = "A", _("sourced and dated")
        SECONDARY = "B", _("sourced in part, old, or indirect")
        WEAK = "C", _("uncertain")
        UNCHECKED = "knowledge", _("not checked")

    confidence = models.CharField(
        _("confidence"),
        max_length=10,
        choices=Confidence.choices,
        default=Confidence.UNCHECKED,
    )
    sources = models.JSONField(_("sources"), default=list, blank=True)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    unconfirmed = models.JSONField(_("facts not confirmed"), default=list, blank=True)

    class Meta:
        abstract = True
