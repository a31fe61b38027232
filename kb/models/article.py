"""An article: the answer to one question, with a public part and a note for consultants."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.search import index

from charter.models.content import EditedContent, Sourced
from portal.core.languages import LANGUAGES, OWN_NAMES, columns


class ArticleState(models.TextChoices):
    """Where an answer stands on its way, as the editors see it."""

    DRAFT = "draft", _("draft")
    IN_REVIEW = "in_review", _("in review")
    PUBLISHED = "published", _("published")
    OUTDATED = "outdated", _("outdated: to be checked")
    ARCHIVED = "archived", _("archived")


class Audience(models.TextChoices):
    """For whom an answer is written; most are for everybody."""

    EVERYBODY = "everybody", _("everybody")
    FAMILIES = "families", _("families with children")
    OLDER = "older", _("older people")
    DISABLED = "disabled", _("people with a disability")
    CARERS = "carers", _("people who care for somebody")
    REFUGEES = "refugees", _("people who fled a war")


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
    audience = models.CharField(_("for whom"), max_length=12, choices=Audience.choices, default=Audience.EVERYBODY)
    stage = models.CharField(
        _("what it waits for"), max_length=10, choices=ArticleState.choices, blank=True, editable=False
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who answers for it"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    office = models.ForeignKey(
        "charter.Institution",
        verbose_name=_("which office checks it"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("merged into"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="merged",
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

    @property
    def state(self) -> ArticleState:
        """Whether it is public says Wagtail; what it waits for says `stage`."""
        if self.live:
            return ArticleState.OUTDATED if self.stage == ArticleState.OUTDATED else ArticleState.PUBLISHED
        waits = self.stage in {ArticleState.IN_REVIEW, ArticleState.ARCHIVED}
        return ArticleState(self.stage) if waits else ArticleState.DRAFT

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        """Three faces of one record in each language: for residents, for the desk, for the phone."""
        faces = (("", _("resident")), ("-desk", _("consultant")), ("-phone", _("phone")))
        return [(f"{code}{face}", f"{OWN_NAMES[code]} – {word}") for face, word in faces for code in LANGUAGES]

    def with_content_json(self, content: Any) -> Any:
        """A revision brings back words, not where the article stood then."""
        obj = super().with_content_json(content)
        obj.stage, obj.merged_into_id = self.stage, self.merged_into_id
        return obj


def in_state(state: ArticleState) -> models.Q:
    """The articles whose `state` is this one."""
    if state == ArticleState.PUBLISHED:
        return models.Q(live=True) & ~models.Q(stage=ArticleState.OUTDATED)
    if state == ArticleState.OUTDATED:
        return models.Q(live=True, stage=ArticleState.OUTDATED)
    waiting = [ArticleState.IN_REVIEW, ArticleState.ARCHIVED]
    return models.Q(live=False) & (
        ~models.Q(stage__in=waiting) if state == ArticleState.DRAFT else models.Q(stage=state)
    )
