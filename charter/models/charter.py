"""The charter: dated versions with principles, values, commitments, duties and redress."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from charter.models.content import EditedContent
from portal.core.models import TranslatedContent


class Area(models.TextChoices):
    """The four areas to improve, named by the residents' survey of 2021."""

    ACCESSIBILITY = "accessibility", _("accessibility and promptness")
    COMMUNICATION = "communication", _("quality of communication")
    INFRASTRUCTURE = "infrastructure", _("infrastructure")
    DEVELOPMENT = "development", _("development of services")


class Charter(EditedContent):
    """One version; `code` is its number. In force from a date until the next one begins."""

    SOURCE_FIELDS = ("title", "introduction")
    RICH_FIELDS = ("introduction", "carried_by")

    title = models.CharField(_("title"), max_length=200)
    introduction = models.TextField(_("introduction"), blank=True)
    carried_by = models.TextField(_("who carries it out"), blank=True)
    proposal_note = models.TextField(_("note: a proposal"), blank=True)
    is_proposal = models.BooleanField(_("a proposal"), default=True)
    in_force_from = models.DateField(_("in force from"))
    in_force_until = models.DateField(_("in force until"), null=True, blank=True)
    sources = models.JSONField(_("sources"), default=list, blank=True)

    class Meta:
        ordering = ["-in_force_from"]
        verbose_name = _("charter")
        verbose_name_plural = _("charters")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(in_force_until__isnull=True)
                | models.Q(in_force_until__gte=models.F("in_force_from")),
                name="a_charter_ends_after_it_begins",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.code})"


class LineKind(models.TextChoices):
    PRINCIPLE = "principle", _("principle")
    VALUE = "value", _("value")
    AREA = "area", _("area to improve")
    DUTY = "duty", _("what residents do")
    REDRESS = "redress", _("how we put things right")


class CharterLine(models.Model):
    """A principle, value, area, duty or way of redress of one charter."""

    charter = models.ForeignKey(Charter, on_delete=models.CASCADE, related_name="lines")
    kind = models.CharField(_("kind"), max_length=12, choices=LineKind.choices)
    code = models.SlugField(_("code"), max_length=40)
    text = models.TextField(_("text"))
    explanation = models.TextField(_("explanation"), blank=True)
    is_proposal = models.BooleanField(_("a proposal"), default=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["kind", "order"]
        verbose_name = _("line of the charter")
        verbose_name_plural = _("lines of the charter")
        constraints = [
            models.UniqueConstraint(
                fields=["charter", "kind", "code"],
                name="a_line_stands_once_in_a_charter",
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Commitment(TranslatedContent):
    """One promise in residents' words; its measurable side is a ServiceStandard.

    The next version of the charter has rows of its own; the same code is the same promise, said anew.
    """

    SOURCE_FIELDS = ("text",)

    charter = models.ForeignKey(Charter, on_delete=models.CASCADE, related_name="commitments")
    code = models.SlugField(_("code"), max_length=12)
    area = models.CharField(_("area"), max_length=16, choices=Area.choices)
    text = models.TextField(_("promise"))
    is_proposal = models.BooleanField(_("a proposal"), default=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "code"]
        verbose_name = _("promise")
        verbose_name_plural = _("promises")
        constraints = [models.UniqueConstraint(fields=["charter", "code"], name="a_promise_stands_once_in_a_charter")]

    def __str__(self) -> str:
        return f"{self.code} {self.text[:60]}"
