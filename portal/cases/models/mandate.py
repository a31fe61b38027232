"""Who acts for the person of a case: in which role, with what right, until when."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.cases.models.link import CaseLink, new_public_id


class HelperRole(models.TextChoices):
    """What the helper is to the person, as the resident reads it."""

    PARENT = "parent", _("their mother or father")
    CHILD = "child", _("their son or daughter")
    SPOUSE = "spouse", _("their husband, wife or partner")
    RELATIVE = "relative", _("another relative")
    GUARDIAN = "guardian", _("their guardian or carer by a court’s decision")
    WORKER = "worker", _("a social worker or another specialist")
    NEIGHBOUR = "neighbour", _("a neighbour, a friend or somebody else")


class Right(models.TextChoices):
    """What gives the right to act for the person."""

    LAW = "law", _("the law: I am the parent of a child under 18")
    COURT = "court", _("a court’s decision")
    NOTARY = "notary", _("an authorisation certified by a notary")
    WRITTEN = "written", _("a written permission of the person")
    NONE = "none", _("no paper: I only help to ask")
    PERSON = "person", _("the person gave me a code of my own")


class MandateQuerySet(models.QuerySet["Mandate"]):
    def in_force(self, today: dt.date) -> MandateQuerySet:
        return self.filter(models.Q(until__isnull=True) | models.Q(until__gte=today), ended_at__isnull=True)


class Mandate(models.Model):
    """A helper's own code to one case, with what it opens.

    The number is the case's, the code the helper's own: `secret_digest`. What the office has said is shown once
    somebody has confirmed the right: a member of staff who saw the paper, or the person who gave the code.
    `name` is encrypted; `helper_link` is our word for a helper who was identified.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    link = models.ForeignKey(CaseLink, on_delete=models.CASCADE, related_name="mandates")
    secret_digest = models.CharField(max_length=64)
    helper_link = models.CharField(max_length=64, blank=True, db_index=True)
    name = models.TextField(blank=True)
    role = models.CharField(_("role"), max_length=10, choices=HelperRole.choices)
    right = models.CharField(_("by what right"), max_length=8, choices=Right.choices)
    may_act = models.BooleanField(_("may answer, send and withdraw"), default=True)
    until = models.DateField(_("until"), null=True, blank=True)
    made_at = models.DateTimeField(_("since"))
    confirmed_at = models.DateTimeField(_("right confirmed"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("mandate of a helper")
        verbose_name_plural = _("mandates of helpers")

    def __str__(self) -> str:
        return f"{self.link_id} {self.role}"

    def is_in_force(self, today: dt.date) -> bool:
        return self.ended_at is None and (self.until is None or self.until >= today)
