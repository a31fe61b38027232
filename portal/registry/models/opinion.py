"""A second assessor's answers, and a group that two people put in the place of another."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.registry.models.programme import Assessment


class SecondOpinion(models.Model):
    """The same questions answered by another assessor, who had not seen the first one's answers."""

    assessment = models.OneToOneField(Assessment, on_delete=models.PROTECT, related_name="second")
    answers = models.JSONField(default=dict)
    points = models.PositiveIntegerField()
    group = models.CharField(max_length=40)
    day = models.DateField(_("assessed on"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-day", "-pk"]
        verbose_name = _("second opinion")
        verbose_name_plural = _("second opinions")

    def __str__(self) -> str:
        return f"{self.day} {self.group}"


class ProposalKind(models.TextChoices):
    AGREED = "agreed", _("answers both assessors agree on")
    OVERRIDE = "override", _("another group than the answers give")


class ProposalState(models.TextChoices):
    OPEN = "open", _("waits for a second signature")
    SIGNED = "signed", _("signed")
    REFUSED = "refused", _("not signed")


class GroupProposal(models.Model):
    """What is to stand in an assessment's place. It stands once a second person has signed it: see `result`."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="proposals")
    kind = models.CharField(_("what it is"), max_length=8, choices=ProposalKind.choices)
    answers = models.JSONField(default=dict)
    points = models.PositiveIntegerField()
    group = models.CharField(max_length=40)
    reason = models.CharField(_("why"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(_("state"), max_length=8, choices=ProposalState.choices, default=ProposalState.OPEN)
    second_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    second_at = models.DateTimeField(null=True)
    result = models.OneToOneField(Assessment, on_delete=models.PROTECT, null=True, related_name="rests_on")

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("proposed group")
        verbose_name_plural = _("proposed groups")
        constraints = [
            models.UniqueConstraint(
                fields=["assessment"], condition=Q(state="open"), name="one_proposal_of_an_assessment_is_open"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="a_group_is_proposed_for_a_reason"),
            models.CheckConstraint(
                condition=Q(second_by__isnull=True) | ~Q(second_by=F("by")), name="a_group_is_signed_by_a_second_person"
            ),
            models.CheckConstraint(
                condition=Q(state="open", second_by__isnull=True) | (~Q(state="open") & Q(second_by__isnull=False)),
                name="who_signed_a_group_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.group}"

    @property
    def is_open(self) -> bool:
        return self.state == ProposalState.OPEN
