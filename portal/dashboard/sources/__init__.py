"""Where measurements come from: one function a metric, one query each. What no function counts is not measured."""

from portal.dashboard.sources.articles import articles_current_in_all_languages, articles_in_date
from portal.dashboard.sources.base import Counted, Snapshot, Source, Tally
from portal.dashboard.sources.cases import decided_within_days
from portal.dashboard.sources.consultations import (
    answered_within_seconds,
    first_contact_resolution,
    first_reply_within_seconds,
)
from portal.dashboard.sources.ratings import satisfied_share

# By the standard's `metric`. What happened over time can be counted for any period that is still on record…
SOURCES: dict[str, Source] = {
    "answered_within_seconds": answered_within_seconds,
    "decided_within_days": decided_within_days,
    "first_contact_resolution": first_contact_resolution,
    "first_reply_within_seconds": first_reply_within_seconds,
    "satisfied_share": satisfied_share,
}
# … how things stand can only be counted today, for the periods that are running.
SNAPSHOTS: dict[str, Snapshot] = {
    "articles_current_in_all_languages": articles_current_in_all_languages,
    "articles_in_date": articles_in_date,
}
# Single answers must not be read off from one day to the next: these wait until the period is over.
ONLY_WHOLE_PERIODS = frozenset({"satisfied_share"})

__all__ = ["ONLY_WHOLE_PERIODS", "SNAPSHOTS", "SOURCES", "Counted", "Tally"]
