"""What happened in a consultation, one row each, in order."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class EventKind(models.TextChoices):
    MESSAGE = "message", _("message")
    ATTACHMENT = "attachment", _("file")
    ARTICLE = "article", _("article")
    REQUEST = "request", _("request registered")
    CLAIMED = "claimed", _("taken")
    RELEASED = "released", _("put back into the queue")
    TRANSFERRED = "transferred", _("handed over")
    CLOSED = "closed", _("ended")
    REOPENED = "reopened", _("opened again")
    PROMISED = "promised", _("an answer promised")
    TRIED = "tried", _("nobody picked up")
    REDACTED = "redacted", _("a message removed")
    NOTE = "note", _("note for colleagues")
    INVITED = "invited", _("a colleague invited")
    SENT_OUT = "sent_out", _("an answer sent to the phone or by mail")
    WRAPPED_UP = "wrapped_up", _("wrapped up")


STAFF_KINDS = frozenset({EventKind.NOTE, EventKind.INVITED, EventKind.SENT_OUT, EventKind.WRAPPED_UP})


class Author(models.TextChoices):
    RESIDENT = "resident", _("resident")
    CONSULTANT = "consultant", _("consultant")
    SYSTEM = "system", _("the portal")


class Event(models.Model):
    """A message or a change of state. `public_sequence` is empty for what only staff see.

    `data` holds the few facts a kind needs: of an article its title, short answer and address as they were sent,
    of a file its address and size, of a transfer the names, of a request its reference.
    """

    consultation = models.ForeignKey("chat.Consultation", on_delete=models.CASCADE, related_name="events")
    staff_sequence = models.PositiveIntegerField()
    public_sequence = models.PositiveIntegerField(null=True)
    kind = models.CharField(max_length=12, choices=EventKind.choices)
    author = models.CharField(max_length=10, choices=Author.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    text = models.TextField(blank=True)
    language = models.CharField(max_length=2, blank=True)
    article = models.ForeignKey("kb.Article", on_delete=models.SET_NULL, null=True, related_name="+")
    article_version = models.PositiveIntegerField(null=True)
    data = models.JSONField(default=dict)
    client_id = models.UUIDField(null=True)
    body_hash = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["consultation", "staff_sequence"]
        verbose_name = _("event of a consultation")
        verbose_name_plural = _("events of consultations")
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "staff_sequence"],
                name="no_two_events_stand_in_one_place",
            ),
            models.UniqueConstraint(
                fields=["consultation", "public_sequence"],
                condition=Q(public_sequence__isnull=False),
                name="no_two_public_events_stand_in_one_place",
            ),
            models.UniqueConstraint(
                fields=["consultation", "client_id"],
                condition=Q(client_id__isnull=False),
                name="what_was_sent_twice_is_stored_once",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=sorted(STAFF_KINDS)) | Q(public_sequence__isnull=True),
                name="a_note_is_never_public",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id}#{self.staff_sequence} {self.kind}"
