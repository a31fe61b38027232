"""The six pages beside the overview. Each is one sheet; page, file, paper and letter are all made from it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext_lazy as _

from charter.memberships import Reach
from charter.models import PeriodKind
from portal.dashboard import counting
from portal.dashboard import scope as scopes
from portal.dashboard.scope import Dimension, Scope
from portal.dashboard.sheets import appeals, charter, consultations, improvements, knowledge, satisfaction
from portal.dashboard.sheets.form import Sheet


@dataclass(frozen=True, slots=True)
class Kind:
    """One of the sheets: its name, by what it breaks down, the usual one first, and the kind of its usual period."""

    code: str
    name: str | Lazy
    dimensions: tuple[Dimension, ...]
    make: Callable[..., Sheet]
    usual: str = PeriodKind.MONTH


KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in (
        Kind("charter", _("Promises"), charter.DIMENSIONS, charter.make, PeriodKind.QUARTER),
        Kind("satisfaction", _("Satisfaction"), satisfaction.DIMENSIONS, satisfaction.make),
        Kind("consultations", _("Consultations"), consultations.DIMENSIONS, consultations.make),
        Kind("knowledge", _("Knowledge base"), knowledge.DIMENSIONS, knowledge.make),
        Kind("appeals", _("Appeals"), appeals.DIMENSIONS, appeals.make, PeriodKind.QUARTER),
        Kind("improvements", _("Improvements"), improvements.DIMENSIONS, improvements.make, PeriodKind.QUARTER),
    )
}


def scope_of(code: str, parameters: Mapping[str, str], *, reach: Reach, language: str) -> Scope:
    """The scope an address of this sheet asks for."""
    kind = KINDS[code]
    return scopes.read(parameters, reach=reach, language=language, offered=kind.dimensions, usual=kind.usual)


def sheet(code: str, scope: Scope, language: str, *, draw: str = "") -> Sheet:
    """The sheet `code` of one scope; `draw` names the figure whose course is drawn."""
    return KINDS[code].make(scope, language, counting.known(), draw=draw)
