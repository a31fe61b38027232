"""Terms that a registry's case types name, proposed for the town's standards."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ProposalState(models.TextChoices):
    OPEN = "open", _("to be looked at")
    ACCEPTED = "accepted", _("taken over")
    DISMISSED = "dismissed", _("dismissed")


class TermProposal(models.Model):
    """The days a case type promises and those the law gives it, as the registry told them on a day; 0: none is named.

    The same terms told again are the same proposal, whatever became of it; other terms are a new one.
    """

    registry = models.CharField(max_length=20)
    kind = models.CharField(_("case type"), max_length=60)
    title = models.CharField(_("name of the case type"), max_length=200, blank=True)
    promised_days = models.PositiveSmallIntegerField(_("days the office promises"), default=0)
    legal_days = models.PositiveSmallIntegerField(_("days the law gives"), default=0)
    told_at = models.DateTimeField(_("told"))
    state = models.CharField(max_length=10, choices=ProposalState.choices, default=ProposalState.OPEN)
    standard = models.CharField(_("standard"), max_length=40, blank=True)
    reason = models.CharField(_("why"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-told_at", "kind"]
        verbose_name = _("proposed term")
        verbose_name_plural = _("proposed terms")
        constraints = [
            models.UniqueConstraint(
                fields=["registry", "kind", "promised_days", "legal_days"],
                name="the_same_terms_are_proposed_once",
            ),
            models.CheckConstraint(
                condition=~Q(state="dismissed") | ~Q(reason=""), name="a_proposal_is_dismissed_for_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state="accepted") | ~Q(standard=""), name="an_accepted_proposal_names_its_standard"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.promised_days}/{self.legal_days}"
