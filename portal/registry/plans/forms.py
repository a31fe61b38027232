"""Forms of the week plan: the week by hand, the hours of a post, the hours of a group."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from portal.core.languages import LANGUAGES, OWN_NAMES, current
from portal.instruments import selectors as instruments
from portal.instruments.models import Purpose
from portal.registry.forms import Day, RegistryForm, WorkerChoice
from portal.registry.models import Capacity, Post, Programme, WeekPlan
from portal.registry.plans import actions
from portal.registry.programmes.forms import WEEKDAYS, colleagues


@dataclass(frozen=True, slots=True)
class Row:
    """A day of the week as a row of the form."""

    label: Any
    starts: BoundField
    minutes: list[BoundField]


class WeekForm(RegistryForm):
    """Who comes, and for each day when and how many minutes of each service."""

    worker = WorkerChoice(
        label=_("Social worker"), queryset=Post.objects.none(), required=False, empty_label=_("nobody yet")
    )

    def __init__(self, *args: Any, programme: Programme, plan: WeekPlan | None, **kwargs: Any) -> None:
        self.services = [line.service for line in programme.lines.select_related("service")]
        super().__init__(*args, initial=_week_initial(plan), **kwargs)
        for day, label in WEEKDAYS:
            self.fields[f"d{day}"] = forms.TimeField(
                label=_("%(day)s, at about") % {"day": label},
                required=False,
                widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            )
            for service in self.services:
                self.fields[f"d{day}_{service.code}"] = forms.IntegerField(
                    label=_("%(day)s, %(service)s, minutes") % {"day": label, "service": service.said.text},
                    min_value=0,
                    max_value=actions.LONGEST,
                    required=False,
                    widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": 0}),
                )
        worker = self.fields["worker"]
        assert isinstance(worker, forms.ModelChoiceField)  # noqa: S101  (declared above)
        worker.queryset = colleagues(programme.department)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for day, _label in WEEKDAYS:
            minutes = sum(data.get(f"d{day}_{service.code}") or 0 for service in self.services)
            if bool(minutes) != bool(data.get(f"d{day}")) and f"d{day}" not in self.errors:
                self.add_error(f"d{day}", _("Say both when the visit begins and how many minutes it takes."))
        return data

    def rows(self) -> Iterator[Row]:
        """The days, each with its fields."""
        for day, label in WEEKDAYS:
            yield Row(label, self[f"d{day}"], [self[f"d{day}_{service.code}"] for service in self.services])

    def week(self) -> dict[int, actions.Day]:
        """What was typed, as the actions take it."""
        data, found = self.cleaned_data, {}
        for day, _label in WEEKDAYS:
            minutes = {one.code: data[f"d{day}_{one.code}"] for one in self.services if data[f"d{day}_{one.code}"]}
            if minutes:
                found[int(day)] = actions.Day(data[f"d{day}"], minutes)
        return found


class CapacityForm(RegistryForm):
    """When, where and in which languages somebody visits people."""

    hours = forms.DecimalField(
        label=_("Hours a week with people"), min_value=0, max_value=60, decimal_places=1, initial=40
    )
    begins = forms.TimeField(
        label=_("From"), initial=dt.time(8), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    ends = forms.TimeField(
        label=_("Until"), initial=dt.time(17), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    weekdays = forms.MultipleChoiceField(
        label=_("Days of the week"), choices=WEEKDAYS, widget=forms.CheckboxSelectMultiple, initial=[*"01234"]
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=[(code, OWN_NAMES[code]) for code in LANGUAGES],
        widget=forms.CheckboxSelectMultiple,
        initial=["lt"],
    )
    districts = forms.CharField(
        label=_("Parts of town"),
        max_length=300,
        required=False,
        help_text=_("Separated by commas. Empty: all of the town."),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("begins") and data.get("ends") and data["ends"] <= data["begins"]:
            self.add_error("ends", _("The end is before the beginning. Change one of them."))
        return data

    def facts(self) -> dict[str, Any]:
        """The columns of a Capacity."""
        data = self.cleaned_data
        return {
            "minutes_week": int(data["hours"] * 60),
            "begins": data["begins"],
            "ends": data["ends"],
            "weekdays": "".join(sorted(data["weekdays"])),
            "languages": data["languages"],
            "districts": [part.strip() for part in data["districts"].split(",") if part.strip()],
        }


def capacity_initial(capacity: Capacity | None) -> dict[str, Any]:
    """A form filled with what holds today."""
    if capacity is None:
        return {}
    return {
        "hours": capacity.minutes_week / 60,
        "begins": capacity.begins,
        "ends": capacity.ends,
        "weekdays": [*capacity.weekdays],
        "languages": capacity.languages,
        "districts": ", ".join(capacity.districts),
    }


class PackageForm(RegistryForm):
    """The hours a week of a group, from a day on."""

    group = forms.ChoiceField(label=_("Group"))
    valid_from = Day(label=_("From"))
    hours = forms.DecimalField(label=_("Hours a week"), min_value=0, max_value=168, decimal_places=1)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["group"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (declared above)
        field.choices = [(f"{code}|{group}", name) for (code, group), name in groups().items()]


def groups() -> dict[tuple[str, str], str]:
    """The groups of the published checks: {(set of questions, group): name}."""
    found = {}
    for card in instruments.published(current(), Purpose.CHECK):
        sheet = instruments.current(Purpose.CHECK, card.code)
        if sheet is not None and sheet.definition.by_points:
            for outcome in sheet.definition.outcomes:
                found[card.code, outcome.code] = sheet.said(outcome.title, current()).text
    return found


def _week_initial(plan: WeekPlan | None) -> Mapping[str, Any]:
    if plan is None:
        return {}
    initial: dict[str, Any] = {"worker": plan.worker_id}
    for stop in plan.stops.all():
        initial[f"d{stop.weekday}"] = stop.starts
        for code, minutes in stop.services.items():
            initial[f"d{stop.weekday}_{code}"] = minutes
    return initial
