"""An article: the answer to one question, with a public part and a note for consultants."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.search import index

from charter.models.content import EditedContent, Sourced
from portal.core.languages import columns


class Article(EditedContent, Sourced, index.Indexed):
    """Question, short answer, body; how to say it by phone; words residents use; a note only staff see."""

    SOURCE_FIELDS = ("title", "short_answer", "body")
    RICH_FIELDS = ("body", "internal_note")

    title = models.CharField(_("question"), max_length=200)
    slug = models.SlugField(_("address word"), max_length=120, null=True, unique=True)
    short_answer = models.CharField(_("short answer"), max_length=400, blank=True)
    body = models.TextField(_("answer"), blank=True)
    internal_note = models.TextField(_("note for consultants"), blank=True)
    phone_form = models.TextField(_("how to say it by phone"), blank=True)
    resident_words = models.TextField(_("words residents use"), blank=True)
    topics = ParentalManyToManyField("kb.Topic", verbose_name=_("topics"), blank=True, related_name="articles")
    services = ParentalManyToManyField(
        "charter.Service",
        verbose_name=_("services"),
        blank=True,
        related_name="articles",
    )
    institutions = ParentalManyToManyField(
        "charter.Institution",
        verbose_name=_("institutions"),
        blank=True,
        related_name="articles",
    )
    is_sensitive = models.BooleanField(_("sensitive: offer to leave quickly"), default=False)
    review_on = models.DateField(_("review on"), null=True, blank=True)

    search_fields = [
        *(index.SearchField(name) for name in columns(("title", "short_answer", "resident_words"))),
        *(index.AutocompleteField(name) for name in columns(("title",))),
    ]

    class Meta:
        ordering = ["code"]
        verbose_name = _("article")
        verbose_name_plural = _("articles")

    def __str__(self) -> str:
        return f"{self.code} {self.title}"
