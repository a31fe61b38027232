"""The link between a resident's receipt and a case in a registry."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.cases.registries.facts import Status
from portal.core.languages import DEFAULT, LANGUAGES


def new_public_id() -> str:
    """128 random bits, as every public id of a protected object."""
    return secrets.token_hex(16)


class CaseLink(models.Model):
    """A resident's request: the receipt opens it, the registry owns it.

    `reference` with the digest of its secret is the receipt. `institution` provides the service, at `registered_at`
    the request was taken down. `kept` is the last state the registry told, encrypted, `kept_at` when.
    `promised_until` moves when the clock has stood, `legal_until` only where the law says so (`legal_pauses`).
    `external_id` is empty until the registry has it. `name_marks` tell whether staff open the case of a colleague or
    of their own family; nobody reads a name out of them.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    reference = models.CharField(_("reference"), max_length=12, unique=True)
    secret_digest = models.CharField(max_length=64)
    key = models.CharField(max_length=64, unique=True, null=True)
    registry = models.CharField(max_length=20, default="default")
    external_id = models.CharField(max_length=80, blank=True)
    number = models.CharField(_("number"), max_length=40, blank=True)
    person_link = models.CharField(max_length=64, db_index=True)
    name_marks = models.CharField(max_length=40, blank=True)
    service = models.CharField(_("service"), max_length=40)
    institution = models.ForeignKey(
        "charter.Institution", verbose_name=_("institution"), on_delete=models.SET_NULL, null=True, related_name="+"
    )
    registered_at = models.ForeignKey(
        "charter.Institution", verbose_name=_("registered at"), on_delete=models.SET_NULL, null=True, related_name="+"
    )
    standard = models.CharField(_("standard"), max_length=40, blank=True)
    clock = models.CharField(max_length=8, default="calendar")
    promised_days = models.PositiveSmallIntegerField(null=True)
    legal_days = models.PositiveSmallIntegerField(null=True)
    legal_pauses = models.BooleanField(default=False)
    submitted_at = models.DateTimeField(_("submitted"))
    promised_until = models.DateField(_("promised by"), null=True)
    legal_until = models.DateField(_("due by law"), null=True)
    status = models.CharField(
        _("status"), max_length=12, choices=[(word, word) for word in Status], default=Status.RECEIVED
    )
    decided_on = models.DateField(_("decided on"), null=True)
    kept = models.TextField(blank=True)
    kept_at = models.DateTimeField(null=True)
    consultation_reference = models.CharField(max_length=12, blank=True)
    language = models.CharField(max_length=2, choices=[(code, code) for code in LANGUAGES], default=DEFAULT)
    is_demo = models.BooleanField(_("demonstration data"), default=False)

    class Meta:
        ordering = ["-submitted_at"]
        verbose_name = _("link to a case")
        verbose_name_plural = _("links to cases")
        indexes = [models.Index(fields=["standard", "decided_on"])]
        constraints = [
            models.UniqueConstraint(
                fields=["registry", "external_id"],
                condition=~models.Q(external_id=""),
                name="a_case_of_a_registry_is_linked_once",
            )
        ]

    def __str__(self) -> str:
        return self.reference


class Opening(models.Model):
    """Somebody of the staff opened a resident's case: with which role, in which office, when and why.

    `cause` is one of `portal.cases.causes`, `reason` what was said in words; `conversation` the number of the
    conversation it was opened out of; `identity_at` when it was noted that the caller is who they say; `mandate` the
    right by which a helper asks for the person.
    """

    link = models.ForeignKey(CaseLink, on_delete=models.CASCADE, related_name="openings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    role = models.CharField(max_length=16)
    institution = models.ForeignKey("charter.Institution", on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    cause = models.CharField(max_length=12, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    conversation = models.CharField(max_length=12, blank=True)
    identity_at = models.DateTimeField(null=True)
    mandate = models.ForeignKey("cases.Mandate", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["-at"]
        verbose_name = _("opening of a case")
        verbose_name_plural = _("openings of cases")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.role}"
