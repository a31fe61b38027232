"""The words of a week plan as sentences for the reader of the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.core.languages import OWN_NAMES, current, pick
from portal.registry.models import CareService
from portal.registry.plans.conflicts import Conflict
from portal.registry.programmes.forms import WEEKDAYS

REASONS: dict[str, Any] = {
    "known_worker": _("The person knows %(name)s already."),
    "speaks": _("%(name)s speaks the person’s language: %(language)s."),
    "no_language": _("%(name)s does not speak the person’s language, %(language)s: nobody with room does."),
    "same_part": _("%(name)s works in the same part of town: %(district)s."),
    "other_part": _("%(name)s works in other parts of town than %(district)s."),
    "has_room": _("%(name)s has %(hours)s hours a week free."),
    "no_room": _("%(name)s has only %(hours)s hours a week free, and nobody who fits has more."),
    "hour_as_wished": _("The hour of the programme is free on all these days."),
    "hour_the_same": _("It is the first hour that is free on all these days."),
    "hour_by_day": _("No one hour is free on all these days: each day has the first that is."),
    "hour_not_free": _("There is no free hour on some of these days. Change the hour or the worker."),
    "days_as_wished": _("The days are those of the programme."),
    "days_spread": _("The visits are spread evenly over the week."),
    "month_by_weeks": _("What is done by the month has its share of the week."),
    "nobody_to_ask": _("The department has no social worker yet."),
    "by_hand": _("Changed by hand by %(name)s."),
}
CONFLICTS: dict[str, Any] = {
    "no_visits": _("The week has no visit."),
    "nobody": _("Nobody is to come. Choose a social worker."),
    "two_places": _("%(day)s: %(name)s is with somebody else from %(at)s to %(until)s."),
    "outside_hours": _("%(day)s: this is outside the working hours of %(name)s."),
    "over_capacity": _("%(name)s has %(free)s hours a week free, and the plan needs %(needed)s."),
    "outside_package": _("The plan has %(needed)s hours a week, and the person’s group has %(package)s."),
    "too_little": _("“%(service)s” has %(given)s hours a week, and the programme says %(needed)s."),
    "not_in_programme": _("“%(service)s” is not in the programme."),
}


def reasons(found: Iterable[tuple[str, Mapping[str, Any]]]) -> list[str]:
    """Why it was proposed like that."""
    return [str(REASONS[word]) % _facts(facts, {}) for word, facts in found]


def conflicts(found: Iterable[Conflict]) -> list[tuple[str, bool]]:
    """(what does not go together, whether it is forbidden)."""
    names = dict(CareService.objects.values_list("code", "names"))
    return [(str(CONFLICTS[one.word]) % _facts(one.facts, names), one.is_forbidden) for one in found]


def _facts(facts: Mapping[str, Any], names: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    said = dict(facts)
    if "code" in said:
        said["language"] = OWN_NAMES.get(said["code"], said["code"])
    if "weekday" in said:
        said["day"] = str(WEEKDAYS[said["weekday"]][1])
    if "service" in said:
        said["service"] = pick(names.get(said["service"], {}), current()).text or said["service"]
    return said
