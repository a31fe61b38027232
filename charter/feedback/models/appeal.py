"""Appeals: a complaint, suggestion, thanks or question with a receipt, a deadline and an answer that is rated."""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from charter.models import Clock
from portal.core.languages import DEFAULT, LANGUAGES


def new_public_id() -> str:
    """128 random bits, as every public id of a protected object."""
    return secrets.token_hex(16)


class AppealKind(models.TextChoices):
    COMPLAINT = "complaint", _("complaint")
    SUGGESTION = "suggestion", _("suggestion")
    THANKS = "thanks", _("thanks")
    QUESTION = "question", _("question")


class AppealState(models.TextChoices):
    """In plain words, as the resident reads them."""

    RECEIVED = "received", _("We have it")
    WORKING = "working", _("We are working on it")
    WAITING = "waiting", _("We are waiting for you")
    ANSWERED = "answered", _("Answered")
    PASSED_ON = "passed_on", _("Passed on to another body")
    WITHDRAWN = "withdrawn", _("Withdrawn by you")


OPEN_STATES = frozenset({AppealState.RECEIVED, AppealState.WORKING, AppealState.WAITING})


class AppealOutcome(models.TextChoices):
    """What came of it. A refusal goes out only after a second pair of eyes."""

    UPHELD = "upheld", _("You are right, we put it right")
    PARTLY = "partly", _("You are right in part")
    EXPLAINED = "explained", _("We explain how it is")
    REFUSED = "refused", _("We cannot do what you ask")
    THANKED = "thanked", _("We thank you")


class Appeal(models.Model):
    """What somebody told the municipality, and where it stands.

    `reference` with the digest of its secret is the receipt; `key` is the form's own, so that it is kept once.
    `term_from` is day 0 of the running term of `days` (plus `extended_days`) on `clock`; `due_on` its last day, moved
    when the clock stood. A reopened appeal runs a term of its own on the next `level`. `standard` is the promise that
    was not kept, `subject` the reference of the case or conversation it was about. `contact` is encrypted. `story`
    and `improvement`: what was changed because of it.
    """

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    reference = models.CharField(_("reference"), max_length=12, unique=True)
    secret_digest = models.CharField(max_length=64)
    key = models.CharField(max_length=64, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=AppealKind.choices)
    text = models.TextField(_("what happened"))
    happened_on = models.DateField(_("when it happened"), null=True, blank=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    contact = models.TextField(blank=True)
    language = models.CharField(max_length=2, choices=[(code, code) for code in LANGUAGES], default=DEFAULT)
    channel = models.CharField(_("channel"), max_length=12)
    is_quotable = models.BooleanField(_("may be told without a name"), default=False)
    service = models.ForeignKey("charter.Service", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    institution = models.ForeignKey(
        "charter.Institution",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("institution"),
    )
    standard = models.ForeignKey(
        "charter.ServiceStandard", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    subject = models.CharField(max_length=12, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=AppealState.choices, default=AppealState.RECEIVED)
    level = models.PositiveSmallIntegerField(_("level"), default=1)
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who answers"),
    )
    received_on = models.DateField(_("received"))
    entered_at = models.DateTimeField(_("entered"))
    confirmed_on = models.DateField(_("confirmed"), null=True, blank=True)
    term_from = models.DateField()
    days = models.PositiveSmallIntegerField(null=True)
    extended_days = models.PositiveSmallIntegerField(default=0)
    extension_reason = models.CharField(_("why it takes longer"), max_length=300, blank=True)
    clock = models.CharField(max_length=8, choices=Clock.choices, default=Clock.WORKING)
    due_on = models.DateField(_("answer by"), null=True, blank=True)
    passed_to = models.CharField(_("passed on to"), max_length=200, blank=True)
    passed_on = models.DateField(_("passed on"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    like = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="alike")
    story = models.ForeignKey(
        "feedback.Story", on_delete=models.SET_NULL, null=True, blank=True, related_name="appeals"
    )
    improvement = models.ForeignKey(
        "feedback.Improvement", on_delete=models.SET_NULL, null=True, blank=True, related_name="appeals"
    )
    erased_at = models.DateTimeField(null=True, blank=True)
    is_demo = models.BooleanField(_("demonstration data"), default=False)

    class Meta:
        ordering = ["-entered_at"]
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        indexes = [models.Index(fields=["state", "due_on"]), models.Index(fields=["institution", "state"])]
        constraints = [
            models.CheckConstraint(condition=models.Q(level__in=(1, 2)), name="an_appeal_is_reopened_once"),
            models.CheckConstraint(
                condition=~models.Q(state="passed_on") | ~models.Q(passed_to=""),
                name="who_an_appeal_was_passed_on_to_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(story=None) | models.Q(is_quotable=True),
                name="only_who_allowed_it_is_told_of",
            ),
            models.CheckConstraint(
                condition=models.Q(extended_days=0) | ~models.Q(extension_reason=""),
                name="a_term_is_extended_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES


class AppealAnswer(models.Model):
    """One answer; `sent_at` None: it waits for the second pair of eyes. `due_on`: the term it was to keep."""

    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="answers")
    level = models.PositiveSmallIntegerField(default=1)
    outcome = models.CharField(_("outcome"), max_length=12, choices=AppealOutcome.choices)
    text = models.TextField(_("answer"))
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    written_at = models.DateTimeField()
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    returned_because = models.CharField(max_length=300, blank=True)
    due_on = models.DateField(null=True)
    sent_at = models.DateTimeField(null=True)
    sent_on = models.DateField(null=True)
    score = models.PositiveSmallIntegerField(_("how the resident rates it"), null=True)
    score_text = models.TextField(blank=True)

    class Meta:
        ordering = ["written_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["appeal", "level"], condition=models.Q(sent_at__isnull=False), name="a_level_is_answered_once"
            ),
            models.CheckConstraint(
                condition=models.Q(score__isnull=True) | models.Q(score__range=(1, 5)),
                name="an_answer_is_rated_one_to_five",
            ),
            models.CheckConstraint(
                condition=models.Q(checked_by=None) | ~models.Q(checked_by=models.F("written_by")),
                name="nobody_checks_an_answer_of_their_own",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.appeal_id} {self.outcome}"


class Deed(models.TextChoices):
    """What happened to an appeal. The resident sees all but the notes of staff."""

    RECEIVED = "received", _("received")
    ROUTED = "routed", _("given to an institution")
    TAKEN = "taken", _("taken by a member of staff")
    ASKED = "asked", _("asked you for something")
    REPLIED = "replied", _("you added something")
    EXTENDED = "extended", _("time limit extended")
    NOTED = "noted", _("note of staff")
    PASSED_ON = "passed_on", _("passed on to another body")
    RETURNED = "returned", _("answer returned to its writer")
    ANSWERED = "answered", _("answered")
    RATED = "rated", _("answer rated")
    REOPENED = "reopened", _("opened again")
    WITHDRAWN = "withdrawn", _("withdrawn")


class AppealEvent(models.Model):
    """One thing that happened, in order; `text` is what was written with it."""

    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="events")
    deed = models.CharField(max_length=12, choices=Deed.choices)
    at = models.DateTimeField()
    day = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    institution = models.ForeignKey("charter.Institution", on_delete=models.SET_NULL, null=True, related_name="+")
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.appeal_id} {self.deed}"


class AppealFile(models.Model):
    """A paper or picture sent with an appeal; `kept` is its random name behind the upload door."""

    public_id = models.CharField(max_length=32, unique=True, default=new_public_id)
    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=120)
    kept = models.CharField(max_length=60)
    size = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.name
