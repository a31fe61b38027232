"""The life of a version: tested before it is seen, seen by two, never changed afterwards."""

from __future__ import annotations

import pytest

from portal.core.models import AuditEntry
from portal.instruments import actions, carrying, selectors
from portal.instruments.comparing import differences
from portal.instruments.models import FrozenVersion, Instrument, Purpose, State, Version
from tests import people
from tests.factories import instruments as make

pytestmark = pytest.mark.django_db


def draft() -> Version:
    return actions.begin(Instrument.objects.create(code="care"), by=people.carol(), document=make.check())


def test_one_writes_and_another_publishes() -> None:
    carol, oleg = people.carol(), people.staff("Oleg", "editor")
    version = actions.send(draft(), bases={}, by=carol)
    with pytest.raises(actions.NotYours):
        actions.publish(version, bases={}, by=carol)
    version = actions.publish(version, bases={}, by=oleg)
    assert (version.state, version.published_by) == (State.PUBLISHED, oleg)
    deeds = AuditEntry.objects.filter(action__startswith="instrument.").order_by("pk")
    assert list(deeds.values_list("action", flat=True)) == [
        "instrument.begun",
        "instrument.sent",
        "instrument.published",
    ]


def test_one_failing_test_case_refuses_it_and_says_what_came_out() -> None:
    version, document = draft(), make.check()
    document["cases"][0]["expected"] = ["group-2"]
    actions.change(version, document, by=people.carol(), translated={})
    with pytest.raises(actions.Untested) as refusal:
        actions.send(version, bases={}, by=people.carol())
    ((case, codes),) = refusal.value.failed
    assert (case.name, codes) == ("all alone", ("group-0",))


def test_without_any_test_case_nothing_is_published() -> None:
    version = draft()
    actions.change(version, make.check() | {"cases": []}, by=people.carol(), translated={})
    with pytest.raises(actions.Untested):
        actions.send(version, bases={}, by=people.carol())


def test_what_was_published_never_changes() -> None:
    version = make.published()
    with pytest.raises(actions.NotNow):
        actions.change(version, {}, by=people.carol(), translated={})
    version.document = {}
    with pytest.raises(FrozenVersion):
        version.save()


def test_a_new_version_retires_the_one_before_and_who_began_with_it_goes_on() -> None:
    old = make.published()
    new = make.published()
    old.refresh_from_db()
    assert (old.state, new.number) == (State.RETIRED, 2)
    current = selectors.current(Purpose.CHECK, "care")
    assert current is not None
    assert current.id == new.pk
    begun = selectors.begun(old.pk, Purpose.CHECK, "care")
    assert begun is not None
    assert begun.number == 1


def test_nobody_begins_a_second_draft_beside_the_first() -> None:
    version = draft()
    with pytest.raises(actions.NotNow):
        actions.begin(version.instrument, by=people.carol())


def test_a_draft_is_never_handed_to_residents() -> None:
    version = draft()
    assert selectors.begun(version.pk, Purpose.CHECK, "care") is None
    assert selectors.current(Purpose.CHECK, "care") is None


def test_a_language_is_read_only_when_somebody_declared_it_and_falls_back_visibly() -> None:
    version = actions.change(draft(), make.check(), by=people.carol(), translated={"ru": True})
    sheet = selectors.any_version(version.pk)
    assert sheet is not None
    assert sheet.said(sheet.definition.title, "ru").text == "How much help? (ru)"
    assert sheet.said(sheet.definition.title, "uk").is_fallback


def test_a_changed_source_text_makes_the_translation_outdated() -> None:
    version = actions.change(draft(), make.check(), by=people.carol(), translated={"ru": True})
    document = make.check()
    document["title"]["lt"] = "Kitaip"
    actions.change(version, document, by=people.carol(), translated={})
    sheet = selectors.any_version(version.pk)
    assert sheet is not None
    assert sheet.outdated == {"ru"}


def test_answers_travel_signed_and_what_was_tampered_with_is_nothing() -> None:
    carried = carrying.Carried(7).with_answer("washing", ("help",)).with_answer("eating", ("alone",))
    token = carried.with_answer("eating", ()).token()
    assert carrying.read(token) == carrying.Carried(7, {"washing": ("help",)})
    for forged in ("", token[:-2] + "xx", "a" * 9000, "x:y:z"):
        assert carrying.read(forged) is None


def test_two_versions_are_compared_part_by_part() -> None:
    after = make.check()
    after["outcomes"].reverse()
    after["outcomes"][0]["title"]["en"] = "Very much help"
    (found,) = differences(make.check(), after)
    assert (found.place, found.before, found.after) == (
        "outcomes › group-2 › title › en",
        "Much help",
        "Very much help",
    )
