"""Beginning an improvement from what set it off: the problem is filled in, and both lead to each other."""

from __future__ import annotations

import html
from typing import Any, cast
from uuid import UUID, uuid4

from django import forms
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from charter.feedback.appeals import handling
from charter.feedback.improvements.sparks import Spark
from charter.feedback.models import Improvement, ImprovementGoal, ImprovementStep
from charter.memberships import Reach
from charter.models import Institution, PeriodKind
from portal.core import audit, clock
from portal.core.languages import LANGUAGES, column
from portal.core.models import User


class BeginForm(forms.Form):
    """What is wrong, where, and by when it should be better; whoever fills it in leads it."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("What should become better"), max_length=200)
    problem = forms.CharField(
        label=_("What is wrong"),
        help_text=_("When it is finished, residents read this. Write no names and no numbers of people."),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=4000,
    )
    boundaries = forms.CharField(label=_("Where the process begins and where it ends"), required=False, max_length=300)
    institution: forms.ModelChoiceField[Institution] = forms.ModelChoiceField(
        Institution.objects.none(), label=_("Institution"), required=False, empty_label=_("The whole city")
    )
    planned_until = forms.DateField(
        label=_("Planned until"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, spark: Spark, reach: Reach, data: Any = None) -> None:
        start = {
            "key": uuid4(),
            "title": spark.title,
            "problem": spark.problem,
            "institution": spark.institution if spark.institution and reach.covers(spark.institution.pk) else None,
        }
        super().__init__(data, initial=start)
        offices = Institution.objects.filter(live=True).order_by("order", "code")
        field = cast("forms.ModelChoiceField[Institution]", self.fields["institution"])
        field.queryset = offices if reach.whole_city else offices.filter(pk__in=reach.institutions)
        if not reach.whole_city:
            field.required, field.empty_label = True, None

    def clean_planned_until(self) -> Any:
        day = self.cleaned_data["planned_until"]
        if day and day < clock.today():
            raise forms.ValidationError(_("This day has passed: choose a later one."))
        return day


def begin(spark: Spark, said: dict[str, Any], *, language: str, by: User) -> Improvement:
    """A new improvement on the board, led by whoever begins it; the same form sent again is the same improvement."""
    key: UUID = said["key"]
    code = f"I-{key.hex[:10]}"
    try:
        with transaction.atomic():
            return _begin(code, spark, said, language, by)
    except IntegrityError:
        return Improvement.objects.get(code=code)


def _begin(code: str, spark: Spark, said: dict[str, Any], language: str, by: User) -> Improvement:
    improvement = Improvement(
        code=code,
        source_language=language,
        origin=spark.origin,
        owner=by,
        institution=said["institution"],
        standard=spark.standard,
        measurement=spark.measurement,
        survey=spark.survey,
        survey_question=spark.survey_question,
        gap=spark.gap,
        proposed_on=clock.today(),
        planned_until=said["planned_until"],
        live=False,
        **{
            column("title", language): said["title"],
            column("problem", language): paragraphs(said["problem"]),
            column("boundaries", language): said["boundaries"],
        },
    )
    improvement.save(force_insert=True)
    if (goal := _goal(spark)) is not None:
        goal.improvement = improvement
        goal.save()
    improvement.save_revision(user=by, clean=False)
    ImprovementStep.objects.create(improvement=improvement, stage=improvement.stage, at=clock.now(), by=by)
    audit.record("improvement.begun", improvement, by=by, origin=spark.origin)
    if spark.appeal is not None:
        handling.tie(spark.appeal, story=spark.appeal.story, improvement=improvement, by=by)
    return improvement


def _goal(spark: Spark) -> ImprovementGoal | None:
    """A promise that was missed measures what becomes of it: nobody types the figure before."""
    missed = spark.measurement
    if missed is None or missed.period_kind != PeriodKind.QUARTER:
        return None
    names = {column("name", code): getattr(missed.standard, column("name", code)) or "" for code in LANGUAGES}
    return ImprovementGoal(standard=missed.standard, before_quarter=missed.period_start, **names)


def paragraphs(text: str) -> str:
    """Plain words as the editor keeps them."""
    return "".join(f"<p>{html.escape(line.strip())}</p>" for line in text.splitlines() if line.strip())
