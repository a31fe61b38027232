"""What was promised to somebody who could not be answered at once: a call or a written answer, and by when."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from chat.models.consultation import new_public_id


class TaskKind(models.TextChoices):
    CALLBACK = "callback", _("call back")
    WRITTEN = "written", _("answer in writing")


class TaskReason(models.TextChoices):
    """Why it could not be at once."""

    ASKED = "asked", _("the resident asked to be phoned")
    OUT_OF_HOURS = "out_of_hours", _("written outside working hours")
    CLOSING = "closing", _("closing time came first")
    ABSENT = "absent", _("nobody who speaks the language was there")
    LOST = "lost", _("the consultant was cut off")
    FULL = "full", _("too many were waiting")
    MISSED = "missed", _("a call nobody took")
    BY_MAIL = "by_mail", _("written by e-mail")
    FOLLOW_UP = "follow_up", _("the consultant promised it")


class TaskState(models.TextChoices):
    OPEN = "open", _("to do")
    DONE = "done", _("done")
    CANCELLED = "cancelled", _("cancelled by the resident")


class Task(models.Model):
    """One promise about one consultation; the resident holds the same receipt all the while.

    `begins_at`–`due_at` is the window of a call. A call counts from its first try, picked up or not.
    `is_agreed`: the resident asked to be rung; `is_shared_phone`: others may pick up, so nothing is said to them.
    """

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    consultation = models.ForeignKey("chat.Consultation", on_delete=models.CASCADE, related_name="tasks")
    kind = models.CharField(_("kind"), max_length=8, choices=TaskKind.choices)
    reason = models.CharField(_("reason"), max_length=12, choices=TaskReason.choices)
    state = models.CharField(_("state"), max_length=10, choices=TaskState.choices, default=TaskState.OPEN)
    begins_at = models.DateTimeField(_("not before"), null=True)
    due_at = models.DateTimeField(_("due"))
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("given to")
    )
    is_agreed = models.BooleanField(_("asked to be rung"), default=True)
    is_shared_phone = models.BooleanField(_("others answer this phone too"), default=False)
    made_at = models.DateTimeField(_("promised"))
    first_try_at = models.DateTimeField(_("first try"), null=True)
    settled_at = models.DateTimeField(_("settled"), null=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    reminded_at = models.DateTimeField(null=True)
    is_demo = models.BooleanField(_("demonstration data"), default=False)

    class Meta:
        ordering = ["due_at", "id"]
        verbose_name = _("promised answer")
        verbose_name_plural = _("promised answers")
        indexes = [models.Index(fields=["due_at"], condition=Q(state="open"), name="promises_to_keep")]
        constraints = [
            models.UniqueConstraint(
                fields=["consultation"], condition=Q(state="open"), name="one_promise_is_open_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(state="open", settled_at__isnull=True) | (~Q(state="open") & Q(settled_at__isnull=False)),
                name="a_promise_is_settled_exactly_when_it_says_when",
            ),
            models.CheckConstraint(
                condition=Q(begins_at__isnull=True) | Q(begins_at__lt=F("due_at")),
                name="a_call_begins_before_it_is_due",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id} {self.kind} {self.due_at:%Y-%m-%d %H:%M}"


class TryResult(models.TextChoices):
    REACHED = "reached", _("reached")
    NO_ANSWER = "no_answer", _("nobody picked up")
    BUSY = "busy", _("the line was busy")
    WRONG_NUMBER = "wrong_number", _("wrong number")
    OTHER_PERSON = "other_person", _("somebody else picked up")


class Attempt(models.Model):
    """One try to reach somebody."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="attempts")
    result = models.CharField(_("result"), max_length=12, choices=TryResult.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("when"))

    class Meta:
        ordering = ["at", "id"]
        verbose_name = _("try to call")
        verbose_name_plural = _("tries to call")

    def __str__(self) -> str:
        return f"{self.task_id} {self.result}"
