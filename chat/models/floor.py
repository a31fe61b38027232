"""What happens between consultants: offers, invitations, drafts, alerts, and looking at each other's work."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class OfferOutcome(models.TextChoices):
    TAKEN = "taken", _("taken")
    DECLINED = "declined", _("not taken")
    LAPSED = "lapsed", _("not seen in time")


class Offer(models.Model):
    """One consultation shown to one consultant for a few seconds, to be taken or left."""

    consultation = models.ForeignKey("chat.Consultation", on_delete=models.CASCADE, related_name="offers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=8, choices=OfferOutcome.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consultation"], condition=Q(outcome=""), name="a_consultation_is_offered_to_one_at_a_time"
            )
        ]
        verbose_name = _("offer")
        verbose_name_plural = _("offers")

    def __str__(self) -> str:
        return f"{self.consultation_id} → {self.user_id}"


class Invitation(models.Model):
    """A colleague who was asked into a conversation: reads it and writes notes, never to the resident."""

    consultation = models.ForeignKey("chat.Consultation", on_delete=models.CASCADE, related_name="invitations")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consultation", "user"], name="nobody_is_invited_twice_into_a_conversation")
        ]
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self) -> str:
        return f"{self.consultation_id} ← {self.user_id}"


class Draft(models.Model):
    """What a consultant has begun to write and not sent."""

    consultation = models.ForeignKey("chat.Consultation", on_delete=models.CASCADE, related_name="drafts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consultation", "user"], name="one_draft_a_consultant_and_conversation")
        ]
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")

    def __str__(self) -> str:
        return f"{self.consultation_id} {self.user_id}"


class AlertKind(models.TextChoices):
    CRISIS = "crisis", _("somebody may be in danger")
    ABUSE = "abuse", _("a conversation was ended because of insults or threats")
    CUT_OFF = "cut_off", _("a consultant has been cut off for three minutes")
    SLOW_LANGUAGE = "slow_language", _("one language waits much longer than the others")
    NOBODY = "nobody", _("somebody waits and nobody who speaks the language is there")
    OVERDUE = "overdue", _("a promised answer is overdue")


class Alert(models.Model):
    """Something a supervisor has to see. One stays open a kind and subject until somebody has seen it."""

    kind = models.CharField(_("kind"), max_length=14, choices=AlertKind.choices)
    consultation = models.ForeignKey(
        "chat.Consultation", on_delete=models.CASCADE, null=True, blank=True, related_name="alerts"
    )
    institution = models.ForeignKey("charter.Institution", on_delete=models.CASCADE, null=True, related_name="+")
    subject = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField(_("since"))
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-at"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject"],
                condition=Q(seen_at__isnull=True),
                name="nobody_is_alerted_twice_of_one_thing",
            )
        ]
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class QualityCheck(models.Model):
    """One conversation read afterwards against the promise "we speak plainly, give our name, check who you are".

    Each answer is yes, no, or empty where it did not come up.
    """

    consultation = models.OneToOneField("chat.Consultation", on_delete=models.CASCADE, related_name="quality_check")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("when"))
    gave_name = models.BooleanField(_("gave their name"), null=True)
    spoke_plainly = models.BooleanField(_("spoke plainly"), null=True)
    checked_identity = models.BooleanField(_("checked who it was before personal matters"), null=True)
    answered_rightly = models.BooleanField(_("the answer was right"), null=True)
    said_what_next = models.BooleanField(_("said what happens next and when"), null=True)
    note = models.CharField(_("what to praise or to change"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("quality check")
        verbose_name_plural = _("quality checks")
        constraints = [
            models.CheckConstraint(
                condition=Q(gave_name__isnull=False)
                | Q(spoke_plainly__isnull=False)
                | Q(checked_identity__isnull=False)
                | Q(answered_rightly__isnull=False)
                | Q(said_what_next__isnull=False),
                name="a_check_answers_at_least_one_question",
            )
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id} {self.at:%Y-%m-%d}"
