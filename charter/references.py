"""What texts name of the charter's tables: services and institutions as links, phones, and sums by their base."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from charter.models import BaseAmount, Institution, Service
from portal.core import clock
from portal.core.addresses import SLUG_COLUMNS, address
from portal.core.compiled import compiled
from portal.core.references import Filled, register_link_scheme, register_placeholder
from portal.core.sums import in_euros
from portal.core.templatetags.parama import phone, tel
from portal.core.translations import rows as plain

_SUM = re.compile(r"(?P<times>\d+(?:[.,]\d+)?) (?P<base>[A-Z]{2,8})(?: (?P<year>\d{4}))?")
_PHONE = re.compile(r"phone:(?P<code>[\w-]+)")

_SERVICES = compiled(lambda codes: plain(Service).filter(code__in=codes, live=True).values("code", *SLUG_COLUMNS))
_INSTITUTIONS = compiled(
    lambda codes: plain(Institution).filter(code__in=codes, live=True).values("code", *SLUG_COLUMNS)
)
_PHONES = compiled(lambda codes: plain(Institution).filter(code__in=codes).exclude(phone="").values("code", "phone"))
_AMOUNTS = compiled(lambda codes: plain(BaseAmount).filter(code__in=codes).values("code", "year", "amount"))

_BEGUN = compiled(
    lambda year: plain(BaseAmount).filter(year__lte=year).order_by("year").values("code", "year", "amount")
)


def links_to_services(codes: frozenset[str], language: str) -> Mapping[str, str]:
    """Addresses of the services among `codes` that are public."""
    return {row["code"]: address("pages:service", row, language) for row in _SERVICES(codes)}


def links_to_institutions(codes: frozenset[str], language: str) -> Mapping[str, str]:
    """Addresses of the institutions among `codes` that are public."""
    return {row["code"]: address("pages:institution", row, language) for row in _INSTITUTIONS(codes)}


def phones(insides: frozenset[str], language: str) -> Mapping[str, Filled]:
    """`phone:kspc` → the number of that institution, to be rung."""
    codes = {inside.removeprefix("phone:") for inside in insides}
    rows = _PHONES(codes)
    return {f"phone:{row['code']}": Filled(phone(row["phone"]), tel(row["phone"])) for row in rows}


def sums(insides: frozenset[str], language: str) -> Mapping[str, Filled]:
    """`2.5 VRP` → 582,50 €: coefficient × base, of the year named or else of this one."""
    asked = {inside: match for inside in insides if (match := _SUM.fullmatch(inside))}
    bases = {match["base"] for match in asked.values()}
    known = {(row["code"], row["year"]): row["amount"] for row in _AMOUNTS(bases)}
    found = {}
    for inside, match in asked.items():
        year = int(match["year"]) if match["year"] else _latest(known, match["base"])
        amount = known.get((match["base"], year))
        if amount is not None:
            times = Decimal(match["times"].replace(",", "."))
            found[inside] = Filled(in_euros(times * amount, language), year=year)
    return found


def bases_today() -> dict[str, tuple[Decimal, int]]:
    """Every base amount that holds today, with its year. One query."""
    found: dict[str, tuple[Decimal, int]] = {}
    for row in _BEGUN(clock.today().year):
        found[row["code"]] = (row["amount"], row["year"])
    return found


def _latest(known: Mapping[tuple[str, int], Decimal], base: str) -> int:
    """The newest year of a base that has begun: next year's amount waits for January."""
    return max((year for code, year in known if code == base and year <= clock.today().year), default=0)


register_link_scheme("service", links_to_services)
register_link_scheme("institution", links_to_institutions)
register_placeholder(_PHONE.pattern, phones)
register_placeholder(_SUM.pattern, sums)
