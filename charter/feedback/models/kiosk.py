"""Tablets at the offices on which people say how it was."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from portal.core.languages import DEFAULT, OWN_NAMES


def new_public_id() -> str:
    """128 random bits and some, as they stand in a cookie."""
    return get_random_string(22)


class Kiosk(models.Model):
    """One tablet, opened with a code that is shown once. `answers`: how many it brought, never which."""

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    name = models.CharField(_("where it stands"), max_length=80)
    institution = models.ForeignKey(
        "charter.Institution", verbose_name=_("institution"), on_delete=models.CASCADE, related_name="kiosks"
    )
    language = models.CharField(
        _("language it begins in"), max_length=2, choices=list(OWN_NAMES.items()), default=DEFAULT
    )
    code_digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    last_seen_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    answers = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("tablet")
        verbose_name_plural = _("tablets")
        constraints = [
            models.UniqueConstraint(
                fields=["institution", "name"],
                condition=models.Q(withdrawn_at=None),
                name="a_tablet_stands_in_one_place",
            )
        ]

    def __str__(self) -> str:
        return self.name
