"""Why staff open a resident's case: a list that the office keeps."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.cases.models.link import Opening
from portal.core.languages import current, pick_field


def new_code() -> str:
    """What openings remember a reason by."""
    return secrets.token_hex(6)


class OpeningCause(models.Model):
    """One reason of the list, in the order it is offered. It is never erased, since old openings name it: it retires.

    `is_spoken`: somebody is on the line, so that who it is has to be checked first; `is_helper`: it is a helper, whose
    right has to be on record; `needs_words`: it means nothing without words beside it.
    """

    code = models.SlugField(max_length=12, unique=True, editable=False, default=new_code)
    words = models.CharField(_("reason"), max_length=120)
    is_spoken = models.BooleanField(_("somebody is on the line"), default=False)
    is_helper = models.BooleanField(_("a helper asks"), default=False)
    needs_words = models.BooleanField(_("has to be said in words too"), default=False)
    sort_order = models.PositiveSmallIntegerField(_("order"), default=100)
    is_live = models.BooleanField(_("in use"), default=True)

    class Meta:
        ordering = ["sort_order", "pk"]
        verbose_name = _("reason to open a case")
        verbose_name_plural = _("reasons to open a case")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_helper=False) | models.Q(is_spoken=True), name="a_helper_who_asks_is_on_the_line"
            ),
        ]

    def __str__(self) -> str:
        return pick_field(self, "words", current()).text

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Raises ProtectedError where an opening names it."""
        openings: set[models.Model] = set(Opening.objects.filter(cause=self.code)[:1])
        if openings:
            raise models.ProtectedError("An opening of a case names this reason: retire it.", openings)
        return super().delete(*args, **kwargs)
