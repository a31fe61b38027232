"""The reasons for opening a case are the office's own list: in order, in four languages, retired but never lost."""

from typing import Any

import pytest
from django.db.models import ProtectedError
from django.test import Client
from django.utils import translation

from portal.cases import causes, first_rows, handling
from portal.cases.handling import Why
from portal.cases.models import CaseLink, OpeningCause
from portal.core.models import User
from tests.portal.cases.test_my_case import words

pytestmark = pytest.mark.django_db


def test_an_office_begins_with_a_list_and_what_it_made_of_it_stays(db: None) -> None:
    OpeningCause.objects.filter(code="check").update(words_en="We look at how we work", sort_order=1, is_live=False)
    first_rows.make_first_rows()
    assert OpeningCause.objects.filter(code="check").values_list("words_en", "sort_order", "is_live").get() == (
        "We look at how we work",
        1,
        False,
    )
    assert OpeningCause.objects.count() == 7


def test_they_are_offered_in_the_offices_order_and_the_readers_language(client: Client, bob: User) -> None:
    OpeningCause.objects.create(words_lt="Vizitas", words_uk="Візит", sort_order=1)
    OpeningCause.objects.filter(code="check").update(is_live=False)
    client.force_login(bob)
    told = words(client.get("/uk/case/open/").content.decode())
    assert told.index("Візит") < told.index("Людина запитує про свою заяву")
    assert "Перевіряється якість нашої роботи" not in told
    with translation.override("ru"):
        assert causes.choices()[0].words.text == "Vizitas"  # nobody has written it in Russian yet


def test_what_is_retired_opens_nothing_and_is_still_read(link: CaseLink, bob: User, client: Client) -> None:
    handling.open_case(link, by=bob, why=Why("check"))
    OpeningCause.objects.filter(code="check").update(is_live=False)
    with pytest.raises(handling.ReasonNeeded):
        handling.open_case(link, by=bob, why=Why("check", "again"))
    with translation.override("lt"):
        assert causes.find("check").words.text == "Tikrinama mūsų darbo kokybė"


def test_a_reason_that_an_opening_names_is_not_erased(link: CaseLink, bob: User) -> None:
    handling.open_case(link, by=bob, why=Why("check"))
    with pytest.raises(ProtectedError):
        OpeningCause.objects.get(code="check").delete()
    OpeningCause.objects.get(code="complaint").delete()
    assert not OpeningCause.objects.filter(code="complaint").exists()


def test_a_new_reason_with_somebody_on_the_line_asks_who_that_is(link: CaseLink, bob: User) -> None:
    spoken = OpeningCause.objects.create(words_lt="Skambina policija", is_spoken=True)
    opening = handling.open_case(link, by=bob, why=Why(spoken.code))
    assert not handling.is_readable(opening)


def test_an_opening_from_before_the_list_asks_for_nothing(db: Any) -> None:
    assert causes.find("") == causes.find("lost") == causes.NONE
