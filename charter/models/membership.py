"""Who works where, and as what."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    CONSULTANT = "consultant", _("consultant")
    SUPERVISOR = "supervisor", _("supervisor")
    EDITOR = "editor", _("editor")
    TRANSLATOR = "translator", _("translator")
    MANAGER = "manager", _("manager")
    CASE_WORKER = "case_worker", _("case worker")
    ADMINISTRATOR = "administrator", _("administrator")


class Membership(models.Model):
    """A user's role in one institution, or in the whole city where `institution` is empty."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    institution = models.ForeignKey(
        "charter.Institution",
        verbose_name=_("institution"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        help_text=_("Leave empty for the whole city."),
        related_name="memberships",
    )
    role = models.CharField(_("role"), max_length=16, choices=Role.choices)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "institution"],
                name="a_role_is_given_once_in_an_institution",
            ),
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=models.Q(institution__isnull=True),
                name="a_role_is_given_once_in_the_city",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} – {self.get_role_display()}"
