"""Where a service is asked for, and what the one who asks is asked in turn: data that editors change."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from charter.models.content import Sourced


class Place(models.TextChoices):
    """Where a service is asked for. Without a plan it is asked for here."""

    HERE = "here", _("here, on this portal")
    SPIS = "spis", _("in the state’s system SPIS")
    ELSEWHERE = "elsewhere", _("elsewhere")


class FieldKind(models.TextChoices):
    TEXT = "text", _("words")
    NUMBER = "number", _("a number")
    DATE = "date", _("a day")
    CHOICE = "choice", _("one of several")
    YES_NO = "yes_no", _("yes or no")


class RequestPlan(Sourced, ClusterableModel):
    """How one service is asked for; `code` is the service's, `where` says in words where else it is asked for."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    service = models.OneToOneField(
        "charter.Service", verbose_name=_("service"), on_delete=models.CASCADE, related_name="request_plan"
    )
    place = models.CharField(_("asked for"), max_length=10, choices=Place.choices, default=Place.HERE)
    where = models.TextField(_("where and how it is asked for"), blank=True)
    url = models.URLField(_("address of the other system"), blank=True)

    class Meta:
        ordering = ["code"]
        verbose_name = _("request form")
        verbose_name_plural = _("request forms")

    def __str__(self) -> str:
        return self.code

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.code = self.service.code
        super().save(*args, **kwargs)


class RequestField(models.Model):
    """One question on the form of a service; `choices` holds one answer a line, in every language in the same order."""

    sort_order_field = "sort_order"  # the editor's arrows write it

    plan = ParentalKey(RequestPlan, on_delete=models.CASCADE, related_name="fields")
    sort_order = models.PositiveSmallIntegerField(_("order"), default=0)
    code = models.SlugField(_("code"), max_length=30)
    kind = models.CharField(_("kind of answer"), max_length=8, choices=FieldKind.choices, default=FieldKind.TEXT)
    is_required = models.BooleanField(_("must be answered"), default=False)
    label = models.CharField(_("question"), max_length=200)
    help = models.CharField(_("help"), max_length=300, blank=True)
    choices = models.TextField(_("answers to choose from"), blank=True)

    class Meta:
        ordering = ["sort_order", "pk"]
        verbose_name = _("question of a request form")
        verbose_name_plural = _("questions of a request form")
        constraints = [
            models.UniqueConstraint(fields=["plan", "code"], name="a_question_stands_once_on_a_form"),
        ]

    def __str__(self) -> str:
        return self.label
