"""The form of a survey's frame: when, who, how many, and what it is about."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from charter.feedback.models import Survey, SurveyState
from charter.memberships import Reach
from charter.models import Institution, Service, ServiceStandard

WHILE_OPEN = ("closes_on", "offered", "one_in", "goal")


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class FrameForm(forms.ModelForm[Survey]):
    """Everything but the words. Of an open survey only its end, its goal and where it is offered."""

    class Meta:
        model = Survey
        fields = (
            "opens_on", "closes_on", "audience", "offered", "one_in", "goal",
            "area", "standard", "service", "institution",
        )  # fmt: skip
        widgets = {"opens_on": DayInput(), "closes_on": DayInput()}
        labels = {
            "standard": _("Promise it is about"),
            "service": _("Service it is about"),
            "institution": _("Institution it is about"),
        }
        help_texts = {
            "one_in": _("Where it is offered, every how many-th person is asked: 1 asks everybody."),
            "goal": _("How many answers you want. The page of results shows how far it is."),
            "standard": _("Where surveys measure that promise, the answers count for it once this survey is over."),
            "offered": _("The end of a conversation and the thanks for a rating may ask residents to answer it."),
        }

    def __init__(self, *args: Any, reach: Reach, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offices = Institution.objects.filter(live=True)
        if not reach.whole_city:
            offices = offices.filter(pk__in=reach.institutions)
            self.fields["institution"].required = True
        for name, rows in (
            ("institution", offices),
            ("service", Service.objects.filter(live=True)),
            ("standard", ServiceStandard.objects.filter(live=True)),
        ):
            field = self.fields[name]
            if isinstance(field, forms.ModelChoiceField):
                field.queryset = rows
        if self.instance.state != SurveyState.DRAFT:
            for name in set(self.fields) - set(WHILE_OPEN):
                del self.fields[name]
        self.fields["one_in"].min_value = 1  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("opens_on", self.instance.opens_on), given.get("closes_on")
        if first and last and last < first:
            self.add_error("closes_on", _("The last day lies before the first."))
        if given.get("one_in") == 0:
            self.add_error("one_in", _("Write 1 or more."))
        if self.instance.state != SurveyState.DRAFT and not last:
            self.add_error("closes_on", _("Say until which day it is open."))
        return given
