"""How a consultation ended: topic, outcome, and whether the knowledge base had the answer."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    ANSWERED = "answered", _("the question was answered")
    REQUEST = "request", _("a request was registered")
    REFERRED = "referred", _("sent on to another institution")
    CALLBACK = "callback", _("we call or write back")
    UNANSWERED = "unanswered", _("the question stayed open")
    LEFT = "left", _("the resident left")


class Found(models.TextChoices):
    """Was the answer found in the knowledge base?"""

    YES = "yes", _("yes")
    PARTLY = "partly", _("in part")
    NO = "no", _("no")
    NOT_NEEDED = "not_needed", _("it was not needed")


class WrapUp(models.Model):
    """The three answers a consultant gives at the end, and a short note without personal data."""

    consultation = models.OneToOneField("chat.Consultation", on_delete=models.CASCADE, related_name="wrapup")
    topic = models.ForeignKey("kb.Topic", verbose_name=_("topic"), on_delete=models.SET_NULL, null=True)
    outcome = models.CharField(_("outcome"), max_length=12, choices=Outcome.choices)
    found = models.CharField(_("found in the knowledge base?"), max_length=12, choices=Found.choices)
    article = models.ForeignKey(
        "kb.Article",
        verbose_name=_("article"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    note = models.CharField(_("note"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("wrap-up")
        verbose_name_plural = _("wrap-ups")
        constraints = [
            models.CheckConstraint(
                condition=~Q(found=Found.NO) | Q(article__isnull=True),
                name="what_was_not_found_names_no_article",
            )
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id} {self.outcome}"
