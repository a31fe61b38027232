"""Exchange with other systems: profiles that say how a file is to be read, and what came in and went out."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ExchangeKind(models.TextChoices):
    RECIPIENTS = "recipients", _("recipients")
    VISITS = "visits", _("visits")


class ExchangeFormat(models.TextChoices):
    CSV = "csv", "CSV"
    XLSX = "xlsx", "XLSX"
    XML = "xml", "XML"


class Encoding(models.TextChoices):
    UTF8 = "utf-8", "UTF-8"
    UTF8_SIG = "utf-8-sig", _("UTF-8 with a mark (spreadsheets)")
    BALTIC = "cp1257", "Windows-1257"
    CYRILLIC = "cp1251", "Windows-1251"


class ExchangeProfile(models.Model):
    """One version of how a file of another system is read and written. It never changes: a change is the next version.

    `columns`: {field of ours: name of their column}; `codes`: {field: {their word: ours}}.
    """

    code = models.SlugField(_("code"), max_length=40)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    is_latest = models.BooleanField(default=True)
    name = models.CharField(_("name"), max_length=80)
    kind = models.CharField(_("what it carries"), max_length=12, choices=ExchangeKind.choices)
    format = models.CharField(_("format"), max_length=4, choices=ExchangeFormat.choices)
    encoding = models.CharField(_("encoding"), max_length=10, choices=Encoding.choices, default=Encoding.UTF8_SIG)
    delimiter = models.CharField(_("delimiter"), max_length=1, default=";")
    columns = models.JSONField(default=dict)
    codes = models.JSONField(default=dict)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "-version"]
        verbose_name = _("exchange profile")
        verbose_name_plural = _("exchange profiles")
        constraints = [
            models.UniqueConstraint(fields=["code", "version"], name="a_version_of_a_profile_is_there_once"),
            models.UniqueConstraint(
                fields=["code"], condition=Q(is_latest=True), name="one_version_of_a_profile_is_the_latest"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class RunState(models.TextChoices):
    WAITING = "waiting", _("is being read")
    CHECKED = "checked", _("checked, nothing is loaded yet")
    WRONG = "wrong", _("has mistakes, nothing is loaded")
    LOADING = "loading", _("is being loaded")
    LOADED = "loaded", _("loaded")
    SENT = "sent", _("given out")


class ExchangeRun(models.Model):
    """One file that came in or went out, with its hash and what became of its rows: the receipt.

    `mistakes`: the first of them, {line, column, why, facts}; `counts`: {rows, new, changed, known, wrong}.
    """

    profile = models.ForeignKey(ExchangeProfile, on_delete=models.PROTECT, related_name="runs")
    department = models.CharField(_("department"), max_length=200, blank=True)
    state = models.CharField(_("state"), max_length=8, choices=RunState.choices, default=RunState.WAITING)
    file_name = models.CharField(_("file"), max_length=120)
    kept_name = models.CharField(max_length=40, blank=True)
    size = models.PositiveBigIntegerField(_("size"), default=0)
    digest = models.CharField("SHA-256", max_length=64)
    counts = models.JSONField(default=dict)
    mistakes = models.JSONField(default=list)
    reason = models.CharField(_("why"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(_("when"))
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("file of an exchange")
        verbose_name_plural = _("files of exchanges")

    def __str__(self) -> str:
        return f"X-{self.pk:06d}"
