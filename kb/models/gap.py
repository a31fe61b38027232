"""What people looked for and did not find: single signs of it, gathered into gaps that editors close."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class GapState(models.TextChoices):
    OPEN = "open", _("open")
    ASSIGNED = "assigned", _("somebody works on it")
    CLOSED = "closed", _("closed: people should find it now")
    DISMISSED = "dismissed", _("dismissed")


UNSETTLED = frozenset({GapState.OPEN, GapState.ASSIGNED})


class Remedy(models.TextChoices):
    """What was done so that people find it."""

    ARTICLE = "article", _("an answer was written")
    WORDS = "words", _("residents’ words were added to an answer")
    SYNONYM = "synonym", _("words that mean the same were joined")
    PIN = "pin", _("an answer was pinned")


class Gap(models.Model):
    """Signs with one key: the same question in whatever language. `words` name it; they go when the signs' words go."""

    key = models.CharField(max_length=200, unique=True)
    words = models.CharField(_("what was looked for"), max_length=200, blank=True)
    language = models.CharField(_("language"), max_length=2)
    state = models.CharField(_("state"), max_length=10, choices=GapState.choices, default=GapState.OPEN)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who works on it"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    article = models.ForeignKey(
        "kb.Article",
        verbose_name=_("answer"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    remedy = models.CharField(_("what was done"), max_length=8, choices=Remedy.choices, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    settled_at = models.DateTimeField(_("settled"), null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("gap")
        verbose_name_plural = _("gaps")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state=GapState.DISMISSED) | ~models.Q(reason=""),
                name="a_gap_is_dismissed_with_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=sorted(UNSETTLED)) | models.Q(settled_at__isnull=False),
                name="a_settled_gap_says_when",
            ),
        ]

    def __str__(self) -> str:
        return self.words or self.key


class SignKind(models.TextChoices):
    """How we learnt that somebody did not find it – or, after something was done, that somebody did."""

    NOTHING = "nothing", _("searches that found nothing")
    LEFT = "left", _("searches that were given up")
    NOT_USEFUL = "not_useful", _("“not useful”")
    NOT_FOUND = "not_found", _("consultants: not found")
    WRONG = "wrong", _("consultants: wrong")
    UNCLEAR = "unclear", _("consultants: unclear")
    UNANSWERED = "unanswered", _("conversations without an answer here")
    FOUND = "found", _("searches that found it")


class GapSign(models.Model):
    """One sign. `source` names what it was made from, so that it counts once; the words are masked and kept 90 days."""

    gap = models.ForeignKey(Gap, on_delete=models.CASCADE, related_name="signs")
    kind = models.CharField(max_length=10, choices=SignKind.choices)
    at = models.DateTimeField(db_index=True)
    language = models.CharField(max_length=2)
    words = models.CharField(max_length=200, blank=True)
    note = models.CharField(max_length=500, blank=True)
    source = models.CharField(max_length=60, unique=True)
    is_demo = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("sign of a gap")
        verbose_name_plural = _("signs of gaps")
        indexes = [models.Index(fields=["gap", "at"])]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.kind} {self.words}"
