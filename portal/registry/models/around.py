"""What is known around a person: the household, incomes, papers that expire, who speaks for them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.core.crypto import decrypt, encrypt
from portal.registry.models.people import Recipient


class Relation(models.TextChoices):
    SPOUSE = "spouse", _("husband or wife")
    CHILD = "child", _("son or daughter")
    PARENT = "parent", _("mother or father")
    RELATIVE = "relative", _("other relative")
    OTHER = "other", _("somebody else")


class HouseholdMember(models.Model):
    """Somebody who lives with the person; a monthly income of theirs counts in the income per head."""

    recipient = models.ForeignKey(Recipient, on_delete=models.CASCADE, related_name="household")
    name = models.CharField(_("name"), max_length=120)
    relation = models.CharField(_("who this is to the person"), max_length=12, choices=Relation.choices)
    income_cents = models.PositiveIntegerField(_("income a month"), default=0)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("member of the household")
        verbose_name_plural = _("members of the household")

    def __str__(self) -> str:
        return self.name


class Income(models.Model):
    """The person's own income a month from a day on; it holds until the next one begins."""

    recipient = models.ForeignKey(Recipient, on_delete=models.CASCADE, related_name="incomes")
    valid_from = models.DateField(_("from"))
    cents = models.PositiveIntegerField(_("income a month"))
    source = models.CharField(_("where it is known from"), max_length=120, blank=True)

    class Meta:
        ordering = ["-valid_from"]
        verbose_name = _("income")
        verbose_name_plural = _("incomes")
        constraints = [
            models.UniqueConstraint(fields=["recipient", "valid_from"], name="one_income_begins_on_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.valid_from}"


class PaperKind(models.TextChoices):
    IDENTITY = "identity", _("identity document")
    DISABILITY = "disability", _("disability certificate")
    INCOME = "income", _("proof of income")
    HEALTH = "health", _("health certificate")
    CONTRACT = "contract", _("contract")
    OTHER = "other", _("other document")


class Paper(models.Model):
    """A document of the person and until when it holds. Its number lies encrypted."""

    recipient = models.ForeignKey(Recipient, on_delete=models.CASCADE, related_name="papers")
    kind = models.CharField(_("document"), max_length=12, choices=PaperKind.choices)
    number_encrypted = models.TextField(blank=True)
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    expires_on = models.DateField(_("valid until"), null=True, blank=True, db_index=True)
    is_replaced = models.BooleanField(_("replaced by a newer one"), default=False)

    class Meta:
        ordering = ["expires_on", "pk"]
        verbose_name = _("document of a person")
        verbose_name_plural = _("documents of persons")
        constraints = [
            models.CheckConstraint(
                condition=Q(issued_on__isnull=True)
                | Q(expires_on__isnull=True)
                | Q(expires_on__gte=models.F("issued_on")),
                name="a_paper_expires_after_it_was_issued",
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    @property
    def number(self) -> str:
        return decrypt(self.number_encrypted)

    def set_number(self, number: str) -> None:
        """Keep the number; the caller saves."""
        self.number_encrypted = encrypt(number)


class Representative(models.Model):
    """Who may act for the person, on what ground and until when."""

    recipient = models.ForeignKey(Recipient, on_delete=models.CASCADE, related_name="representatives")
    name = models.CharField(_("name"), max_length=120)
    relation = models.CharField(_("who this is to the person"), max_length=12, choices=Relation.choices)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    ground = models.CharField(_("on what ground"), max_length=120, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("representative")
        verbose_name_plural = _("representatives")

    def __str__(self) -> str:
        return self.name
