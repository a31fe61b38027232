"""Where measurements come from: one function a metric, one query each. What no function counts is not measured."""

from portal.dashboard.sources import appeals
from portal.dashboard.sources.articles import articles_current_in_all_languages, articles_in_date
from portal.dashboard.sources.base import Counted, Record, RecordSource, Snapshot, Source, Tally, tally_by_hand
from portal.dashboard.sources.callbacks import callback_records
from portal.dashboard.sources.cases import decided_records
from portal.dashboard.sources.consultations import answered, first_replied, records_of, resolved, tally_of
from portal.dashboard.sources.duties import DUTIES
from portal.dashboard.sources.ratings import satisfied_share
from portal.dashboard.sources.surveys import OF_AREA, OF_STANDARD, answered_well

# By the standard's `metric`. What happened over time can be counted for any period that is still on record…
SOURCES: dict[str, Source] = {
    "answered_within_seconds": tally_of(answered),
    "callbacks_on_time": tally_by_hand(callback_records),
    "decided_within_days": tally_by_hand(decided_records),
    "first_contact_resolution": tally_of(resolved),
    "first_reply_within_seconds": tally_of(first_replied),
    "satisfied_share": satisfied_share,
    OF_STANDARD: answered_well,
    OF_AREA: answered_well,
    **{metric: tally_by_hand(records) for metric, records in appeals.BY_METRIC.items()},
    **DUTIES,
}
# The records behind a figure, for those who may see them. Single ratings are nobody's to read: they are not here.
RECORDS: dict[str, RecordSource] = {
    "answered_within_seconds": records_of(answered),
    "callbacks_on_time": callback_records,
    "decided_within_days": decided_records,
    "first_contact_resolution": records_of(resolved),
    "first_reply_within_seconds": records_of(first_replied),
    **appeals.BY_METRIC,
}
# … how things stand can only be counted today, for the periods that are running.
SNAPSHOTS: dict[str, Snapshot] = {
    "articles_current_in_all_languages": articles_current_in_all_languages,
    "articles_in_date": articles_in_date,
}
# Single answers must not be read off from one day to the next: these wait until the period is over.
ONLY_WHOLE_PERIODS = frozenset({"satisfied_share", OF_STANDARD, OF_AREA})

__all__ = ["ONLY_WHOLE_PERIODS", "RECORDS", "SNAPSHOTS", "SOURCES", "Counted", "Record", "Tally"]
