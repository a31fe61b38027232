"""What a reader says about a passage of an article."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.languages import LANGUAGES


class RemarkState(models.TextChoices):
    NEW = "new", _("new")
    IN_WORK = "in_work", _("in work")
    CHANGED = "changed", _("the article was changed")
    KEPT = "kept", _("the article stays as it is")


OPEN_REMARKS = frozenset({RemarkState.NEW, RemarkState.IN_WORK})


class Remark(models.Model):
    """The passage as it stood, what is wrong with it, and what came of it. `contact` is encrypted and goes in time."""

    article = models.ForeignKey("kb.Article", on_delete=models.CASCADE, related_name="remarks")
    language = models.CharField(_("language"), max_length=2, choices=[(code, code) for code in LANGUAGES])
    passage = models.CharField(_("the passage"), max_length=600, blank=True)
    version = models.PositiveBigIntegerField(null=True, blank=True)
    text = models.TextField(_("what is wrong"))
    contact = models.TextField(blank=True)
    key = models.UUIDField(unique=True)
    at = models.DateTimeField(_("when"), db_index=True)
    state = models.CharField(_("state"), max_length=8, choices=RemarkState.choices, default=RemarkState.NEW)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who answers"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    answer = models.TextField(_("answer"), blank=True)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["-at"]
        verbose_name = _("remark on an article")
        verbose_name_plural = _("remarks on articles")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=sorted(OPEN_REMARKS)) | ~models.Q(answer=""),
                name="a_remark_is_closed_with_an_answer",
            )
        ]

    def __str__(self) -> str:
        return f"{self.article_id} {self.at:%Y-%m-%d}"
