"""The pack’s needs check and situations: sound, in four languages, left alone once people have worked on them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from portal.core.languages import LANGUAGES
from portal.demo import instruments
from portal.demo import pack as packs
from portal.demo.exporting import entries
from portal.demo.exporting.texts import write
from portal.demo.reading import Pack
from portal.instruments import actions, selectors
from portal.instruments.models import Instrument, Purpose, State, Version
from tests import people

PACK = Pack(Path(packs.__file__).parent / "klaipeda")


@pytest.fixture(scope="module")
def records() -> list[Any]:
    return packs.read(PACK)


def test_every_text_is_written_in_four_languages() -> None:
    assert not [
        (sheet.code, texts)
        for sheet in instruments.sheets(PACK, {})
        for texts in selectors.texts_of(sheet.document)
        if texts and {code for code in LANGUAGES if texts.get(code)} != set(LANGUAGES)
    ]


def test_the_needs_check_says_that_it_is_invented() -> None:
    checks = [sheet for sheet in instruments.sheets(PACK, {}) if sheet.entry.data["purpose"] == Purpose.CHECK]
    assert checks
    assert all(sheet.document["is_invented"] for sheet in checks)


@pytest.mark.django_db
def test_loading_again_changes_nothing_and_what_people_work_on_stays(records: list[Any]) -> None:
    instruments.load_instruments(records, PACK)
    first = Version.objects.count()
    assert Instrument.objects.filter(versions__state=State.PUBLISHED).count() == first >= 10
    instruments.load_instruments(records, PACK)
    assert Version.objects.count() == first
    instrument = Instrument.objects.get(code="neteko-pajamu")
    draft = actions.begin(instrument, by=people.carol())
    instrument.versions.filter(state=State.PUBLISHED).update(document={})
    instruments.load_instruments(records, PACK)
    assert instrument.versions.count() == 2
    draft.refresh_from_db()
    assert draft.state == State.DRAFT


def test_a_mistake_is_named_with_its_place(records: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    sheets = list(instruments.sheets(PACK, {}))
    sheets[0].document["cases"][0]["expected"] = ["group-3"]
    sheets[1].document["outcomes"][0]["services"] = ["nonsense"]
    monkeypatch.setattr(instruments, "sheets", lambda *_: iter(sheets))
    found = instruments.mistakes(records, PACK)
    assert len(found) == 2
    assert "gives group-0" in found[0]
    assert "“nonsense”" in found[1]


def test_a_text_that_a_comma_cut_in_two_is_refused(records: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    sheets = list(instruments.sheets(PACK, {}))
    sheets[0].document["title"] |= {"or when will it?": None}
    monkeypatch.setattr(instruments, "sheets", lambda *_: iter(sheets))

    assert "title: should say one text for each of" in instruments.mistakes(records, PACK)[0]


@pytest.mark.django_db
def test_what_is_taken_out_can_be_brought_in_again(records: list[Any], tmp_path: Path) -> None:
    instruments.load_instruments(records, PACK)
    written = entries.instrument_file()
    assert written is not None
    write(tmp_path / "instruments.yaml", written)
    again = {sheet.code: sheet.document for sheet in instruments.sheets(Pack(tmp_path), {})}
    kept = Version.objects.filter(state=State.PUBLISHED).values_list("instrument__code", "document")
    assert again == dict(kept)
