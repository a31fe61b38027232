"""The screen of the catalogue: services with their prices, base amounts, payment rules."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from portal.registry.access import May
from portal.registry.forms import Day, Euros, RegistryForm
from portal.registry.models import BaseSum, CareService, PaymentRule, Post
from portal.registry.months import catalogue
from portal.registry.months.prices import set_tariff
from portal.registry.posts import posts_that
from portal.registry.refusals import Refused
from portal.registry.screens import screen

PLACE = "registry:tariffs"
Deed = Callable[[Any, Post], Any]


class TariffForm(RegistryForm):
    """A price from a day on."""

    service = forms.ChoiceField(label=gettext_lazy("Service"))
    valid_from = Day(label=gettext_lazy("From"))
    cents = Euros(label=gettext_lazy("Price, €"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["service"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (declared above)
        field.choices = [(str(one.pk), one.said.text) for one in CareService.objects.filter(is_live=True)]


def _tariff(form: TariffForm, post: Post) -> None:
    data = form.cleaned_data
    service = get_object_or_404(CareService, pk=int(data["service"]))
    set_tariff(service, valid_from=data["valid_from"], cents=data["cents"], by=post)


def _service(form: catalogue.ServiceForm, post: Post) -> None:
    data = form.cleaned_data
    catalogue.add_service(form.names(), unit=data["unit"], is_extra=data["is_extra"], by=post)


def _rule(form: catalogue.RuleForm, post: Post) -> None:
    catalogue.add_rule(form.names(), form.cleaned_data["document"], by=post)


DEEDS: dict[str, tuple[type[RegistryForm], Any, Deed]] = {
    "tariff": (TariffForm, gettext_lazy("A new price"), _tariff),
    "service": (catalogue.ServiceForm, gettext_lazy("A new service"), _service),
    "base": (
        catalogue.BaseForm,
        gettext_lazy("A new base amount"),
        lambda form, post: catalogue.add_base(**form.cleaned_data, by=post),
    ),
    "rule": (catalogue.RuleForm, gettext_lazy("A new payment rule"), _rule),
}


@posts_that(May.PRICE)
@require_http_methods(["GET", "POST"])
def tariffs(request: HttpRequest, post: Post) -> HttpResponse:
    """The catalogue, and what may be added to it: the form that was sent is named by `what`."""
    what = request.POST.get("what", "")
    shown = {name: kind(request.POST if name == what else None, prefix=name) for name, (kind, _l, _d) in DEEDS.items()}
    tried = shown.get(what)
    if tried is not None and tried.is_valid():
        try:
            DEEDS[what][2](tried, post)
            messages.success(request, _("It is written down."))
            return redirect(PLACE)
        except Refused as refused:
            tried.refuse(refused)
    context = {
        "forms": [(name, DEEDS[name][1], form) for name, form in shown.items()],
        "form": tried,
        "services": CareService.objects.prefetch_related("tariffs"),
        "bases": BaseSum.objects.all(),
        "rules": PaymentRule.objects.all(),
    }
    return screen(request, post, "registry/tariffs.html", context, place=PLACE)
