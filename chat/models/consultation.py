"""A consultation: one conversation of one resident, by chat, phone or at the counter."""

from __future__ import annotations

import datetime as dt
import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from portal.core.languages import LANGUAGES


class Channel(models.TextChoices):
    CHAT = "chat", _("chat")
    PHONE = "phone", _("phone")
    COUNTER = "counter", _("counter")
    EMAIL = "email", _("e-mail")


WRITTEN_CHANNELS = frozenset({Channel.CHAT, Channel.EMAIL})  # what staff write there is read by the resident


class State(models.TextChoices):
    WAITING = "waiting", _("waiting")
    OFFERED = "offered", _("offered to a consultant")
    PROMISED = "promised", _("a call is promised")
    ACTIVE = "active", _("in conversation")
    WRAPPING_UP = "wrapping_up", _("being wrapped up")
    CLOSED = "closed", _("closed")
    ABANDONED = "abandoned", _("left before an answer")


OPEN_STATES = frozenset({State.WAITING, State.OFFERED, State.PROMISED, State.ACTIVE})  # the resident may write
QUEUED_STATES = frozenset({State.WAITING, State.OFFERED, State.PROMISED})  # nobody has answered yet
HELD_STATES = frozenset({State.OFFERED, State.ACTIVE, State.WRAPPING_UP})  # lies with one consultant
ENDED_STATES = frozenset({State.WRAPPING_UP, State.CLOSED, State.ABANDONED})  # over for the resident
FINISHED_STATES = frozenset({State.CLOSED, State.ABANDONED})  # over for everybody


class EndReason(models.TextChoices):
    ABUSE = "abuse", _("insults or threats")


def new_public_id() -> str:
    """128 random bits as 22 letters of an address."""
    return secrets.token_urlsafe(16)


class Consultation(models.Model):
    """Who asks about what, where it stands, and the times the promises are measured by.

    `public_sequence` counts what the resident sees, `staff_sequence` everything; both without gaps. Who reads or
    writes comes through `chat.access`. When the conversation is erased the row stays, without words, to be counted.
    """

    public_id = models.CharField(max_length=22, unique=True, default=new_public_id, editable=False)
    reference = models.CharField(_("number"), max_length=12, unique=True)
    secret_digest = models.CharField(max_length=64, blank=True, editable=False)
    form_digest = models.CharField(max_length=64, null=True, unique=True, editable=False)
    channel = models.CharField(_("channel"), max_length=8, choices=Channel.choices, default=Channel.CHAT)
    language = models.CharField(_("language"), max_length=2, choices=[(code, code) for code in LANGUAGES])
    name = models.CharField(_("how to address them"), max_length=60, blank=True)
    phone = models.TextField(_("phone, encrypted"), blank=True, editable=False)
    phone_digest = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    topic = models.ForeignKey("kb.Topic", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    service = models.ForeignKey("charter.Service", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    article = models.ForeignKey("kb.Article", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    institution = models.ForeignKey(
        "charter.Institution",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Empty: the city’s own desk."),
    )
    from_search = models.ForeignKey("kb.SearchEvent", on_delete=models.SET_NULL, null=True, related_name="+")
    is_urgent = models.BooleanField(_("goes first"), default=False)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.WAITING)
    consultant = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("consultant"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    public_sequence = models.PositiveIntegerField(default=0)
    staff_sequence = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(_("started"))
    started_in_hours = models.BooleanField(_("started in opening hours"), default=True)
    claimed_at = models.DateTimeField(_("taken"), null=True)
    first_reply_at = models.DateTimeField(_("first reply"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)
    closed_at = models.DateTimeField(_("closed"), null=True)
    changed_at = models.DateTimeField(_("last change"))
    reopened_at = models.DateTimeField(_("opened again"), null=True)
    erased_at = models.DateTimeField(_("erased"), null=True)
    waited_seconds = models.PositiveIntegerField(_("waited, seconds"), null=True)
    first_reply_seconds = models.PositiveIntegerField(_("until the first reply, seconds"), null=True)
    end_reason = models.CharField(_("ended because of"), max_length=8, choices=EndReason.choices, blank=True)
    is_demo = models.BooleanField(_("demonstration data"), default=False)

    class Meta:
        ordering = ["-started_at"]
        verbose_name = _("consultation")
        verbose_name_plural = _("consultations")
        indexes = [
            models.Index(
                F("is_urgent").desc(),
                Coalesce("reopened_at", "started_at"),
                "id",
                condition=Q(state=State.WAITING),
                name="queue_of_consultations",
            ),
            models.Index(
                fields=["consultant", "state"],
                condition=Q(state__in=sorted(HELD_STATES)),
                name="held_by_a_consultant",
            ),
            models.Index(fields=["institution", "started_at"], name="history_of_an_institution"),
            models.Index(fields=["started_at"], name="history_of_consultations"),
            models.Index(fields=["ended_at"], condition=Q(erased_at=None), name="not_erased_yet"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=sorted(HELD_STATES)) | Q(consultant__isnull=False),
                name="what_somebody_works_on_has_a_consultant",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(State.PROMISED, State.WAITING)) | Q(consultant__isnull=True),
                name="what_waits_has_no_consultant_yet",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(ENDED_STATES), ended_at__isnull=False)
                | Q(state__in=sorted(OPEN_STATES), ended_at__isnull=True),
                name="a_consultation_ends_exactly_when_it_says_when",
            ),
            models.CheckConstraint(
                condition=Q(state__in=sorted(FINISHED_STATES), closed_at__isnull=False)
                | (~Q(state__in=sorted(FINISHED_STATES)) & Q(closed_at__isnull=True)),
                name="a_consultation_is_finished_exactly_when_it_says_when",
            ),
            models.CheckConstraint(
                condition=Q(public_sequence__lte=F("staff_sequence")),
                name="staff_see_everything_the_resident_sees",
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(name="", secret_digest="", phone="", phone_digest=""),
                name="what_is_erased_names_nobody",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def queued_since(self) -> dt.datetime:
        """What its place in the queue is counted from: opened again it stands at the end."""
        return self.reopened_at or self.started_at

    @property
    def is_ended(self) -> bool:
        return self.state in ENDED_STATES

    @property
    def is_queued(self) -> bool:
        return self.state in QUEUED_STATES

    @property
    def is_promised(self) -> bool:
        return self.state == State.PROMISED
