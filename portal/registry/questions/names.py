"""The values of a breakdown by name, in their order, for the reader of this page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from portal.core.languages import OWN_NAMES, Localised, current
from portal.core.models import User
from portal.core.templatetags.parama import in_figures
from portal.instruments import selectors as instruments
from portal.registry.models import Assessment, CareService, Outcome, Recipient
from portal.registry.questions.vocabulary import AGES

NOBODY_KNOWS = ""


@dataclass(frozen=True, slots=True)
class Names:
    """Names of one breakdown's values."""

    by: str
    said_of: Mapping[Any, Localised]
    places: Mapping[Any, int]

    @classmethod
    def of(cls, by: str, values: Collection[Any]) -> Names:
        """One query at most for all of them, two for care groups."""
        said, places = dict[Any, Localised](), dict[Any, int]()
        if by == "worker":
            users = User.objects.filter(pk__in=[one for one in values if one])
            rows = users.values_list("pk", "display_name", "username")

            said = {pk: Localised(name or username, "") for pk, name, username in rows}
        elif by == "person":
            people = Recipient.objects.filter(pk__in=values).values_list("pk", "name")
            said = {pk: Localised(name, "") for pk, name in people}
        elif by == "service":
            services = list(CareService.objects.order_by("order", "code"))
            said = {one.pk: one.said for one in services}
            places = {one.pk: place for place, one in enumerate(services)}
        elif by == "group":
            said = groups()
        elif by == "outcome":
            said = {one.value: Localised(str(one.label), current()) for one in Outcome}
            places = {one: place for place, one in enumerate(Outcome.values)}
        elif by == "language":
            said = {code: Localised(name, code) for code, name in OWN_NAMES.items()}
        elif by == "age":
            said = {f"{low}-{high}": Localised(_band(low, high), current()) for low, high in AGES}
            places = {f"{low}-{high}": place for place, (low, high) in enumerate(AGES)}
        return cls(by, said, places)

    def said(self, value: Any) -> Localised:
        if isinstance(value, dt.date):
            return Localised(_time(self.by, value), "")
        if value in (None, NOBODY_KNOWS):
            return Localised(_("not known"), current())
        return self.said_of.get(value) or Localised(str(value), "lt" if self.by == "department" else "")

    def order(self, value: Any) -> tuple[bool, int, str]:
        """Dates and places as they follow, everything else by name; what is not known stands last."""
        if isinstance(value, dt.date):
            return False, value.toordinal(), ""
        return value in (None, NOBODY_KNOWS), self.places.get(value, 0), self.said(value).text.lower()

    def value(self, value: Any) -> str:
        """As it stands in an address."""
        if isinstance(value, dt.date):
            return value.isoformat()
        return "-" if value in (None, NOBODY_KNOWS) else str(value)


def groups() -> dict[str, Localised]:
    """Care groups that people have, by the newest set of questions that gave each."""
    rows = Assessment.objects.filter(is_latest=True).order_by().values_list("group").annotate(newest=Max("version"))
    found, sheets = {}, dict[int, Any]()
    for group, version in rows:
        sheet = (
            sheets.setdefault(version, instruments.any_version(version)) if version not in sheets else sheets[version]
        )
        outcome = sheet.definition.outcome(group) if sheet else None
        found[group] = sheet.said(outcome.title, current()) if sheet and outcome else Localised(group, current())
    return found


def _band(low: int, high: int) -> str:
    if low == 0:
        return _("under %(age)s") % {"age": high + 1}
    return _("%(age)s and older") % {"age": low} if high > 100 else f"{low}–{high}"


def _time(by: str, day: dt.date) -> str:
    if by == "month":
        return f"{day:%Y-%m}"
    if by == "quarter":
        return _("quarter %(number)s of %(year)s") % {"number": (day.month - 1) // 3 + 1, "year": day.year}
    if by == "year":
        return str(day.year)
    if by == "week":
        return _("week from %(day)s") % {"day": in_figures(day)}
    return in_figures(day)
