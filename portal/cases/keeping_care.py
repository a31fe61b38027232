"""The help a case led to, read back from what was kept."""

from __future__ import annotations

import datetime as dt
from typing import Any

from portal.cases.registries.care import Act, Care, CareLine, Per, Programme, Visit, VisitState, Word
from portal.cases.registries.facts import PersonLink

Facts = dict[str, Any]


def care(facts: Facts) -> Care:
    """Raises KeyError, TypeError, ValueError for what is not it."""
    programme = facts["programme"]
    return Care(
        programme=_programme(programme) if programme else None,
        visits=tuple(_visit(one) for one in facts["visits"]),
        acts=tuple(Act(**_owned(one) | {"month": _day(one["month"])}) for one in facts["acts"]),
    )


def _programme(facts: Facts) -> Programme:
    return Programme(
        **_owned(facts)
        | {
            "since": _day(facts["since"]),
            "until": _day(facts["until"]),
            "lines": tuple(CareLine(**line | {"per": Per(line["per"])}) for line in facts["lines"]),
            "weekdays": tuple(facts["weekdays"]),
            "hour": _time(facts["hour"]),
        }
    )


def _visit(facts: Facts) -> Visit:
    word = facts["word"]
    return Visit(
        **_owned(facts)
        | {
            "day": _day(facts["day"]),
            "state": VisitState(facts["state"]),
            "at": _time(facts["at"]),
            "services": tuple(facts["services"]),
            "word": Word(**word | {"at": dt.datetime.fromisoformat(word["at"])}) if word else None,
        }
    )


def _owned(facts: Facts) -> Facts:
    return facts | {"person": PersonLink(facts["person"])}


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def _time(text: str | None) -> dt.time | None:
    return dt.time.fromisoformat(text) if text else None
