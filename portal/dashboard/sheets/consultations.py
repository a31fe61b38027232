"""The sheet of the consultations: how soon we answer, who leaves before, whether it settled the question."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from chat.models import Channel
from portal.dashboard import counting
from portal.dashboard.scope import Dimension, Scope
from portal.dashboard.sheets.form import Sheet
from portal.dashboard.sheets.making import as_sheet, measured
from portal.dashboard.sheets.measures import CONTACTS, Measure, Unit
from portal.dashboard.tallying import CALLS, CHATS

DIMENSIONS = (Dimension.LANGUAGE, Dimension.CHANNEL, Dimension.TOPIC, Dimension.INSTITUTION)
_CALLS, _CHATS = frozenset({Channel.PHONE.value}), frozenset({Channel.CHAT.value})
_TALKED = _CALLS | _CHATS
MEASURES = (
    Measure(
        "contacts",
        CONTACTS,
        Unit.COUNT,
        _lazy("Consultations"),
        _lazy("Everybody who asked us by chat, phone, e-mail or at the counter."),
        "asked",
    ),
    Measure(
        "calls_in_time",
        CONTACTS,
        Unit.SHARE,
        _lazy("Calls answered in time"),
        _lazy("Calls taken within the promised seconds, out of all calls but those hung up within five seconds."),
        "calls",
        "calls_in_time",
        1,
        (CALLS,),
        channels=_CALLS,
    ),
    Measure(
        "chats_in_time",
        CONTACTS,
        Unit.SHARE,
        _lazy("First reply in the chat in time"),
        _lazy("Chats begun in opening hours in which a person wrote within the promised seconds."),
        "chats",
        "chats_in_time",
        1,
        (CHATS,),
        channels=_CHATS,
    ),
    Measure(
        "wait",
        CONTACTS,
        Unit.SECONDS,
        _lazy("Average wait"),
        _lazy("Of those who were answered, by chat and phone in opening hours."),
        "taken",
        "taken_seconds",
        -1,
        channels=_TALKED,
    ),
    Measure(
        "left",
        CONTACTS,
        Unit.SHARE,
        _lazy("Left before an answer"),
        _lazy("By chat and phone in opening hours; whoever left within five seconds is not counted."),
        "offered",
        "left",
        -1,
        channels=_TALKED,
    ),
    Measure(
        "resolved",
        CONTACTS,
        Unit.SHARE,
        _lazy("Settled at the first contact"),
        _lazy("Finished conversations that answered the question and were not opened again, by when they began."),
        "finished",
        "resolved",
        1,
        ("first_contact_resolution",),
        channels=_TALKED,
    ),
    Measure(
        "handling",
        CONTACTS,
        Unit.SECONDS,
        _lazy("Average length with its wrap-up"),
        _lazy("From taking it until it is wrapped up. It is shown for planning and never compares people."),
        "handled",
        "handled_seconds",
        channels=_TALKED,
    ),
    Measure(
        "linked",
        CONTACTS,
        Unit.SHARE,
        _lazy("With an article"),
        _lazy("Wrapped-up consultations that name the article which answered them."),
        "wrapped",
        "linked",
        1,
    ),
    Measure(
        "held",
        CONTACTS,
        Unit.SHARE,
        _lazy("Found in the knowledge base"),
        _lazy("Consultations in which the knowledge base was asked and held the answer, at least in part."),
        "looked",
        "held",
        1,
    ),
)


def make(scope: Scope, language: str, known: counting.Known, *, draw: str) -> Sheet:
    """The sheet of one scope."""
    found = measured(MEASURES, scope, language, known, draw=draw)
    definitions = [_("How busy consultants are is not measured yet: nobody records how long each of them was there.")]
    return as_sheet("consultations", _("Consultations"), scope, found, definitions=definitions)
