"""Counts by month, so that a page adds up some hundred rows instead of some million.

`CountedMonth` says which months are counted and until which moment; what came later is read from what was recorded.
Counts are about nobody; their rows are written anew, never changed, whenever a month is counted again. What managers
keep for themselves – saved views, the wish for a letter – stands at the end.
"""

from __future__ import annotations

import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


def new_token() -> str:
    """256 random bits: the link in a letter is the whole right to stop it."""
    return secrets.token_urlsafe(32)


class CountedMonth(models.Model):
    """A month that is counted. `until`: everything before this moment is in; the end of the month once it is over."""

    month = models.DateField(primary_key=True)
    until = models.DateTimeField()
    counted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class ContactCount(models.Model):
    """Contacts begun in a month. `waited` chats in opening hours waited `wait_seconds` in all.

    `no_answer` of `sought`: wrap-ups in which the knowledge base did not hold the answer, of those that looked.
    `offered` by chat and phone in opening hours without those who left at once; `left` of them before an answer,
    `taken` after `taken_seconds` in all. `handled` took `handled_seconds`. `resolved` of `finished`, `linked` (with an
    article) of `wrapped`, `held` (found, at least in part) of `looked`.
    """

    month = models.DateField(db_index=True)
    institution_id = models.BigIntegerField(null=True)
    channel = models.CharField(max_length=8)
    language = models.CharField(max_length=2)
    found_topic = models.BigIntegerField(null=True)
    asked = models.PositiveIntegerField()
    answered = models.PositiveIntegerField()
    waited = models.PositiveIntegerField()
    wait_seconds = models.BigIntegerField()
    sought = models.PositiveIntegerField()
    no_answer = models.PositiveIntegerField()
    calls = models.PositiveIntegerField(default=0)
    calls_in_time = models.PositiveIntegerField(default=0)
    chats = models.PositiveIntegerField(default=0)
    chats_in_time = models.PositiveIntegerField(default=0)
    offered = models.PositiveIntegerField(default=0)
    left = models.PositiveIntegerField(default=0)
    taken = models.PositiveIntegerField(default=0)
    taken_seconds = models.BigIntegerField(default=0)
    handled = models.PositiveIntegerField(default=0)
    handled_seconds = models.BigIntegerField(default=0)
    finished = models.PositiveIntegerField(default=0)
    resolved = models.PositiveIntegerField(default=0)
    wrapped = models.PositiveIntegerField(default=0)
    linked = models.PositiveIntegerField(default=0)
    looked = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)
    generated = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.channel} {self.language}: {self.asked}"


class RatingCount(models.Model):
    """Ratings given in a month: `good` of `of`; `very_good` are part of the good ones, `very_bad` of the `bad` ones.

    Of each area `<area>_good` of `<area>_of` that said something of it.
    """

    month = models.DateField(db_index=True)
    institution_id = models.BigIntegerField(null=True)
    service_id = models.BigIntegerField(null=True)
    channel = models.CharField(max_length=12)
    language = models.CharField(max_length=2)
    entry_kind = models.CharField(max_length=12, default="resident")
    good = models.PositiveIntegerField()
    of = models.PositiveIntegerField()
    very_good = models.PositiveIntegerField(default=0)
    bad = models.PositiveIntegerField(default=0)
    very_bad = models.PositiveIntegerField(default=0)
    accessibility_good = models.PositiveIntegerField(default=0)
    accessibility_of = models.PositiveIntegerField(default=0)
    communication_good = models.PositiveIntegerField(default=0)
    communication_of = models.PositiveIntegerField(default=0)
    infrastructure_good = models.PositiveIntegerField(default=0)
    infrastructure_of = models.PositiveIntegerField(default=0)
    development_good = models.PositiveIntegerField(default=0)
    development_of = models.PositiveIntegerField(default=0)
    generated = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}: {self.good}/{self.of}"


