"""Work without a network: the server's sealing keys, tablets, and every record a tablet brought."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from portal.registry.models.people import Recipient
from portal.registry.models.visit import Visit


def new_public_id() -> str:
    """128 random bits and some, as they are told to a tablet."""
    return get_random_string(22)


class FieldKey(models.Model):
    """A key pair that records are sealed to. One is current; older ones stay, since records may be under way."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    public = models.CharField(max_length=100)
    private_encrypted = models.TextField()
    made_at = models.DateTimeField()
    is_current = models.BooleanField(default=True)

    class Meta:
        verbose_name = _("sealing key")
        verbose_name_plural = _("sealing keys")
        constraints = [
            models.UniqueConstraint(fields=["is_current"], condition=Q(is_current=True), name="one_key_seals"),
        ]

    def __str__(self) -> str:
        return self.public_id


class Tablet(models.Model):
    """A worker's list on one device, from opening it until signing out or wiping.

    `carry`: lets whoever holds the device deliver sealed records; it lies there in the clear, here as a digest.
    `pen`: proves that the worker wrote a record; it lies there under the passphrase, here encrypted.
    """

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    worker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="field_tablets")
    department = models.CharField(_("department"), max_length=200, blank=True)
    name = models.CharField(_("device"), max_length=80, blank=True)
    carry_digest = models.CharField(max_length=64)
    pen_encrypted = models.TextField()
    made_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    waiting = models.PositiveIntegerField(_("records it has not sent yet"), default=0)
    skew_seconds = models.IntegerField(_("how far its clock was off"), default=0)
    left_at = models.DateTimeField(null=True)
    wipe_asked_at = models.DateTimeField(null=True)
    wipe_asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    wiped_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-seen_at"]
        verbose_name = _("worker’s tablet")
        verbose_name_plural = _("workers’ tablets")

    def __str__(self) -> str:
        return self.name or self.public_id


class FieldState(models.TextChoices):
    KEPT = "kept", _("kept")
    WAITING = "waiting", _("waits for the head")
    DISMISSED = "dismissed", _("dismissed")


class Confirmation(models.TextChoices):
    NONE = "", _("not confirmed")
    SIGNATURE = "signature", _("signed on the screen")
    ALOUD = "aloud", _("confirmed aloud")


class FieldRecord(models.Model):
    """What a tablet brought under one `client_id`: kept as a visit, or waiting until the head says what becomes of it.

    The record as it was told lies encrypted. `told_at` is the hour by the tablet's clock, `started_at` the one that was
    taken, `mended_seconds` the difference. What could not be opened lies as it came, in `sealed`.
    """

    client_id = models.UUIDField(unique=True)
    tablet = models.ForeignKey(Tablet, on_delete=models.PROTECT, related_name="records")
    worker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey(Recipient, on_delete=models.PROTECT, null=True, related_name="field_records")
    department = models.CharField(_("department"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=FieldState.choices)
    why = models.CharField(max_length=40, blank=True)
    facts = models.JSONField(default=dict)
    key_id = models.CharField(max_length=22)
    digest = models.CharField(max_length=64)
    body_encrypted = models.TextField(blank=True)
    sealed = models.TextField(blank=True)
    told_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    mended_seconds = models.IntegerField(default=0)
    confirmation = models.CharField(_("confirmation"), max_length=9, choices=Confirmation.choices, blank=True)
    received_at = models.DateTimeField()
    visit = models.OneToOneField(Visit, on_delete=models.PROTECT, null=True, related_name="field_record")
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    settled_reason = models.CharField(_("why"), max_length=200, blank=True)

    class Meta:
        ordering = ["received_at", "pk"]
        verbose_name = _("record of a tablet")
        verbose_name_plural = _("records of tablets")
        indexes = [models.Index(fields=["department", "state"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="kept", visit__isnull=False) | ~Q(state="kept") & Q(visit__isnull=True),
                name="a_kept_record_is_a_visit",
            ),
            models.CheckConstraint(
                condition=~Q(state="dismissed") | ~Q(settled_reason="") & Q(settled_by__isnull=False),
                name="a_record_is_dismissed_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.client_id} {self.state}"
