"""Odd looks: what a supervisor should ask a colleague about."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class LookKind(models.TextChoices):
    MANY = "many", _("Many cases within an hour")
    NIGHT = "night", _("Outside the hours of work")
    ALONE = "alone", _("The person asks, yet no conversation was open")
    OWN = "own", _("Their own name, or their family’s")
    COLLEAGUE = "colleague", _("A colleague’s name")


class LookOutcome(models.TextChoices):
    FINE = "fine", _("There was a good reason")
    TALKED = "talked", _("Talked over with the colleague")
    REPORTED = "reported", _("Passed on to the data-protection officer")


class OddLookQuerySet(models.QuerySet["OddLook"]):
    def unreviewed(self) -> OddLookQuerySet:
        return self.filter(reviewed_at__isnull=True)


class OddLook(models.Model):
    """Openings of cases by one colleague that stand out for one reason, from `first_at` to `last_at`.

    Found while the case is opened. Nothing is stopped by it and nobody is accused: a supervisor looks, asks and closes
    it with a note.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="odd_looks")
    institution = models.ForeignKey("charter.Institution", on_delete=models.SET_NULL, null=True, related_name="+")
    kind = models.CharField(_("what is odd"), max_length=10, choices=LookKind.choices)
    count = models.PositiveIntegerField(_("openings"), default=1)
    first_at = models.DateTimeField(_("first"))
    last_at = models.DateTimeField(_("last"))
    outcome = models.CharField(_("what came of it"), max_length=10, choices=LookOutcome.choices, blank=True)
    note = models.CharField(_("note"), max_length=500, blank=True)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    objects = OddLookQuerySet.as_manager()

    class Meta:
        ordering = ["-last_at", "-pk"]
        verbose_name = _("odd look")
        verbose_name_plural = _("odd looks")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(reviewed_at__isnull=True, outcome="")
                | models.Q(reviewed_at__isnull=False) & ~models.Q(outcome="") & ~models.Q(note=""),
                name="an_odd_look_is_closed_with_a_note",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.first_at:%Y-%m-%d %H:%M}"
