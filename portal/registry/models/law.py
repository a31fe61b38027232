"""What the law asks around a recipient: who looked and why, restriction, consent, and erasure by two people."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.registry.models.catalogue import Named
from portal.registry.models.people import PostRole, Recipient


class OpeningReason(Named):
    """Why a record may be opened. One that is no longer offered stays for what was opened for it."""

    order = models.PositiveSmallIntegerField(_("order"), default=100)
    needs_words = models.BooleanField(_("has to be explained in words"), default=False)
    is_live = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["order", "code"]
        verbose_name = _("reason for opening a record")
        verbose_name_plural = _("reasons for opening a record")


class Look(models.Model):
    """Somebody opened a person's record: in which role and office, when and why.

    `is_implied`: nobody was asked, the work itself said why. `is_many`, `is_night`, `is_own`: what is odd about it.
    """

    recipient = models.ForeignKey(Recipient, on_delete=models.CASCADE, related_name="looks")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(_("role"), max_length=16, choices=PostRole.choices)
    department = models.CharField(_("department"), max_length=200, blank=True)
    at = models.DateTimeField(_("when"), db_index=True)
    reason = models.ForeignKey(OpeningReason, verbose_name=_("why"), on_delete=models.PROTECT, related_name="+")
    words = models.CharField(_("in words"), max_length=200, blank=True)
    is_implied = models.BooleanField(default=False)
    is_many = models.BooleanField(default=False)
    is_night = models.BooleanField(default=False)
    is_own = models.BooleanField(default=False)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("opening of a record")
        verbose_name_plural = _("openings of records")
        indexes = [models.Index(fields=["recipient", "at"]), models.Index(fields=["user", "at"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.role}"


class RestrictionGround(models.TextChoices):
    ACCURACY = "accuracy", _("the person says that something is wrong, and it is being checked")
    UNLAWFUL = "unlawful", _("it should not have been kept, and the person does not want it erased")
    CLAIM = "claim", _("the person needs it for a claim")
    OBJECTION = "objection", _("the person objects, and the objection is being looked at")
    WITHDRAWN = "withdrawn", _("the person has withdrawn the consent")


class Restriction(models.Model):
    """From when until when a record may be kept and not changed, and why."""

    recipient = models.ForeignKey(Recipient, on_delete=models.CASCADE, related_name="restrictions")
    ground = models.CharField(_("ground"), max_length=12, choices=RestrictionGround.choices)
    reason = models.CharField(_("why"), max_length=200)
    since = models.DateTimeField(_("from"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(_("lifted"), null=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    lifted_why = models.CharField(_("why it was lifted"), max_length=200, blank=True)

    class Meta:
        ordering = ["-since"]
        verbose_name = _("restriction of a record")
        verbose_name_plural = _("restrictions of records")
        constraints = [
            models.UniqueConstraint(
                fields=["recipient"], condition=Q(lifted_at__isnull=True), name="a_record_is_restricted_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True) | ~Q(lifted_why=""), name="a_restriction_is_lifted_for_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.since:%Y-%m-%d}"


class Consent(models.Model):
    """The person's consent on paper, where the profile of the law asks for one, and its withdrawal."""

    recipient = models.ForeignKey(Recipient, on_delete=models.CASCADE, related_name="consents")
    profile = models.CharField(_("profile of the law"), max_length=12)
    given_on = models.DateField(_("signed on"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    withdrawn_on = models.DateField(_("withdrawn on"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-given_on", "-pk"]
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        constraints = [
            models.UniqueConstraint(
                fields=["recipient"], condition=Q(withdrawn_on__isnull=True), name="one_consent_of_a_person_stands"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("given_on")),
                name="a_consent_is_withdrawn_after_it_was_given",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.given_on}"


class ErasureGround(models.TextChoices):
    ASKED = "asked", _("the person asked for it")
    TERM = "term", _("the term of keeping is over")
    WITHDRAWN = "withdrawn", _("the person has withdrawn the consent")


class Erasure(models.Model):
    """Erasing one person: prepared by one member of staff, confirmed by another, with what was done as its receipt.

    `done`: {table: how many} erased so far; `rest_on`: the day from which what had to be kept goes too, by itself.
    """

    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, related_name="erasures")
    ground = models.CharField(_("ground"), max_length=12, choices=ErasureGround.choices)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField(_("prepared"))
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    cancelled_at = models.DateTimeField(_("called off"), null=True)
    done = models.JSONField(default=dict)
    rest_on = models.DateField(_("the rest is erased from"), null=True, db_index=True)

    class Meta:
        ordering = ["-prepared_at"]
        verbose_name = _("erasure of a person")
        verbose_name_plural = _("erasures of persons")
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("prepared_by")),
                name="a_second_person_confirms_an_erasure",
            ),
            models.UniqueConstraint(
                fields=["recipient"],
                condition=Q(confirmed_at__isnull=True, cancelled_at__isnull=True),
                name="a_person_is_prepared_for_erasure_once",
            ),
        ]

    def __str__(self) -> str:
        return f"E-{self.pk:06d}"

    @property
    def is_waiting(self) -> bool:
        return self.confirmed_at is None and self.cancelled_at is None
