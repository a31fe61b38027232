"""The form a question is put together with: plain fields, and a sentence for whatever does not go together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.languages import OWN_NAMES
from portal.registry.forms import Day, RegistryForm
from portal.registry.models import CareService, Outcome, Post, Programme, Recipient
from portal.registry.questions import names
from portal.registry.questions.question import DAY, Question, Span, kept, named
from portal.registry.questions.reach import Reach, reach_of
from portal.registry.questions.vocabulary import (
    AGES,
    BREAKDOWNS,
    COMPARED,
    CONDITIONS,
    FORMS,
    MEASURES,
    PARTS,
    PERIODS,
    VISIT_PARTS,
    Kind,
    Measure,
    Unit,
)

LONGEST, MOST_DAYS, EARLIEST = 3660, 366, dt.date(2000, 1, 1)
USUAL_DAYS = {"unvisited": 7, "load": 28, "to_decision": 5, "to_programme": 10, "to_visit": 7}
WITH_PARTS = frozenset({Kind.VISITS, Kind.SERVICES, Kind.CASES, Kind.STATE})
Choices = list[tuple[str, Any]]
SENTENCES: dict[str, Any] = {
    "by": _("“%(what)s” cannot be counted by this. Choose another breakdown."),
    "only": _("“%(what)s” cannot be narrowed down by this. Leave it empty, or count something else."),
    "then": _("Two breakdowns go with plain numbers only: without comparison or parts, and not with this measure."),
    "twice": _("The second breakdown is the same as the first. Choose another, or none."),
    "then_first": _("Choose the first breakdown before the second."),
    "compare": _("“%(what)s” cannot be compared with another time."),
    "of": _("“%(what)s” has no such part. Choose another, or count visits."),
    "of_compare": _("Either compare with another time or look at parts, not both at once."),
    "of2": _("Choose the first part before the part of it, and not the same one twice."),
    "no_days": _("Write both days: the first and the last."),
    "crossed": _("The last day is before the first. Change one of them."),
    "long": _("Ask about ten years at most, and not about days before the year 2000."),
    "by_day": _("Day by day you can look at 366 days at most. Choose months, or a shorter time."),
    "ahead": _("This question looks back. Choose a last day that is not after today."),
    "person": _("That person is not found. Go to people from a line of an answer."),
    "one": _("Your post sees figures without people: whole months only, and either one breakdown or one condition."),
}


class QuestionForm(RegistryForm):
    """A question by fields. What the asker's post decides – department, own work – is not among them."""

    measure = forms.ChoiceField(label=_("What to count"), choices=[])
    days = forms.IntegerField(
        label=_("Number of days"),
        required=False,
        min_value=1,
        max_value=MOST_DAYS,
        help_text=_("For “not visited”, “ahead” and “days from … to …”: without a visit for so many days, and so on."),
    )
    period = forms.ChoiceField(label=_("When"), choices=list(PERIODS.items()), required=False)
    since = Day(label=_("First day"), required=False)
    until = Day(label=_("Last day"), required=False)
    compare = forms.ChoiceField(label=_("Compare"), choices=list(COMPARED.items()), required=False)
    by = forms.ChoiceField(label=_("Broken down by"), choices=[], required=False)
    then = forms.ChoiceField(label=_("And by"), choices=[], required=False)
    department = forms.ChoiceField(label=_("Department"), choices=[], required=False)
    worker = forms.ChoiceField(label=_("Social worker"), choices=[], required=False)
    service = forms.ChoiceField(label=_("Service"), choices=[], required=False)
    district = forms.ChoiceField(label=_("Part of town"), choices=[], required=False)
    language = forms.ChoiceField(label=_("Language"), choices=[], required=False)
    group = forms.ChoiceField(label=_("Care group"), choices=[], required=False)
    age = forms.ChoiceField(label=_("Age"), choices=[], required=False)
    outcome = forms.ChoiceField(label=_("How the visit went"), choices=[], required=False)
    of = forms.ChoiceField(label=_("Of them"), choices=[], required=False)
    of2 = forms.ChoiceField(label=_("And of that part"), choices=[], required=False)
    form = forms.ChoiceField(label=_("Shown as"), choices=list(FORMS.items()), required=False)
    person = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, post: Post, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reach: Reach = reach_of(post)
        self._choose("measure", [(one.code, one.name) for one in MEASURES.values()])
        breakdowns = [(code, name) for code, name in BREAKDOWNS.items() if code != "person" or self.reach.names]
        self._choose("by", [("", _("in all, no breakdown")), *breakdowns])
        self._choose("then", [("", _("nothing more")), *breakdowns])
        for name, found in choices(self.reach).items():
            self._choose(name, [("", _("all of them")), *found])
        for name in ("of", "of2"):
            self._choose(name, [("", _("no part")), *PARTS.items()])
        if self.reach.department:
            del self.fields["department"]
        if self.reach.worker is not None:
            del self.fields["worker"]
        if not self.reach.names:
            del self.fields["person"]

    def _choose(self, name: str, found: Iterable[tuple[Any, Any]]) -> None:
        field: Any = self.fields[name]
        field.choices = list(found)

    @property
    def sections(self) -> dict[str, list[Any]]:
        """The fields by the part of the page they stand in."""
        rest = ("department", "worker", "service", "district", "language", "group", "age", "outcome")
        found = {
            "what": ("measure", "days"),
            "when": ("period", "since", "until", "compare"),
            "by": ("by", "then", "form"),
            "only": rest,
            "parts": ("of", "of2"),
        }
        return {part: [self[name] for name in fields if name in self.fields] for part, fields in found.items()}

    @property
    def narrows(self) -> bool:
        """Whether the fields that are folded away say something."""
        return any(self[name].value() for name in (*CONDITIONS, "of", "of2") if name in self.fields)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if self.errors.pop("person", None):  # a hidden field has no place to say it at
            self.add_error("measure", ValidationError(SENTENCES["person"]))
        measure = MEASURES.get(data.get("measure", ""))
        if measure is not None and not self.errors:
            self._fits(measure, data)
            span = self._span(measure, data)
            if span is not None and not self.errors:
                self._may(data, span)
                self.question = self._question(measure, data, span)
        return data

    def _wrong(self, field: str, why: str, measure: Measure) -> None:
        where = field if field in self.fields else None
        self.add_error(where, ValidationError(SENTENCES[why], params={"what": measure.name}))

    def _fits(self, measure: Measure, data: dict[str, Any]) -> None:
        """What does not go together."""
        by, then, of, of2, compare = (data.get(name, "") for name in ("by", "then", "of", "of2", "compare"))
        for field in ("by", "then"):
            if data.get(field) and data[field] not in measure.by:
                self._wrong(field, "by", measure)
        for name in CONDITIONS:
            if data.get(name) and name not in measure.by:
                self._wrong(name, "only", measure)
        if then and not by:
            self._wrong("then", "then_first", measure)
        elif then and then == by:
            self._wrong("then", "twice", measure)
        elif then and (compare or of or measure.kind in (Kind.PLANNED, Kind.BETWEEN)):
            self._wrong("then", "then", measure)
        if compare and measure.kind in (Kind.PLANNED, Kind.BETWEEN, Kind.AHEAD):
            self._wrong("compare", "compare", measure)
        if compare and of:
            self._wrong("of", "of_compare", measure)
        has_parts = measure.kind in WITH_PARTS and measure.unit is not Unit.PACE
        for part in (of, of2):
            if part and (not has_parts or (part in VISIT_PARTS and measure.kind is not Kind.VISITS)):
                self._wrong("of", "of", measure)
        if of2 and (not of or of == of2):
            self._wrong("of2", "of2", measure)

    def _span(self, measure: Measure, data: dict[str, Any]) -> Span | None:
        """The days that are meant; None, with its sentence, for days that can't be."""
        if measure.kind is Kind.AHEAD:
            days = data.get("days") or USUAL_DAYS["load"]
            return Span(clock.today(), clock.today() + (days - 1) * DAY)
        period = data.get("period") or "last_month"
        if period != "own":
            span = named(period)
            is_state = measure.is_of_a_day and span.last > clock.today()
            return Span(span.first, clock.today()) if is_state else span
        first, last = data.get("since"), data.get("until")
        if first is None or last is None:
            self._wrong("since" if first is None else "until", "no_days", measure)
            return None
        span = Span(first, last)
        if last < first:
            self._wrong("until", "crossed", measure)
        elif span.days > LONGEST or first < EARLIEST:
            self._wrong("since", "long", measure)
        elif "day" in (data.get("by"), data.get("then")) and span.days > MOST_DAYS:
            self._wrong("by", "by_day", measure)
        elif measure.code in ("open", "unvisited") and last > clock.today():
            self._wrong("until", "ahead", measure)
        return span

    def _may(self, data: dict[str, Any], span: Span) -> None:
        """Who does not see people asks for whole months, and one thing at a time: two answers would tell a third."""
        if self.reach.names:
            return
        asked = [name for name in (*CONDITIONS, "by") if data.get(name) and name != "department"]
        measure = MEASURES[data["measure"]]
        is_of_time = measure.is_of_a_day or measure.kind is Kind.AHEAD
        if len(asked) > 1 or data.get("then") or data.get("of") or not (span.is_whole_months or is_of_time):
            self._wrong("by", "one", measure)

    def _question(self, measure: Measure, data: dict[str, Any], span: Span) -> Question:
        return Question(
            measure=measure,
            span=span,
            by=data.get("by") or "",
            then=data.get("then") or "",
            only={name: str(data[name]) for name in (*CONDITIONS, "person") if data.get(name)},
            compare=data.get("compare") or "",
            of=data.get("of") or "",
            of2=data.get("of2") or "",
            days=data.get("days") or USUAL_DAYS.get(measure.code, 7),
            form=data.get("form") or "table",
            words=kept(self.data),
        )


