"""Counts by month, so that a page adds up some hundred rows instead of some million.

`CountedMonth` says which months are counted and until which moment; what came later is read from what was recorded.
Nothing here is about a person; rows are written anew, never changed, whenever a month is counted again.
"""

from __future__ import annotations

from django.db import models


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
    generated = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.channel} {self.language}: {self.asked}"


class RatingCount(models.Model):
    """Ratings given in a month: `good` of `of`."""

    month = models.DateField(db_index=True)
    institution_id = models.BigIntegerField(null=True)
    service_id = models.BigIntegerField(null=True)
    channel = models.CharField(max_length=12)
    language = models.CharField(max_length=2)
    good = models.PositiveIntegerField()
    of = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}: {self.good}/{self.of}"


class SearchCount(models.Model):
    """Residents' searches of a month; `found`: something was opened and nobody was asked."""

    month = models.DateField(db_index=True)
    language = models.CharField(max_length=2)
    searches = models.PositiveIntegerField()
    found = models.PositiveIntegerField()

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
    no = models.PositiveIntegerField()
    of = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.page_code}: {self.no}/{self.of}"


class AnsweredDay(models.Model):
    """Minutes of a day (by UTC) in which the portal answered; `from_minute`: since when it was watched that day."""

    day = models.DateField(primary_key=True)
    answered = models.PositiveSmallIntegerField()
    from_minute = models.PositiveSmallIntegerField()
    last_minute = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return f"{self.day}: {self.answered}"
