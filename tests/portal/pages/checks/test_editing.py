"""An editor writes questions, tries them, and a colleague publishes them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from portal.core.models import User
from portal.instruments import actions, selectors
from portal.instruments.models import Instrument, Purpose, State, Version
from portal.pages.checks import forms
from tests import people
from tests.factories import instruments as make

pytestmark = pytest.mark.django_db
ROOM = "/cms/questions/"


def oleg() -> User:
    return people.staff("Oleg", "editor")


def draft() -> Version:
    version = actions.begin(Instrument.objects.create(code="care"), by=people.carol(), document=make.check())
    return version


def fields_of(block: forms.Block) -> dict[str, str]:
    """What a browser would send of the form as it stands."""
    found = {}
    for field in block.fields:
        value = next((code for code, _label, is_chosen in field.choices if is_chosen), field.value)
        if field.kind != forms.CHECK or value:
            found[field.name] = value
    for group in block.groups:
        for inner in group.blocks:
            found |= fields_of(inner)
    return found


def save(client: Client, version: Version, language: str = "lt", **changed: str) -> Any:
    version.refresh_from_db()
    languages = tuple(dict.fromkeys(("lt", language)))
    data = fields_of(forms.shown(version.document, languages)) | {"seen": version.changed_at.isoformat()}
    data |= {name.replace("__", "."): value for name, value in changed.items()}
    response = client.post(f"{ROOM}versions/{version.pk}/?language={language}", data)
    version.refresh_from_db()
    return response


def test_saving_a_form_nobody_touched_changes_no_word(client: Client) -> None:
    version = draft()
    before = selectors.texts_of(version.document)
    client.force_login(people.carol())
    assert save(client, version).status_code == 302
    # PostgreSQL keeps the parts of a document in an order of its own.
    assert sorted(map(str, filter(None, selectors.texts_of(version.document)))) == sorted(
        map(str, filter(None, before))
    )
    assert actions.test(version, {}) == []


def test_an_editor_changes_a_text_adds_a_part_moves_it_and_takes_it_away(client: Client) -> None:
    version = draft()
    client.force_login(people.carol())
    save(client, version, title__lt="Naujas vardas", do="add:outcomes")
    assert version.document["title"] == make.check()["title"] | {"lt": "Naujas vardas"}
    assert [one["code"] for one in version.document["outcomes"]] == ["group-0", "group-1", "group-2", ""]
    page = client.get(f"{ROOM}versions/{version.pk}/").content.decode()
    assert "It cannot be published yet" in page
    save(client, version, do="drop:outcomes.3")
    save(client, version, do="up:outcomes.1")
    assert [one["code"] for one in version.document["outcomes"]] == ["group-1", "group-0", "group-2"]
    for nonsense in ("drop:nonsense.1", "add:title", "drop:outcomes.99", "add:sections.0.questions.7.options", "up:"):
        assert save(client, version, do=nonsense).status_code == 302
    assert len(version.document["outcomes"]) == 3


def test_a_translator_fills_one_language_and_declares_it(client: Client) -> None:
    version = draft()
    client.force_login(people.staff("Tania", "translator"))
    save(client, version, "uk", title__uk="Скільки допомоги?", declared__uk="yes")
    sheet = selectors.any_version(version.pk)
    assert sheet is not None
    assert sheet.said(sheet.definition.title, "uk").text == "Скільки допомоги?"
    assert client.post(f"{ROOM}versions/{version.pk}/publish/").status_code == 404


def test_a_failing_test_case_is_shown_and_refuses_sending(client: Client) -> None:
    version = draft()
    client.force_login(people.carol())
    save(client, version, cases__0__expected="group-2")
    page = client.get(f"{ROOM}versions/{version.pk}/").content.decode()
    assert "Test cases that fail" in page
    client.post(f"{ROOM}versions/{version.pk}/send/")
    version.refresh_from_db()
    assert version.state == State.DRAFT


def test_a_colleague_publishes_and_nobody_publishes_their_own(client: Client) -> None:
    version = draft()
    client.force_login(people.carol())
    client.post(f"{ROOM}versions/{version.pk}/send/")
    page = client.post(f"{ROOM}versions/{version.pk}/publish/", follow=True).content.decode()
    assert "Nobody publishes what they wrote themselves" in page
    client.force_login(oleg())
    client.post(f"{ROOM}versions/{version.pk}/publish/")
    current = selectors.current(Purpose.CHECK, "care")
    assert current is not None
    assert current.id == version.pk
    client.post(f"{ROOM}versions/{version.pk}/retire/")
    assert selectors.current(Purpose.CHECK, "care") is None


def test_what_is_given_back_is_a_draft_again(client: Client) -> None:
    version = draft()
    actions.send(version, bases={}, by=people.carol())
    client.force_login(oleg())
    client.post(f"{ROOM}versions/{version.pk}/give-back/", {"why": "Per ilgas"})
    version.refresh_from_db()
    assert version.state == State.DRAFT


def test_two_who_write_at_once_lose_nothing(client: Client) -> None:
    version = draft()
    client.force_login(people.carol())
    response = save(client, version, title__lt="Mano", seen="earlier")
    assert response.status_code == 409
    assert "Mano" in response.content.decode()
    assert version.document["title"] == make.check()["title"]


def test_versions_are_listed_begun_compared_and_thrown_away(client: Client) -> None:
    old = make.published()
    client.force_login(people.carol())
    assert "care" in client.get(ROOM).content.decode()
    client.post(f"{ROOM}{old.instrument.pk}/begin/")
    new = Version.objects.get(number=2)
    save(client, new, title__lt="Kitaip")
    page = client.get(f"{ROOM}versions/{new.pk}/compare/{old.pk}/").content.decode()
    assert "<ins>Kitaip</ins>" in page
    assert "There is a draft already" in client.post(f"{ROOM}{old.instrument.pk}/begin/", follow=True).content.decode()
    client.post(f"{ROOM}versions/{new.pk}/discard/")
    assert Version.objects.count() == 1


def test_a_new_set_begins_empty_and_says_what_is_missing(client: Client) -> None:
    client.force_login(people.carol())
    page = client.post(f"{ROOM}new/", {"code": "Naujas rinkinys", "purpose": "check"}, follow=True).content.decode()
    assert "naujas-rinkinys" in page
    assert "Questions or outcomes are missing." in page
    client.post(f"{ROOM}new/", {"code": "", "purpose": "check"})
    assert Instrument.objects.count() == 1


def test_a_published_version_is_read_only_and_a_consultant_has_no_business_here(client: Client) -> None:
    version = make.published()
    client.force_login(people.carol())
    assert "readonly" in client.get(f"{ROOM}versions/{version.pk}/").content.decode()
    save(client, version, title__lt="Kitaip")
    assert version.document["title"] == make.check()["title"]
    client.force_login(people.bob())
    assert client.get(ROOM).status_code in (302, 404)