def choices(reach: Reach) -> dict[str, Choices]:
    """What each condition may be, within what the asker's post reaches. Six queries."""
    people = Recipient.objects.filter(merged_into__isnull=True)
    programmes = Programme.objects.order_by()
    if reach.department:
        people, programmes = people.filter(department=reach.department), programmes.filter(department=reach.department)
    workers = programmes.filter(worker__isnull=False).values_list("worker__user", "worker__user__display_name")
    districts = people.order_by("district").exclude(district="").values_list("district", flat=True).distinct()
    departments = programmes.values_list("department", flat=True).distinct().order_by("department")
    unknown = [("-", _("not known"))]
    ages = names.Names.of("age", [])
    return {
        "department": [(one, one) for one in departments],
        "worker": sorted(((str(pk), name) for pk, name in workers.distinct()), key=lambda one: one[1]),
        "service": [(str(one.pk), one.said.text) for one in CareService.objects.all()],
        "district": [*((one, one) for one in districts), *unknown],
        "language": list(OWN_NAMES.items()),
        "group": [*((code, said.text) for code, said in sorted(names.groups().items())), *unknown],
        "age": [*((f"{low}-{high}", ages.said(f"{low}-{high}").text) for low, high in AGES), *unknown],
        "outcome": list(Outcome.choices),
    }
