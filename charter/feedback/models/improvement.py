"""Improvements: a problem, goals as before, target and after, what was changed, whether it held; stories of it."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey

from charter.models.content import EditedContent


class Origin(models.TextChoices):
    """What set it off."""

    APPEAL = "appeal", _("what residents wrote")
    GAP = "gap", _("an answer that was not found")
    SURVEY = "survey", _("a survey")
    STANDARD = "standard", _("a promise that was missed")
    STAFF = "staff", _("an idea of the staff")


class ImprovementStage(models.TextChoices):
    """Columns of the board, in order."""

    PROPOSED = "proposed", _("proposed")
    MEASURING = "measuring", _("measuring how it is")
    CHANGING = "changing", _("changing it")
    CHECKING = "checking", _("checking the result")
    FINISHED = "finished", _("finished")
    DROPPED = "dropped", _("dropped")


RUNNING_STAGES = frozenset(
    {
        ImprovementStage.PROPOSED,
        ImprovementStage.MEASURING,
        ImprovementStage.CHANGING,
        ImprovementStage.CHECKING,
    }
)


class Improvement(EditedContent):
    """One change with a measured before and after. Public while `live` and finished.

    What set it off: `measurement` that missed its promise, the `survey_question` of a `survey`, the number of a `gap`
    in the knowledge base, appeals and ideas (they point here). `taken_from`: the town whose practice it follows.
    `held`: whether it was still so three months after it was finished; None: nobody has looked yet.
    """

    SOURCE_FIELDS = ("title", "problem", "change")
    RICH_FIELDS = ("problem", "change", "lesson")
    # What the board and the beginning decide: no draft of the texts brings an older state of it back.
    NOT_DRAFTED = (
        "stage", "finished_on", "held", "held_checked_on", "measurement_id", "survey_id", "survey_question", "gap",
    )  # fmt: skip

    title = models.CharField(_("title"), max_length=200)
    slug = models.SlugField(_("address word"), max_length=120, null=True, unique=True)
    problem = models.TextField(_("the problem"), blank=True)
    boundaries = models.CharField(_("where the process begins and ends"), max_length=300, blank=True)
    change = models.TextField(_("what was changed"), blank=True)
    lesson = models.TextField(_("what others can learn"), blank=True)
    institution = models.ForeignKey(
        "charter.Institution",
        verbose_name=_("institution"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who leads it"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    team = models.CharField(_("team"), max_length=300, blank=True, help_text=_("For colleagues only."))
    origin = models.CharField(_("what set it off"), max_length=12, choices=Origin.choices)
    standard = models.ForeignKey(
        "charter.ServiceStandard",
        verbose_name=_("the promise it is about"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    measurement = models.ForeignKey(
        "charter.Measurement", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    survey = models.ForeignKey(
        "feedback.Survey", on_delete=models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    survey_question = models.CharField(max_length=40, blank=True, editable=False)
    gap = models.PositiveIntegerField(null=True, blank=True, editable=False)
    taken_from = models.CharField(_("whose practice it was"), max_length=200, blank=True)
    stage = models.CharField(
        _("stage"), max_length=12, choices=ImprovementStage.choices, default=ImprovementStage.PROPOSED
    )
    proposed_on = models.DateField(_("proposed"))
    planned_until = models.DateField(_("planned until"), null=True, blank=True)
    finished_on = models.DateField(_("finished"), null=True, blank=True)
    held = models.BooleanField(_("it held three months later"), null=True, blank=True)
    held_checked_on = models.DateField(_("looked at again"), null=True, blank=True)
    is_demo = models.BooleanField(_("demonstration data"), default=False)

    class Meta:
        ordering = ["-proposed_on", "code"]
        verbose_name = _("improvement")
        verbose_name_plural = _("improvements")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(stage="finished") | models.Q(finished_on__isnull=False),
                name="a_finished_improvement_has_its_day",
            ),
            models.CheckConstraint(
                condition=models.Q(held__isnull=True) | models.Q(held_checked_on__isnull=False),
                name="whether_it_held_was_looked_at_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def with_content_json(self, content: dict[str, Any]) -> Improvement:
        drafted: Improvement = super().with_content_json(content)
        for name in self.NOT_DRAFTED:
            setattr(drafted, name, getattr(self, name))
        return drafted


class ImprovementGoal(models.Model):
    """One goal as before / target / after, in its unit.

    With a `standard`, before and after are what was measured in the quarters that begin on `before_quarter` and
    `after_quarter` (the newest whole one where none is named): nobody types them.
    """

    improvement = ParentalKey(Improvement, on_delete=models.CASCADE, related_name="goals")
    name = models.CharField(_("what is measured"), max_length=200)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    before = models.DecimalField(_("before"), max_digits=12, decimal_places=2, null=True, blank=True)
    target = models.DecimalField(_("target"), max_digits=12, decimal_places=2, null=True, blank=True)
    after = models.DecimalField(_("after"), max_digits=12, decimal_places=2, null=True, blank=True)
    standard = models.ForeignKey(
        "charter.ServiceStandard",
        verbose_name=_("measured by the promise"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    before_quarter = models.DateField(_("quarter before, its first day"), null=True, blank=True)
    after_quarter = models.DateField(_("quarter after, its first day"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("goal")
        verbose_name_plural = _("goals")

    def __str__(self) -> str:
        return self.name


class ImprovementStep(models.Model):
    """A stage that was reached, and when."""

    improvement = models.ForeignKey(Improvement, on_delete=models.CASCADE, related_name="steps")
    stage = models.CharField(max_length=12, choices=ImprovementStage.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.improvement_id} {self.stage}"


class Story(EditedContent):
    """ "You said – we changed": told of appeals whose senders allowed it, without names. Public while `live`."""

    SOURCE_FIELDS = ("said", "changed")

    said = models.TextField(_("you said"))
    changed = models.TextField(_("we changed"))
    told_on = models.DateField(_("day"))
    institution = models.ForeignKey(
        "charter.Institution",
        verbose_name=_("institution"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    is_demo = models.BooleanField(_("demonstration data"), default=False)

    class Meta:
        ordering = ["-told_on", "code"]
        verbose_name = _("story: you said, we changed")
        verbose_name_plural = _("stories: you said, we changed")

    def __str__(self) -> str:
        return self.said[:60]


class IdeaState(models.TextChoices):
    NEW = "new", _("not looked at yet")
    TAKEN = "taken", _("becomes an improvement")
    DECLINED = "declined", _("not now")


class Idea(models.Model):
    """What a colleague sees go to waste and what would help; answered to whoever had it."""

    waste = models.CharField(_("what goes to waste"), max_length=500)
    wish = models.CharField(_("what would help"), max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=IdeaState.choices, default=IdeaState.NEW)
    answer = models.CharField(_("answer"), max_length=500, blank=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    improvement = models.ForeignKey(Improvement, on_delete=models.SET_NULL, null=True, related_name="ideas")

    class Meta:
        ordering = ["-at"]
        verbose_name = _("idea of the staff")
        verbose_name_plural = _("ideas of the staff")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="new") | ~models.Q(answer=""), name="an_idea_is_answered_in_words"
            )
        ]

    def __str__(self) -> str:
        return self.wish[:60]
