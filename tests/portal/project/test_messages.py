"""Strings of the code reach the catalogues, and a catalogue that has parted from the code is caught."""

from __future__ import annotations

import re
from pathlib import Path

import polib
import pytest

from portal.project.catalogues import ROOT
from portal.project.messages import KEYWORDS, NOT_OURS, PACKAGES, differences, extract, may_extract, refresh

pytestmark = pytest.mark.skipif(not may_extract(), reason="SKIPPED: gettext's xgettext is not installed")


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """Code with a string, a template with a string and a count."""
    folder = tmp_path / "chat" / "templates" / "chat"
    folder.mkdir(parents=True)
    (tmp_path / "chat" / "views.py").write_text('title = gettext_lazy("Your place")\n')
    (folder / "queue.html").write_text(
        "{% load i18n %}<p>{% translate 'Please wait' %}</p>"
        "{% blocktranslate count n=ahead trimmed %}{{ n }} person{% plural %}{{ n }} people{% endblocktranslate %}"
    )
    return tmp_path


def test_code_and_templates_are_both_read(house: Path) -> None:
    found = {entry.msgid: entry for entry in extract(house)}

    assert set(found) == {"Your place", "Please wait", "%(n)s person"}
    assert found["Please wait"].occurrences == [("chat/templates/chat/queue.html", "")]


def test_what_was_translated_stays_and_what_nobody_says_any_more_goes(house: Path) -> None:
    path = refresh("lt", extract(house), root=house)
    file = polib.pofile(str(path))
    file.find("Your place").msgstr = "Jūsų vieta"
    file.find("Please wait").msgstr = "Palaukite"
    file.save()
    (house / "chat" / "templates" / "chat" / "queue.html").write_text("")

    after = polib.pofile(str(refresh("lt", extract(house), root=house)))

    assert [(entry.msgid, entry.msgstr) for entry in after] == [("Your place", "Jūsų vieta")]


def test_a_count_gets_as_many_forms_as_its_language_has(house: Path) -> None:
    file = polib.pofile(str(refresh("uk", extract(house), root=house)))

    assert len(file.find("%(n)s person").msgstr_plural) == 3


def test_gathering_twice_changes_nothing(house: Path) -> None:
    first = refresh("ru", extract(house), root=house).read_bytes()

    assert refresh("ru", extract(house), root=house).read_bytes() == first


def test_words_for_a_screen_of_wagtail_are_not_ours_to_remove(house: Path) -> None:
    path = refresh("lt", extract(house), root=house)
    file = polib.pofile(str(path))
    file.append(polib.POEntry(msgid="Unpublish", msgstr="Nebeskelbti", tcomment=f"{NOT_OURS} Wagtail"))
    file.save()

    after = polib.pofile(str(refresh("lt", extract(house), root=house)))

    assert after.find("Unpublish").msgstr == "Nebeskelbti"
    assert differences(path, extract(house)) == []


def test_a_string_that_the_catalogue_lacks_is_named(house: Path) -> None:
    path = refresh("lt", extract(house), root=house)
    (house / "chat" / "views.py").write_text('title = gettext_lazy("Your turn")\n')

    assert differences(path, extract(house)) == [
        "lt: not in the catalogue: 'Your turn'",
        "lt: no longer in the code: 'Your place'",
    ]


def test_no_string_is_said_under_a_name_that_is_not_read() -> None:
    known = {"_", *(word.partition(":")[0] for word in KEYWORDS)}
    code = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py")]
    names = {name for path in code for name in re.findall(r"gettext(?:_lazy|_noop)? as (\w+)", path.read_text())}

    assert "_lazy" in names
    assert names <= known
