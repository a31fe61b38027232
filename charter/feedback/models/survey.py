"""Surveys and what was answered. Nothing here leads from an answer to a person.

An answer sheet has a random key, so that its place in the table tells nothing, and knows a day, never an hour. An
invitation knows only that it was used. What keeps a form from counting twice stands in a table of its own, joined to
no sheet, and goes when the survey closes.
"""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from charter.feedback.models.appeal import new_public_id
from charter.models import Area
from portal.core.languages import DEFAULT


def random_key() -> int:
    """A row's key that does not grow: 62 random bits."""
    return secrets.randbits(62)


class SurveyState(models.TextChoices):
    DRAFT = "draft", _("being written")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")


class Audience(models.TextChoices):
    """Who may answer."""

    EVERYBODY = "everybody", _("everybody who finds it")
    INVITED = "invited", _("only who is invited")


class Offered(models.TextChoices):
    """Where residents are asked at random whether they would answer."""

    NOWHERE = "", _("nowhere")
    CONSULTATION = "consultation", _("after a consultation")
    RATING = "rating", _("after a rating")


class Way(models.TextChoices):
    """How an answer sheet came in."""

    WEB = "web", _("on the website")
    LINK = "link", _("by an invitation")
    LETTER = "letter", _("by a letter with a code")
    CONSULTATION = "consultation", _("after a consultation")
    RATING = "rating", _("after a rating")
    PAPER = "paper", _("on paper or by phone, entered by staff")


class Survey(models.Model):
    """Questions to residents. `document` holds them in four languages (`surveys.definition` reads it).

    `declared`: {language: hash of the source texts when it was declared translated}. `one_in`: every how many-th
    person is asked where it is `offered`. `copy_of`: the survey of the period before, to compare with.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    document = models.JSONField(default=dict)
    source_language = models.CharField(max_length=2, default=DEFAULT)
    declared = models.JSONField(default=dict, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=SurveyState.choices, default=SurveyState.DRAFT)
    opens_on = models.DateField(_("first day"), null=True, blank=True)
    closes_on = models.DateField(_("last day"), null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    audience = models.CharField(
        _("who may answer"), max_length=10, choices=Audience.choices, default=Audience.EVERYBODY
    )
    offered = models.CharField(
        _("offered"), max_length=14, choices=Offered.choices, default=Offered.NOWHERE, blank=True
    )
    one_in = models.PositiveSmallIntegerField(_("to one in"), default=1)
    goal = models.PositiveIntegerField(_("answers wanted"), null=True, blank=True)
    area = models.CharField(_("area"), max_length=16, choices=Area.choices, blank=True)
    standard = models.ForeignKey(
        "charter.ServiceStandard", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    service = models.ForeignKey("charter.Service", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    institution = models.ForeignKey(
        "charter.Institution", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    copy_of = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="copies")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    is_demo = models.BooleanField(default=False)

    class Meta:
        ordering = ["-made_at"]
        verbose_name = _("survey")
        verbose_name_plural = _("surveys")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(opens_on__isnull=True)
                | models.Q(closes_on__isnull=True)
                | models.Q(closes_on__gte=models.F("opens_on")),
                name="a_survey_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="open") | models.Q(opens_on__isnull=False, closes_on__isnull=False),
                name="an_open_survey_has_its_days",
            ),
            models.CheckConstraint(condition=models.Q(one_in__gte=1), name="a_survey_is_offered_to_one_in_some"),
        ]

    def __str__(self) -> str:
        title: dict[str, Any] = self.document.get("title") or {}
        return str(title.get(self.source_language) or "–")

    def takes_answers(self, day: dt.date) -> bool:
        """Whether residents may answer on this day."""
        is_in_time = bool(self.opens_on and self.closes_on and self.opens_on <= day <= self.closes_on)
        return self.state == SurveyState.OPEN and is_in_time

    def is_over(self, day: dt.date) -> bool:
        """Whether no more answers come: closed, or its last day has passed."""
        return self.state == SurveyState.CLOSED or bool(self.closes_on and self.closes_on < day and self.opens_on)


class SurveyResponse(models.Model):
    """One filled answer sheet: which day, in which language, by which way – and nothing of who."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="responses")
    day = models.DateField()
    language = models.CharField(max_length=2)
    way = models.CharField(max_length=14, choices=Way.choices, default=Way.WEB)

    class Meta:
        verbose_name = _("answer sheet")
        verbose_name_plural = _("answer sheets")

    def __str__(self) -> str:
        return f"{self.survey_id} {self.day}"


class SurveyAnswer(models.Model):
    """One answer on a sheet: a score, an option's code – one row each –, or masked words."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    response = models.ForeignKey(SurveyResponse, on_delete=models.CASCADE, related_name="answers")
    question = models.CharField(max_length=40)
    value = models.CharField(max_length=40, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        constraints = [
            models.UniqueConstraint(fields=["response", "question", "value"], name="an_answer_is_given_once_a_sheet")
        ]

    def __str__(self) -> str:
        return f"{self.question} {self.value}"


class SurveyKey(models.Model):
    """A form, or an offered link, that has been sent: so that fifty presses are one sheet. Joined to no sheet."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="keys")
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["survey", "digest"], name="a_form_is_sent_once_a_survey")]

    def __str__(self) -> str:
        return self.digest[:8]


class SurveyInvitation(models.Model):
    """A link or code that answers once. `address` (encrypted) is kept for reminders, until the survey closes."""

    id = models.BigIntegerField(primary_key=True, default=random_key, editable=False)
    survey = models.ForeignKey(Survey, on_delete=models.CASCADE, related_name="invitations")
    digest = models.CharField(max_length=64, unique=True)
    way = models.CharField(max_length=14, choices=Way.choices, default=Way.LINK)
    address = models.TextField(blank=True)
    language = models.CharField(max_length=2, default=DEFAULT)
    is_used = models.BooleanField(default=False)
    reminded_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")

    def __str__(self) -> str:
        return self.digest[:8]
