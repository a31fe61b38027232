"""What a manager looks at: a period, whose figures, and one breakdown – never two at once.

Free combinations would let small groups be worked out by subtraction, so there are none: one institution chosen out of
several *is* the breakdown, and then the others cannot be.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, TextChoices
from django.utils.translation import gettext_lazy as _

from charter.memberships import Reach
from charter.models import Institution, PeriodKind
from charter.periods import Period
from portal.core import clock
from portal.core.languages import LANGUAGES, Localised, column, columns, pick
from portal.dashboard import periods


class Dimension(TextChoices):
    """By what figures can be broken down."""

    SERVICE = "service", _("Service")
    INSTITUTION = "institution", _("Institution")
    CHANNEL = "channel", _("Channel")
    LANGUAGE = "language", _("Language")
    TOPIC = "topic", _("Topic")
    KIND = "kind", _("Kind")
    AREA = "area", _("Area")
    ENTRY = "entry", _("Who entered it")
    ORIGIN = "origin", _("What set it off")


OVERVIEW = (Dimension.SERVICE, Dimension.INSTITUTION, Dimension.CHANNEL, Dimension.LANGUAGE)


@dataclass(frozen=True, slots=True)
class Office:
    """An institution a manager may look at."""

    pk: int
    code: str
    name: Localised


@dataclass(frozen=True, slots=True)
class Scope:
    """`reach`: what lies in sight at all. `chosen`: one institution of several, or None for all of them."""

    period: Period
    reach: Reach
    offices: tuple[Office, ...]
    chosen: Office | None
    dimension: Dimension

    @property
    def is_open(self) -> bool:
        """The period is still running: its figures grow every day."""
        return not self.period.is_over(clock.today())

    @property
    def is_whole_city(self) -> bool:
        return self.reach.whole_city and self.chosen is None

    @property
    def only(self) -> Office | None:
        """The one institution the figures are of: the chosen one, or the only one in reach."""
        return self.chosen or (self.offices[0] if len(self.offices) == 1 and not self.reach.whole_city else None)

    def within(self, field: str = "institution") -> Q:
        """The condition for rows in sight, before one institution is chosen."""
        return Q() if self.reach.whole_city else Q(**{f"{field}__in": self.reach.institutions})

    def of_chosen(self, field: str = "institution") -> Q:
        """The condition for rows of the institution chosen, or of all in sight."""
        return Q(**{field: self.chosen.pk}) if self.chosen else self.within(field)

    @property
    def query(self) -> dict[str, str]:
        """The same view as parameters of an address."""
        chosen = {"institution": self.chosen.code} if self.chosen else {}
        return {"period": self.period.code, **chosen, "by": self.dimension.value}


def read(
    parameters: Mapping[str, str],
    *,
    reach: Reach,
    language: str,
    offered: Sequence[Dimension] = OVERVIEW,
    usual: str = PeriodKind.MONTH,
) -> Scope:
    """The scope an address asks for, as far as `reach` allows; what isn't known falls back to the widest.

    `offered`: by what this page breaks down, the usual one first; `usual`: months or quarters where none is named.
    """
    offices = _offices(reach, language)
    asked = parameters.get("institution", "")
    chosen = next((office for office in offices if office.code == asked), None) if len(offices) > 1 else None
    by = parameters.get("by", "")
    dimension = Dimension(by) if by in offered else offered[0]
    return Scope(
        period=periods.read(parameters.get("period", ""), usual),
        reach=reach,
        offices=offices,
        chosen=chosen,
        dimension=Dimension.INSTITUTION if chosen else dimension,
    )


def _offices(reach: Reach, language: str) -> tuple[Office, ...]:
    rows = Institution.objects.filter(live=True).order_by("order", "code")
    if not reach.whole_city:
        rows = rows.filter(pk__in=reach.institutions)
    return tuple(
        Office(row["pk"], row["code"], pick({code: row[column("name", code)] for code in LANGUAGES}, language))
        for row in rows.values("pk", "code", *columns(("name",)))
    )
