"""The parts of a request's form: what was typed travels from page to page, and which page comes next."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

from django import forms
from django.http import QueryDict

from portal.cases.requests.forms import FIELD, LONGEST, OTHER, FactsForm, MandateForm, StartForm

MOST = 80
_LOOKED = "looked"
_KNOWN = {"key", _LOOKED, "service", "whom", "text", *MandateForm.base_fields, *FactsForm.base_fields}


class Step(enum.StrEnum):
    START = "start"
    MANDATE = "mandate"
    FACTS = "facts"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class Typed:
    """Everything typed so far, as it was typed."""

    values: Mapping[str, str]

    @classmethod
    def of(cls, sent: QueryDict) -> Typed:
        kept = {k: str(sent[k])[:LONGEST] for k in sent if k in _KNOWN or k.startswith(FIELD)}
        return cls(dict(list(kept.items())[:MOST]))

    @classmethod
    def fresh(cls, service: str, text: str) -> Typed:
        """A form with a key of its own; the page before gives the service and, after a check, its words."""
        return cls({"key": str(uuid4()), "service": service[:40], "text": text[:LONGEST]})

    @property
    def key(self) -> str:
        """The form's own key; empty for one that is none."""
        try:
            return str(UUID(self.values.get("key", "")))
        except ValueError:
            return ""

    @property
    def service(self) -> str:
        return self.values.get("service", "")

    @property
    def is_for_other(self) -> bool:
        return self.values.get("whom") == OTHER

    @property
    def was_looked_through(self) -> bool:
        """Whether the whole was seen once: from then on every part leads back to it."""
        return _LOOKED in self.values

    @property
    def steps(self) -> tuple[Step, ...]:
        """The parts before the look at the whole. Who asks for themselves needs no right."""
        return (Step.START, Step.MANDATE, Step.FACTS) if self.is_for_other else (Step.START, Step.FACTS)

    def looked_through(self) -> Typed:
        return Typed({**self.values, _LOOKED: "1"})

    def form(self, step: Step, *, is_checked: bool) -> forms.Form:
        """One part with what was typed; `is_checked`: with what is wrong in it."""
        how = {"data": self.values} if is_checked else {"initial": self.values}
        if step == Step.START:
            return StartForm(**how)
        return MandateForm(**how) if step == Step.MANDATE else FactsForm(service=self.service, **how)  # type: ignore[arg-type]

    def facts(self) -> FactsForm:
        form = self.form(Step.FACTS, is_checked=True)
        assert isinstance(form, FactsForm)  # noqa: S101
        return form

    def beside(self, form: forms.Form | None) -> list[tuple[str, str]]:
        """What travels hidden beside the part that is shown."""
        shown = form.fields.keys() if form else ()
        return [(name, value) for name, value in self.values.items() if name not in shown]

    def first_wrong(self) -> Step | None:
        """The first part with something missing or wrong; None when all is well."""
        return next((step for step in self.steps if not self.form(step, is_checked=True).is_valid()), None)

    def after(self, submitted: Step) -> tuple[Step, bool]:
        """The page after `submitted`, and whether it is the same one because something in it is wrong."""
        if submitted in self.steps and not self.form(submitted, is_checked=True).is_valid():
            return submitted, True
        if self.was_looked_through or submitted not in self.steps[:-1]:
            return self.first_wrong() or Step.CHECK, False
        return self.steps[self.steps.index(submitted) + 1], False