class SearchCount(models.Model):
    """Residents' searches of a month; `found`: something was opened and nobody was asked; `empty`: no result at all."""

    month = models.DateField(db_index=True)
    language = models.CharField(max_length=2)
    searches = models.PositiveIntegerField()
    found = models.PositiveIntegerField()
    empty = models.PositiveIntegerField(default=0)
    generated = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.language}: {self.searches}"


class WordCount(models.Model):
    """Words that led nowhere; kept as long as the words of a search."""

    month = models.DateField(db_index=True)
    said = models.CharField(max_length=200)
    language = models.CharField(max_length=2)
    times = models.PositiveIntegerField()
    in_vain = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}: {self.times}"


class VoteCount(models.Model):
    """Votes on a page in a month: `no` of `of`."""

    month = models.DateField(db_index=True)
    page_kind = models.CharField(max_length=16)
    page_code = models.CharField(max_length=40)
    language = models.CharField(max_length=2, default="")
    no = models.PositiveIntegerField()
    of = models.PositiveIntegerField()
    generated = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.page_code}: {self.no}/{self.of}"


class AppealCount(models.Model):
    """Appeals entered in a month; `broken` of them name a promise that was not kept."""

    month = models.DateField(db_index=True)
    institution_id = models.BigIntegerField(null=True)
    service_id = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=12)
    channel = models.CharField(max_length=12)
    language = models.CharField(max_length=2)
    received = models.PositiveIntegerField()
    broken = models.PositiveIntegerField()
    generated = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.kind}: {self.received}"


class AnswerCount(models.Model):
    """Answers to appeals sent in a month: `in_time` of those `due`, after `days` in all; `content` of those `rated`.

    `right`: the resident was right, at least in part. `again`: answers on the second level.
    """

    month = models.DateField(db_index=True)
    institution_id = models.BigIntegerField(null=True)
    service_id = models.BigIntegerField(null=True)
    kind = models.CharField(max_length=12)
    channel = models.CharField(max_length=12)
    language = models.CharField(max_length=2)
    answers = models.PositiveIntegerField()
    due = models.PositiveIntegerField()
    in_time = models.PositiveIntegerField()
    days = models.PositiveIntegerField()
    right = models.PositiveIntegerField()
    rated = models.PositiveIntegerField()
    content = models.PositiveIntegerField()
    again = models.PositiveIntegerField()
    generated = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.kind}: {self.answers}"


class AnsweredDay(models.Model):
    """Minutes of a day (by UTC) in which the portal answered; `from_minute`: since when it was watched that day."""

    day = models.DateField(primary_key=True)
    answered = models.PositiveSmallIntegerField()
    from_minute = models.PositiveSmallIntegerField()
    last_minute = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return f"{self.day}: {self.answered}"


class SavedView(models.Model):
    """An address of a page of figures under a name: its sheet and its filters, never the figures themselves.

    Without a period it always shows the last whole month. A shared one is for colleagues of the same `institution`
    (None: those who answer for the whole city); what they see of it their own reach decides.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=80)
    sheet = models.CharField(max_length=16)
    filters = models.JSONField(default=dict)
    is_shared = models.BooleanField(_("colleagues see it"), default=False)
    institution = models.ForeignKey("charter.Institution", on_delete=models.CASCADE, null=True, related_name="+")
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["owner", "name"], name="nobody_calls_two_views_the_same")]
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")

    def __str__(self) -> str:
        return self.name


class Rhythm(models.TextChoices):
    WEEKLY = "weekly", _("every week")
    MONTHLY = "monthly", _("every month")


class ReportWish(models.Model):
    """A manager wants the figures by e-mail. `sent_for`: the month or week of the last letter; `token` stops it."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    rhythm = models.CharField(_("how often"), max_length=8, choices=Rhythm.choices)
    token = models.CharField(max_length=43, unique=True, default=new_token, editable=False)
    since = models.DateTimeField()
    sent_for = models.CharField(max_length=8, blank=True)

    class Meta:
        verbose_name = _("wish for a report by e-mail")
        verbose_name_plural = _("wishes for a report by e-mail")

    def __str__(self) -> str:
        return f"{self.user_id} {self.rhythm}"
