"""What questions are answered from – visits and services counted by month – and what people keep of their questions.

Counts are written anew, never changed. `CountedMonth` says which months are counted, `TouchedMonth` which of them
have changed since: those, and the running month, are read from the visits themselves until they are counted again.
"""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.core.languages import Localised, current, pick


def new_token() -> str:
    """256 random bits: the link in a letter is the whole right to stop it."""
    return secrets.token_urlsafe(32)


class CountedMonth(models.Model):
    """A month whose visits are counted."""

    month = models.DateField(primary_key=True)
    counted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class TouchedMonth(models.Model):
    """A mark: a visit of this month, which is over, was written down, changed or taken away. Nobody waits for it."""

    month = models.DateField(db_index=True)

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class VisitCount(models.Model):
    """Visits of one person and worker in a month that went alike. `minutes` are those of all of them."""

    month = models.DateField()
    department = models.CharField(max_length=200, blank=True)
    worker_id = models.BigIntegerField()
    recipient_id = models.BigIntegerField()
    outcome = models.CharField(max_length=16)
    is_late = models.BooleanField()
    is_corrected = models.BooleanField()
    is_struck = models.BooleanField()
    visits = models.PositiveIntegerField()
    minutes = models.PositiveIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["month"]),
            models.Index(fields=["worker_id", "month"]),
            models.Index(fields=["recipient_id", "month"]),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}: {self.visits}"


class ServiceCount(models.Model):
    """A service given to one person by one worker in a month. `sixtieths`: its worth in sixtieths of a cent."""

    month = models.DateField()
    department = models.CharField(max_length=200, blank=True)
    worker_id = models.BigIntegerField()
    recipient_id = models.BigIntegerField()
    service_id = models.BigIntegerField()
    times = models.PositiveIntegerField()
    minutes = models.PositiveIntegerField()
    sixtieths = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["month"]),
            models.Index(fields=["worker_id", "month"]),
            models.Index(fields=["recipient_id", "month"]),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}: {self.times}"


class SavedQuestion(models.Model):
    """A question under a name: its words, never its answer. What comes out of it the reader's own post decides."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    department = models.CharField(_("department"), max_length=200, blank=True)
    name = models.CharField(_("name"), max_length=80)
    words = models.JSONField(default=dict)
    is_shared = models.BooleanField(_("colleagues see it"), default=False)
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("saved question")
        verbose_name_plural = _("saved questions")
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="nobody_calls_two_questions_the_same")]

    def __str__(self) -> str:
        return self.name


class Rhythm(models.TextChoices):
    WEEKLY = "weekly", _("every week")
    MONTHLY = "monthly", _("every month")


class QuestionWish(models.Model):
    """Somebody wants the answer by e-mail. `sent_for`: the month or week of the last letter; `token` stops it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    question = models.ForeignKey(SavedQuestion, on_delete=models.CASCADE, related_name="wishes")
    rhythm = models.CharField(_("how often"), max_length=8, choices=Rhythm.choices)
    token = models.CharField(max_length=43, unique=True, default=new_token, editable=False)
    sent_for = models.CharField(max_length=8, blank=True)

    class Meta:
        verbose_name = _("wish for an answer by e-mail")
        verbose_name_plural = _("wishes for answers by e-mail")
        constraints = [
            models.UniqueConstraint(fields=["user", "question"], name="an_answer_comes_to_a_person_in_one_rhythm"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.rhythm}"


class StatForm(models.Model):
    """A statistical form: rows that are questions, columns that are periods. `is_invented`: made up as an example."""

    names = models.JSONField(_("name"), default=dict)
    department = models.CharField(_("department"), max_length=200, blank=True)
    columns = models.JSONField(_("columns"), default=list)
    is_invented = models.BooleanField(_("invented as an example"), default=False)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("statistical form")
        verbose_name_plural = _("statistical forms")

    def __str__(self) -> str:
        return self.said.text or "–"

    @property
    def said(self) -> Localised:
        """The name for the reader of this page."""
        return pick(self.names, current())


class StatRow(models.Model):
    """One row of a form: its name in each language, and the words of its question."""

    form = models.ForeignKey(StatForm, on_delete=models.CASCADE, related_name="rows")
    order = models.PositiveSmallIntegerField(_("order"))
    names = models.JSONField(_("name"), default=dict)
    words = models.JSONField(default=dict)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("row of a statistical form")
        verbose_name_plural = _("rows of statistical forms")

    def __str__(self) -> str:
        return self.said.text or "–"

    @property
    def said(self) -> Localised:
        """The name for the reader of this page."""
        return pick(self.names, current())
