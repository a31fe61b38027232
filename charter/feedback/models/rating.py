"""What residents say about what they got: ratings of a consultation or service, and "was this page useful?"."""

from __future__ import annotations

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

from charter.models.charter import Area


class EntryKind(models.TextChoices):
    """Who typed it in: the resident, or staff from the phone or a paper form."""

    RESIDENT = "resident", _("by the resident")
    STAFF = "staff", _("entered by staff")


class RatingChannel(models.TextChoices):
    """By which door an answer came."""

    CHAT = "chat", _("chat")
    EMAIL = "email", _("e-mail")
    PHONE = "phone", _("phone")
    COUNTER = "counter", _("counter")
    PAPER = "paper", _("paper form")
    KIOSK = "kiosk", _("tablet at an office")
    QR = "qr", _("code on a poster")
    WEB = "web", _("website")


def anywhere() -> int:
    """A key by which nobody can tell which row was written first."""
    return 1 + secrets.randbits(62)


class Tone(models.TextChoices):
    """What the face beside some words said, as coarsely as it helps to read them."""

    GOOD = "good", _("content")
    MIDDLING = "middling", _("so-so")
    BAD = "bad", _("not content")

    @classmethod
    def of(cls, score: int) -> Tone:
        return cls.GOOD if score > 3 else cls.MIDDLING if score == 3 else cls.BAD


class Rating(models.Model):
    """One answer to "how was it?": 1 (very bad) to 5 (very good), never with who gave it.

    `at`: the end of the day it was given, or of the month where it was given after a conversation. The four areas
    are asked beside it: 1 to 5, 0 for "can't say", empty where nobody answered.
    """

    id = models.BigAutoField(primary_key=True, default=anywhere)
    subject_kind = models.CharField(_("about"), max_length=16)
    score = models.PositiveSmallIntegerField(_("score"))
    accessibility = models.PositiveSmallIntegerField(_("accessibility and promptness"), null=True, blank=True)
    communication = models.PositiveSmallIntegerField(_("quality of communication"), null=True, blank=True)
    infrastructure = models.PositiveSmallIntegerField(_("infrastructure"), null=True, blank=True)
    development = models.PositiveSmallIntegerField(_("development of services"), null=True, blank=True)
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
            *(
                models.CheckConstraint(
                    condition=models.Q(**{f"{area}__isnull": True}) | models.Q(**{f"{area}__range": (0, 5)}),
                    name=f"a_score_of_{area}_is_zero_to_five",
                )
                for area in Area.values
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind} {self.score}"


class RatingWords(models.Model):
    """What somebody wrote beside a rating, apart from it: no service, channel or day leads back to a conversation."""

    id = models.BigAutoField(primary_key=True, default=anywhere)
    text = models.TextField(_("in their words"))
    tone = models.CharField(_("tone"), max_length=8, choices=Tone.choices)
    language = models.CharField(_("language"), max_length=2)
    institution = models.ForeignKey(
        "charter.Institution",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    month = models.DateField(_("month"), db_index=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("words of a rating")
        verbose_name_plural = _("words of ratings")

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.tone}"


class RatedOnce(models.Model):
    """That something was rated, and nothing else: its key is a keyed digest of what it was."""

    id = models.BigAutoField(primary_key=True)

    def __str__(self) -> str:
        return "rated"


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
