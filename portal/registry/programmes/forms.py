"""Forms about a programme."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from portal.registry.forms import Day, RegistryForm, WorkerChoice
from portal.registry.models import (
    CareForm,
    CareService,
    Case,
    Payment,
    PaymentRule,
    Per,
    Post,
    Programme,
    Recipient,
    Status,
)
from portal.registry.programmes.actions import Line, Plan

WEEKDAYS = (
    ("0", _("Monday")),
    ("1", _("Tuesday")),
    ("2", _("Wednesday")),
    ("3", _("Thursday")),
    ("4", _("Friday")),
    ("5", _("Saturday")),
    ("6", _("Sunday")),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A service of the catalogue as a row of the form."""

    service: CareService
    times: BoundField
    per: BoundField
    minutes: BoundField


class ProgrammeForm(RegistryForm):
    """A plan: its days, its services, who comes and who pays."""

    case = forms.ChoiceField(label=_("The decision it rests on"), required=False)
    since = Day(label=_("From"))
    until = Day(label=_("Until"))
    form = forms.ChoiceField(label=_("Where"), choices=CareForm.choices)
    worker = WorkerChoice(
        label=_("Social worker"), queryset=Post.objects.none(), required=False, empty_label=_("nobody yet")
    )
    weekdays = forms.MultipleChoiceField(
        label=_("Days of the week"), choices=WEEKDAYS, required=False, widget=forms.CheckboxSelectMultiple
    )
    hour = forms.TimeField(
        label=_("At about"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    payment = forms.ChoiceField(label=_("The person pays"), choices=Payment.choices)
    rule = forms.ChoiceField(label=_("By which rule"), required=False)
    why = forms.CharField(label=_("Why it is changed"), max_length=200)

    def __init__(
        self, *args: Any, post: Post, recipient: Recipient, programme: Programme | None = None, **kwargs: Any
    ) -> None:
        self.services = list(CareService.objects.filter(is_live=True))
        super().__init__(*args, initial=_initial(recipient, programme), **kwargs)
        for service in self.services:
            self.fields |= _line_fields(service)
        granted = Case.objects.filter(recipient=recipient, status=Status.GRANTED)
        case = self.fields["case"]
        rule = self.fields["rule"]
        worker = self.fields["worker"]
        assert isinstance(case, forms.ChoiceField) and isinstance(rule, forms.ChoiceField)  # noqa: S101, PT018
        assert isinstance(worker, forms.ModelChoiceField)  # noqa: S101  (all three are declared above)
        case.choices = [("", "–"), *((str(one.pk), f"{one.number}, {one.title}") for one in granted)]
        rule.choices = [("", "–"), *((str(one.pk), one.said.text) for one in PaymentRule.objects.all())]
        worker.queryset = colleagues(recipient.department or post.department)
        if programme is None or programme.is_draft:
            del self.fields["why"]
        if programme is not None:
            del self.fields["case"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for service in self.services:
            times, minutes = data.get(f"s{service.pk}_times"), data.get(f"s{service.pk}_minutes")
            if bool(times) != bool(minutes):
                field = f"s{service.pk}_minutes" if times else f"s{service.pk}_times"
                self.add_error(field, _("Say both how many times and how many minutes."))
        return data

    def rows(self) -> Iterator[Row]:
        """The services, each with its three fields."""
        for service in self.services:
            times, per, minutes = (self[f"s{service.pk}_{name}"] for name in ("times", "per", "minutes"))
            yield Row(service, times, per, minutes)

    def head(self) -> list[BoundField]:
        """The fields before the services."""
        return [self[name] for name in ("why", "case", "since", "until", "form", "worker") if name in self.fields]

    def tail(self) -> list[BoundField]:
        """The fields after the services."""
        return [self[name] for name in ("hour", "payment", "rule")]

    def plan(self) -> Plan:
        """What was typed, as the actions take it."""
        data = self.cleaned_data
        lines = [
            Line(service, data[f"s{service.pk}_times"], data[f"s{service.pk}_per"], data[f"s{service.pk}_minutes"])
            for service in self.services
            if data.get(f"s{service.pk}_times")
        ]
        rule = PaymentRule.objects.filter(pk=int(data["rule"])).first() if data["rule"] else None
        return Plan(
            since=data["since"],
            until=data["until"],
            lines=lines,
            payment=data["payment"],
            rule=rule,
            form=data["form"],
            weekdays="".join(sorted(data["weekdays"])),
            hour=data["hour"],
            worker=data["worker"],
        )

    def chosen_case(self) -> Case | None:
        """The case whose decision it rests on; None for a change, which keeps its own."""
        pk = self.cleaned_data.get("case")
        return Case.objects.filter(pk=int(pk)).first() if pk else None


class PauseForm(RegistryForm):
    """From when until when it stands still."""

    since = Day(label=_("From"))
    until = Day(label=_("Until, if it is known"), required=False)
    reason = forms.CharField(label=_("Why"), max_length=200)


class ResumeForm(RegistryForm):
    """From when it goes on."""

    day = Day(label=_("It goes on from"))


class EndForm(RegistryForm):
    """The last day, and why."""

    last_day = Day(label=_("The last day"))
    reason = forms.CharField(label=_("Why"), max_length=200)


def colleagues(department: str) -> Any:
    """Posts that people of this department may be given to."""
    posts = Post.objects.filter(user__is_active=True).select_related("user").order_by("user__display_name")
    return posts.filter(department__in=("", department)) if department else posts


def _line_fields(service: CareService) -> dict[str, forms.Field]:
    number = forms.NumberInput(attrs={"inputmode": "numeric", "min": 0})
    return {
        f"s{service.pk}_times": forms.IntegerField(
            label=_("How many times"), min_value=1, max_value=99, required=False, widget=number
        ),
        f"s{service.pk}_per": forms.ChoiceField(label=_("In what time"), choices=Per.choices, initial=Per.WEEK),
        f"s{service.pk}_minutes": forms.IntegerField(
            label=_("Minutes each time"), min_value=1, max_value=720, required=False, widget=number
        ),
    }


def _initial(recipient: Recipient, programme: Programme | None) -> dict[str, Any]:
    if programme is None:
        newest = Case.objects.filter(recipient=recipient, status=Status.GRANTED).first()
        case, rules = str(newest.pk) if newest else "", PaymentRule.objects.values_list("pk", flat=True)
        usual = str(rules[0]) if len(rules) == 1 else ""
        return {"worker": recipient.worker_id, "case": case, "payment": Payment.RULE, "rule": usual}
    names = ("until", "form", "hour", "payment")
    initial: dict[str, Any] = {name: getattr(programme, name) for name in names}
    initial |= {"worker": programme.worker_id, "rule": str(programme.rule_id or ""), "weekdays": [*programme.weekdays]}
    if programme.is_draft:
        initial["since"] = programme.since
    for line in programme.lines.all():
        initial[f"s{line.service_id}_times"] = line.times
        initial[f"s{line.service_id}_per"] = line.per
        initial[f"s{line.service_id}_minutes"] = line.minutes
    return initial
