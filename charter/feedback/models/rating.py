"""What residents say about what they got: ratings of a consultation or service, and "was this page useful?"."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class EntryKind(models.TextChoices):
    """Who typed it in: the resident, or staff from the phone or a paper form."""

    RESIDENT = "resident", _("by the resident")
    STAFF = "staff", _("entered by staff")


class Rating(models.Model):
    """One answer to "how was it?": 1 (very bad) to 5 (very good), never with who gave it."""

    subject_kind = models.CharField(_("about"), max_length=16)
    subject_id = models.CharField(max_length=40, blank=True)
    score = models.PositiveSmallIntegerField(_("score"))
    text = models.TextField(_("in their words"), blank=True)
    channel = models.CharField(_("channel"), max_length=12)
    entry_kind = models.CharField(max_length=8, choices=EntryKind.choices, default=EntryKind.RESIDENT)
    language = models.CharField(_("language"), max_length=2)
    service = models.ForeignKey(
        "charter.Service",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    institution = models.ForeignKey(
        "charter.Institution",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    key = models.UUIDField(null=True, blank=True, unique=True)
    at = models.DateTimeField(_("when"), db_index=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        constraints = [
            models.CheckConstraint(condition=models.Q(score__range=(1, 5)), name="a_score_is_one_to_five"),
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id"],
                condition=models.Q(subject_kind="consultation"),
                name="a_consultation_is_rated_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.score}"


class PageVote(models.Model):
    """ "Was this page useful?" and, when not, why – for the editors."""

    page_kind = models.CharField(_("page"), max_length=16)
    page_code = models.CharField(max_length=40)
    language = models.CharField(_("language"), max_length=2)
    is_useful = models.BooleanField(_("useful"))
    text = models.TextField(_("in their words"), blank=True)
    key = models.UUIDField(unique=True)
    at = models.DateTimeField(_("when"), db_index=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("vote on a page")
        verbose_name_plural = _("votes on pages")
        indexes = [models.Index(fields=["page_kind", "page_code"])]

    def __str__(self) -> str:
        return f"{self.page_kind} {self.page_code} {self.is_useful}"
