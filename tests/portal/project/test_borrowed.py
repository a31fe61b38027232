"""Where Wagtail or Django has no words for a screen of ours, our supplementary catalogues have them."""

from __future__ import annotations

import json
from pathlib import Path

import polib
import pytest
from django.test import Client
from django.utils.translation import gettext, override
from wagtail.users.models import UserProfile

from portal.project import borrowed
from portal.project.catalogues import PLURALS, catalogue_of, compile_catalogues, faults
from tests.people import carol

# How many strings of the packages a member of staff still gets in English. It may only become less; whoever
# translates some writes the new number here.
STILL_ENGLISH = {"lt": 0, "ru": 0, "uk": 0}


@pytest.mark.parametrize("language", PLURALS)
def test_the_editors_room_speaks_the_language_of_its_staff(language: str) -> None:
    assert len(borrowed.missing(language)) == STILL_ENGLISH[language]


@pytest.mark.parametrize("language", PLURALS)
@pytest.mark.parametrize("domain", borrowed.DOMAINS)
def test_the_catalogue_holds_what_the_packages_of_today_lack_and_nothing_else(
    language: str, domain: str, tmp_path: Path
) -> None:
    held = borrowed.path_of(language, domain)
    again = borrowed.path_of(language, domain, tmp_path)
    ours = catalogue_of(language, tmp_path)
    for path, source in ((again, held), (ours, catalogue_of(language))):
        path.parent.mkdir(parents=True)
        path.write_bytes(source.read_bytes())

    borrowed.refresh(language, domain, root=tmp_path)

    assert again.read_bytes() == held.read_bytes(), "type: python -m portal.project.borrowed"


def test_no_word_of_ours_breaks_a_screen_of_wagtail() -> None:
    paths = [borrowed.path_of(language, domain) for language in PLURALS for domain in borrowed.DOMAINS]

    assert [fault for path in paths for fault in faults(path)] == []


def test_what_a_translator_wrote_stays_when_the_packages_change(tmp_path: Path) -> None:
    path = borrowed.refresh("lt", "django", root=tmp_path)
    file = polib.pofile(str(path))
    first = next(entry for entry in file if not entry.msgid_plural)
    first.msgstr = "Žodis"
    file.save()

    after = polib.pofile(str(borrowed.refresh("lt", "django", root=tmp_path)))

    assert after.find(first.msgid, msgctxt=first.msgctxt or False).msgstr == "Žodis"
    assert ("wagtail", first.msgid) not in borrowed.missing("lt", root=tmp_path)


def test_what_wagtail_says_itself_is_left_to_it(tmp_path: Path) -> None:
    file = polib.pofile(str(borrowed.refresh("lt", "django", root=tmp_path)))

    assert file.find("Dashboard") is None
    with override("lt"):
        assert gettext("Dashboard") != "Dashboard"


def test_scripts_count_by_one_rule(tmp_path: Path) -> None:
    """Wagtail's Ukrainian counts pixels in four forms, our catalogue in three: its words move to ours."""
    pixels = polib.pofile(str(borrowed.refresh("ru", "djangojs", root=tmp_path))).find("%(num)s pixel")

    assert len(set(pixels.msgstr_plural.values())) == 3
    assert all("%(num)s" in form for form in pixels.msgstr_plural.values())


@pytest.mark.django_db
def test_scripts_of_the_editors_room_count_by_our_rule(client: Client) -> None:
    compile_catalogues()
    editor = carol()
    UserProfile.objects.filter(user=editor).update(preferred_language="ru")
    client.force_login(editor)

    words = client.get("/cms/jsi18n/").content.decode()

    assert "n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2" in words
    pixels = json.loads(words.split('"%(num)s pixel": ')[1].split("]")[0] + "]")
    assert pixels == ["%(num)s пиксель", "%(num)s пикселя", "%(num)s пикселей"]
