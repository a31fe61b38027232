"""The catalogue: services, base amounts and payment rules, written down by who sets the prices."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from portal.core import audit
from portal.core.languages import LANGUAGES, OWN_NAMES
from portal.core.text_keys import name_key
from portal.registry.forms import Day, Euros, RegistryForm
from portal.registry.models import BaseSum, CareService, Month, PaymentRule, Post, Unit
from portal.registry.months.money import Rule
from portal.registry.months.prices import next_month
from portal.registry.refusals import Refused

WITHOUT_END = "*"


class NamedForm(RegistryForm):
    """Something with a name in each language; the first is needed, the others fall back to it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = {
            f"name_{code}": forms.CharField(
                label=_("Name: %(language)s") % {"language": OWN_NAMES[code]}, max_length=80, required=code == "lt"
            )
            for code in LANGUAGES
        }
        self.fields = {**names, **self.fields}

    def names(self) -> dict[str, str]:
        """{language: name}, as far as written."""
        return {code: name for code in LANGUAGES if (name := self.cleaned_data[f"name_{code}"])}


class ServiceForm(NamedForm):
    """A service of the department."""

    unit = forms.ChoiceField(label=_("How it is counted"), choices=Unit.choices)
    is_extra = forms.BooleanField(
        label=_("It may be asked for beyond the programme, at its full price"), required=False
    )


class BaseForm(RegistryForm):
    """A base amount from a day on."""

    code = forms.CharField(label=_("Code, for example VRP"), max_length=8)
    valid_from = Day(label=_("From"))
    cents = Euros(label=_("Sum, €"))


class RuleForm(NamedForm):
    """A payment rule: its base amount and its steps."""

    base = forms.CharField(label=_("Code of the base amount"), max_length=8)
    steps = forms.CharField(
        label=_("Steps"),
        help_text=_(
            "One a line: up to how many base amounts a head, and at most how many per cent of the income. "
            "The last line begins with *, for example: 2 0, then 3 20, then * 50."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        try:
            data["document"] = document_of(data.get("base", ""), data.get("steps", ""))
        except ValueError:
            self.add_error("steps", _("The steps must rise, and only the last begins with *."))
        return data


def document_of(base: str, steps: str) -> dict[str, Any]:
    """The rule's document from what was typed. Raises ValueError for steps that make no rule."""
    found = []
    for line in filter(None, (line.replace("%", "").split() for line in steps.splitlines())):
        if len(line) != 2:
            raise ValueError("a rule's step has two numbers")
        found.append({"up_to": None if line[0] == WITHOUT_END else line[0].replace(",", "."), "share": line[1]})
    document = {"base": base.strip().upper(), "steps": found}
    Rule.read(document)
    return document


@transaction.atomic
def add_service(names: Mapping[str, str], *, unit: str, is_extra: bool, by: Post) -> CareService:
    """A new service; it has no price yet. Raises Refused when there is one of that name."""
    code = (slugify(name_key(names["lt"])) or "paslauga")[:40]
    if CareService.objects.filter(code=code).exists():
        raise Refused("service_is_there", field="name_lt")
    order = CareService.objects.count()
    service = CareService.objects.create(code=code, names=dict(names), unit=unit, is_extra=is_extra, order=order)
    audit.record("registry.service_added", service, by=by.user)
    return service


@transaction.atomic
def add_base(code: str, *, valid_from: dt.date, cents: int, by: Post) -> BaseSum:
    """A base amount from a day on. Raises Refused within closed months, and for a day that has one."""
    last = Month.objects.order_by("-first").values_list("first", flat=True).first()
    if last is not None and valid_from < next_month(last):
        raise Refused("tariff_in_a_closed_month", field="valid_from", month=f"{last:%Y-%m}")
    try:
        with transaction.atomic():
            base = BaseSum.objects.create(code=code.strip().upper(), valid_from=valid_from, cents=cents)
    except IntegrityError:
        raise Refused("tariff_begins_twice", field="valid_from") from None
    audit.record("registry.base_sum_set", base, by=by.user, cents=cents)
    return base


@transaction.atomic
def add_rule(names: Mapping[str, str], document: Mapping[str, Any], *, by: Post) -> PaymentRule:
    """A new rule; one that programmes use never changes. Raises Refused without its base amount, or twice."""
    if not BaseSum.objects.filter(code=document["base"]).exists():
        raise Refused("no_base_sum", field="base")
    code = (slugify(name_key(names["lt"])) or "taisykle")[:40]
    if PaymentRule.objects.filter(code=code).exists():
        raise Refused("service_is_there", field="name_lt")
    rule = PaymentRule.objects.create(code=code, names=dict(names), document=dict(document))
    audit.record("registry.rule_added", rule, by=by.user)
    return rule
