"""Facts written once, and the legal acts they come from: a change of either is seen wherever it matters."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from charter.models.content import Sourced
from portal.core.languages import LANGUAGES


class FactKind(models.TextChoices):
    AMOUNT = "amount", _("amount")
    TERM = "term", _("term")
    CONTACT = "contact", _("phone or address")
    OTHER = "other", _("other")


class Fact(Sourced):
    """A few words that many texts need, shown by `{{fact:CODE}}`. Sums by a base stay `{{2.5 VRP}}`."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=8, choices=FactKind.choices, default=FactKind.OTHER)
    value = models.CharField(_("words"), max_length=200)

    class Meta:
        ordering = ["code"]
        verbose_name = _("fact")
        verbose_name_plural = _("facts")

    def __str__(self) -> str:
        return f"{self.code}: {self.value}"


class LegalAct(models.Model):
    """A law, resolution or order. `edition_on`: the edition our texts were checked against."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=300)
    number = models.CharField(_("number"), max_length=60, blank=True)
    url = models.URLField(_("where it can be read"), max_length=300, blank=True)
    edition_on = models.DateField(_("edition in force since"), null=True, blank=True)
    change = models.CharField(_("what has changed"), max_length=300, blank=True)
    services = models.ManyToManyField(
        "charter.Service", verbose_name=_("services that rest on it"), blank=True, related_name="+"
    )
    standards = models.ManyToManyField(
        "charter.ServiceStandard", verbose_name=_("standards that rest on it"), blank=True, related_name="+"
    )

    class Meta:
        ordering = ["code"]
        verbose_name = _("legal act")
        verbose_name_plural = _("legal acts")

    def __str__(self) -> str:
        return f"{self.title} {self.number}".strip()


class Citation(models.Model):
    """An article rests on a part of a legal act."""

    article = ParentalKey("kb.Article", on_delete=models.CASCADE, related_name="citations")
    act = models.ForeignKey(LegalAct, verbose_name=_("legal act"), on_delete=models.CASCADE, related_name="citations")
    part = models.CharField(_("article, part"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("citation")
        verbose_name_plural = _("citations")

    def __str__(self) -> str:
        return f"{self.act} {self.part}".strip()


class ReviewCause(models.TextChoices):
    LEGAL_ACT = "legal_act", _("a legal act has changed")
    BASE_AMOUNT = "base_amount", _("a base amount has changed")
    FACT = "fact", _("a fact has changed")
    REMARK = "remark", _("somebody says it is wrong")


class Review(models.Model):
    """Something has to be looked at, and why. `language` empty: the entry itself, else its translation."""

    kind = models.CharField(_("kind"), max_length=40)
    entry = models.PositiveBigIntegerField()
    language = models.CharField(_("language"), max_length=2, blank=True, choices=[(code, code) for code in LANGUAGES])
    cause = models.CharField(_("why"), max_length=12, choices=ReviewCause.choices)
    what = models.CharField(_("what has changed"), max_length=300)
    opened_at = models.DateTimeField(_("since"))
    due_on = models.DateField(_("by"))
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["due_on", "pk"]
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "entry", "language", "cause", "what"],
                condition=models.Q(done_at__isnull=True),
                name="a_review_is_open_once_for_one_cause",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.entry} {self.language} {self.what}"
