"""What is known of the people behind figures: part of town, language, age, care group."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from portal.registry.models import Assessment, Recipient
from portal.registry.questions.vocabulary import AGES

FEW = 500  # so many are looked up one by one; of more, everybody is read


@dataclass(frozen=True, slots=True)
class Known:
    """One person. `group`: by their newest assessment, "" without one."""

    district: str = ""
    language: str = ""
    birth: dt.date | None = None
    group: str = ""

    def age_on(self, day: dt.date) -> int | None:
        """Whole years on a day; None when the birth is not known."""
        if self.birth is None:
            return None
        return day.year - self.birth.year - ((day.month, day.day) < (self.birth.month, self.birth.day))

    def band_on(self, day: dt.date) -> str:
        """`65-74`, or "" when the age is not known."""
        age = self.age_on(day)
        return next((f"{low}-{high}" for low, high in AGES if age is not None and low <= age <= high), "")

    def said(self, name: str, day: dt.date) -> str:
        return self.band_on(day) if name == "age" else str(getattr(self, name))


NOBODY = Known()


def known(pks: Collection[int]) -> dict[int, Known]:
    """These people. Two queries, whoever they are."""
    people, groups = Recipient.objects.all(), Assessment.objects.filter(is_latest=True)
    if len(pks) <= FEW:
        people, groups = people.filter(pk__in=pks), groups.filter(recipient__in=pks)
    group = dict(groups.values_list("recipient_id", "group"))
    rows = people.values_list("pk", "district", "language", "birth_date")
    return {pk: Known(district, language, birth, group.get(pk, "")) for pk, district, language, birth in rows}
