"""Where a base amount, a phone, a fact, a standard or a legal act is shown: to look at before one changes it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from charter.models import BaseAmount, Institution, ServiceStandard
from kb import uses
from kb.cms.doors import screen, writers_only
from kb.models import Fact, LegalAct
from portal.core.languages import DEFAULT, pick_field

Choice = tuple[str, str]
LOOK: dict[str, Callable[[str], list[uses.Use]]] = {
    "base": uses.of_base,
    "phone": uses.of_phone,
    "fact": uses.of_fact,
    "standard": uses.of_standard,
    "act": lambda code: [use for act in LegalAct.objects.filter(code=code) for use in uses.of_act(act)],
}


@writers_only
@require_GET
def where(request: HttpRequest) -> HttpResponse:
    """A list of everything that can be shown by reference, and the texts that show the chosen one."""
    what = request.GET.get("what", "")
    kind, _sign, code = what.partition(":")
    look = LOOK.get(kind)
    context = {"what": what, "groups": _groups(), "is_asked": look is not None}
    context |= {"uses": look(code[:60]) if look else []}
    return screen(request, "using.html", _("Where it is used"), context, icon="list-ul")


def _groups() -> list[tuple[str, list[Choice]]]:
    bases = BaseAmount.objects.order_by("code").values_list("code", flat=True).distinct()
    offices = Institution.objects.exclude(phone="").order_by("order")
    standards = ServiceStandard.objects.order_by("code")
    return [
        (_("Base amounts"), [(f"base:{code}", code) for code in bases]),
        (
            _("Phones and contact cards"),
            [(f"phone:{one.code}", f"{pick_field(one, 'name', DEFAULT)} {one.phone}") for one in offices],
        ),
        (_("Facts"), [(f"fact:{one.code}", str(one)) for one in Fact.objects.order_by("code")]),
        (
            _("Standards"),
            [(f"standard:{one.code}", f"{one.code} {pick_field(one, 'name', DEFAULT)}") for one in standards],
        ),
        (_("Legal acts"), [(f"act:{one.code}", str(one)) for one in LegalAct.objects.order_by("code")]),
    ]
