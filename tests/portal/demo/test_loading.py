"""The demonstration city comes into an empty database, once, and never beside real records."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command
from wagtail.models import ModelLogEntry, Revision

from charter.models import (
    CharterLine,
    Commitment,
    Institution,
    Municipality,
    Service,
    ServiceDifference,
    ServiceStandard,
    WorkingHours,
)
from chat.models import QuickReply
from kb.models import Article, CrisisWord, Synonym, Topic
from portal.core.models import TranslationState
from portal.demo.pack import PACKS
from tests import people
from tests.portal.dashboard import records

Change = Callable[[str, Callable[[Any], None]], None]
pytestmark = pytest.mark.django_db


def load(pack: Path | str = "klaipeda", **options: Any) -> None:
    call_command("load_content_pack", str(pack), verbosity=0, **{"without_history": True, **options})


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A copy of Klaipėda that a test may spoil."""
    return Path(shutil.copytree(PACKS / "klaipeda", tmp_path / "pack"))


@pytest.fixture
def change(pack: Path) -> Change:
    def apply(name: str, edit: Callable[[Any], None]) -> None:
        path = pack / name
        data = yaml.safe_load(path.read_text("utf-8"))
        edit(data)
        path.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")

    return apply


def test_klaipeda_stands_there_with_all_its_parts() -> None:
    load()
    assert Municipality.objects.get().is_demonstration
    assert Institution.objects.count() == 7
    assert Service.objects.filter(live=True).count() == len(list(PACKS.glob("klaipeda/services/*.yaml")))
    assert QuickReply.objects.exclude(text_uk="").count() == 14
    assert Commitment.objects.count() == ServiceStandard.objects.filter(live=True).count() == 18
    assert Topic.objects.count() == 9
    assert Article.objects.filter(live=True).exists()
    assert {line.kind for line in CharterLine.objects.all()} == {"principle", "value", "area", "duty", "redress"}
    assert WorkingHours.objects.filter(is_demo=True).count() == 10
    assert {word.language for word in CrisisWord.objects.all()} == {"lt", "ru", "en", "uk"}
    assert Synonym.objects.exists()
    assert QuickReply.objects.filter(topic__code="pinigai").exists()


def test_everything_is_published_with_a_history_and_translations_are_declared() -> None:
    load()
    service = Service.objects.get(code="pasalpa")
    assert service.live_revision is not None
    assert not service.has_unpublished_changes
    assert service.translation_state("uk") == TranslationState.CURRENT
    assert {each.code for each in service.commitments.all()} == {"C04", "C08", "C13"}
    assert (
        service.get_latest_revision_as_object().differences.count()
        == ServiceDifference.objects.filter(service=service).count()
    )


def test_a_text_left_in_lithuanian_on_purpose_is_missing_elsewhere() -> None:
    load()
    article = Article.objects.get(code="A-002")
    assert article.translation_state("ru") == TranslationState.MISSING
    assert article.slug_ru is None


def test_loading_again_changes_nothing() -> None:
    load()
    revisions, entries = Revision.objects.count(), ModelLogEntry.objects.count()
    load()
    assert Revision.objects.count() == revisions
    assert ModelLogEntry.objects.count() == entries
    assert CrisisWord.objects.count() == CrisisWord.objects.values("language", "text").distinct().count()


def test_a_changed_file_is_taken_over(pack: Path, change: Change) -> None:
    load(pack)
    change("services/pasalpa.yaml", lambda data: data["summary"].update(en="Money to live on."))
    load(pack)
    service = Service.objects.get(code="pasalpa")
    assert service.summary_en == "Money to live on."
    assert service.revisions.count() == 2


def test_what_an_editor_has_changed_is_left_alone(pack: Path, change: Change) -> None:
    load(pack)
    service = Service.objects.get(code="pasalpa")
    service.summary_lt = "Carol rašo."
    service.save_revision(user=people.carol(), log_action=True).publish(user=people.carol())
    change("services/pasalpa.yaml", lambda data: data["summary"].update(lt="Rinkinys rašo."))
    load(pack)
    service.refresh_from_db()
    assert service.summary_lt == "Carol rašo."


def test_a_real_municipality_keeps_the_demonstration_out() -> None:
    Municipality.objects.create(name_lt="Tikra", short_name_lt="Tikra")
    with pytest.raises(CommandError, match="real records"):
        load()


def test_real_services_keep_the_demonstration_out() -> None:
    Service.objects.create(code="tikra", name_lt="Tikra", group="cash")
    with pytest.raises(CommandError, match="real records"):
        load()
    assert not Institution.objects.exists()


def test_a_real_conversation_keeps_the_demonstration_out() -> None:
    records.consultation(dt.date(2026, 7, 10))
    with pytest.raises(CommandError, match="real records"):
        load()


def test_a_real_request_keeps_the_demonstration_out() -> None:
    records.request("S08", dt.date(2026, 7, 10))
    with pytest.raises(CommandError, match="real records"):
        load()


def test_what_people_try_out_in_the_demonstration_does_not_keep_it_out() -> None:
    load()
    records.consultation(dt.date(2026, 7, 10))
    load()


def test_production_keeps_the_demonstration_out(settings: Any) -> None:
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="production"):
        load()


def test_a_check_writes_nothing_and_finds_nothing_wrong_with_klaipeda() -> None:
    load(check=True)
    assert not Institution.objects.exists()


@pytest.mark.parametrize(
    ("file", "edit", "message"),
    [
        (
            "services/pasalpa.yaml",
            lambda data: data["who"].pop("uk"),
            r"pasalpa.yaml, line \d+: who.uk: the text is m",
        ),
        (
            "services/pasalpa.yaml",
            lambda data: data.update(prise=1),
            r"pasalpa.yaml, line \d+: prise: this key is",
        ),
        ("services/pasalpa.yaml", lambda data: data.update(provider="nobody"), "provider: there is no institution “no"),
        (
            "topics.yaml",
            lambda data: data[0].update(services=["x"]),
            r"topics.yaml, line \d+: pinigai: services: there",
        ),
        ("topics.yaml", lambda data: data[0].update(icon="i" * 21), r"topics.yaml, line \d+: pinigai: icon: "),
        ("commitments.yaml", lambda data: data[0]["standard"].update(kind="x"), r"standard: kind: "),
        ("calendar.yaml", lambda data: data["working_hours"][0].update(opens="8"), r"working_hours\[1\]: opens: shou"),
    ],
)
def test_a_mistake_is_named_with_file_and_key(
    pack: Path, change: Change, file: str, edit: Callable[[Any], None], message: str
) -> None:
    change(file, edit)
    with pytest.raises(CommandError, match=message):
        load(pack)
    assert not Institution.objects.exists()


def test_a_key_that_stands_twice_is_a_mistake(pack: Path) -> None:
    (pack / "pack.yaml").write_text("as_of: 2026-01-01\nas_of: 2026-01-02\n")
    with pytest.raises(CommandError, match="stands twice"):
        load(pack)


def test_the_check_follows_links_and_sums(pack: Path, change: Change) -> None:
    change(
        "services/pasalpa.yaml",
        lambda data: data["who"].update(
            en='<a href="article:A-999">x</a> <a href="page:nowhere">x</a> {{2 XYZ}} {{phone:nobody}}'
        ),
    )
    with pytest.raises(CommandError) as caught:
        load(pack, check=True)
    assert [line.split(": ", 2)[2] for line in str(caught.value).splitlines()] == [
        "there is no article “A-999” to link to",
        "there is no page “nowhere” to link to",
        "{{2 XYZ}} is neither a sum nor a phone",
        "{{phone:nobody}} is neither a sum nor a phone",
    ]
