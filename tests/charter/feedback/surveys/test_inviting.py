"""People are invited by a link, a letter or by chance: an invitation counts once, nobody learns who answered."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.test import Client

from charter.feedback.models import Audience, Offered, Survey, SurveyInvitation, SurveyResponse, SurveyState
from charter.feedback.surveys import inviting, offering
from charter.feedback.surveys.forgetting import forget_invitations
from portal.core import clock as town_clock
from tests.factories.city import furnished
from tests.factories.surveys import survey
from tests.people import mona

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
KEY = "6a1f5a8e-93a9-4a0f-8b4f-6d1c3f6a2b11"
OTHER = "7a1f5a8e-93a9-4a0f-8b4f-6d1c3f6a2b11"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC), tick=False) as traveller:
        furnished()
        yield traveller


def send(client: Client, of: Survey, code: str, key: str = KEY) -> Any:
    typed = {"key": key, "at": "second", "q-how": "5", "invitation": code}
    return client.post(f"/en/surveys/{of.public_id}/", typed, headers={"Sec-Fetch-Site": "same-origin"})


def said(answer: Any) -> str:
    return str(answer.content.decode())


def link_in(letter: Any) -> str:
    found = re.search(r"https?://[^/\s]+(/\S+)", letter.body)
    assert found
    return found[1]


def test_a_link_comes_by_mail_in_its_language_and_looking_uses_nothing_up(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    of = survey(audience=Audience.INVITED)
    with django_capture_on_commit_callbacks(execute=True):
        assert inviting.by_mail(of, ["ann@example.org"], "en", by=mona()) == 1
    (letter,) = mail.outbox
    assert "A survey" in letter.subject
    for _look in range(3):
        page = client.get(link_in(letter))
        assert "First part" in said(page)
        assert page["Referrer-Policy"] == "no-referrer"
    assert not SurveyInvitation.objects.get().is_used


def test_an_invitation_counts_once_and_another_surveys_not_at_all(client: Client) -> None:
    of = survey(audience=Audience.INVITED)
    (code,) = inviting.letters(of, 1, by=mona())
    other = survey(audience=Audience.INVITED)
    assert send(client, other, code).status_code == 403
    assert send(client, of, code).status_code == 302
    assert send(client, of, code).status_code == 302  # the same form again
    again = send(client, of, code, OTHER)
    assert again.status_code == 410
    assert "This invitation has been used already." in said(again)
    assert SurveyResponse.objects.get().way == "letter"
    assert client.get(f"/en/surveys/invited/{code}/").status_code == 410
    assert client.get("/en/surveys/invited/ABCD/").status_code == 404


def test_a_letters_code_may_be_typed_as_people_type(client: Client) -> None:
    of = survey(audience=Audience.INVITED)
    (code,) = inviting.letters(of, 1, by=mona())
    typed = inviting.spaced(code).lower()
    where = "/en/surveys/letter/"
    assert "First part" in said(client.post(where, {"code": typed}, headers={"Sec-Fetch-Site": "same-origin"}))
    wrong = client.post(where, {"code": "nothing"}, headers={"Sec-Fetch-Site": "same-origin"})
    assert wrong.status_code == 422
    assert "We do not know this code." in said(wrong)


def test_reminders_go_to_who_has_not_used_the_link_and_end_the_old_one(
    client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    of = survey(audience=Audience.INVITED)
    with django_capture_on_commit_callbacks(execute=True):
        inviting.by_mail(of, ["ann@example.org", "ben@example.org"], "en", by=mona())
    old = {letter.to[0]: link_in(letter) for letter in mail.outbox}
    send(client, of, old["ann@example.org"].rstrip("/").rpartition("/")[2])
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert inviting.remind(of, by=mona()) == 1
        assert inviting.remind(of, by=mona()) == 0
    (letter,) = mail.outbox
    assert letter.to == ["ben@example.org"]
    assert "A reminder" in letter.body
    assert client.get(old["ben@example.org"]).status_code == 404
    assert client.get(link_in(letter)).status_code == 200


def test_addresses_are_encrypted_invited_once_and_gone_after_the_last_day(clock: time_machine.Traveller) -> None:
    of = survey()
    inviting.by_mail(of, ["ann@example.org"], "en", by=mona())
    assert inviting.by_mail(of, ["ann@example.org"], "en", by=mona()) == 0
    assert "ann" not in SurveyInvitation.objects.get().address
    clock.move_to(dt.datetime(2027, 1, 1, tzinfo=dt.UTC))
    forget_invitations(town_clock.now() - dt.timedelta(days=1))
    assert not SurveyInvitation.objects.exists()


def test_the_manager_invites_prints_and_reads_how_many_answered(client: Client) -> None:
    client.force_login(mona())
    of = survey()
    where = f"/en/surveys/staff/{of.public_id}/invitations/"
    assert client.post(where, {"do": "mail", "addresses": "nobody"}).status_code == 422
    assert client.post(where, {"do": "letters", "many": "0"}).status_code == 422
    assert "Invited: 2." in said(client.post(where, {"do": "mail", "addresses": "a@b.lt, c@d.lt"}, follow=True))
    sheet = client.post(where, {"do": "letters", "many": "3", "language": "ru"})
    assert sheet["Content-Type"].startswith(("application/pdf", "text/html"))
    assert inviting.standing(of) == inviting.Standing(2, 0, 3, 0, 2)


def test_nobody_is_invited_to_what_is_closed(client: Client) -> None:
    client.force_login(mona())
    of = survey(state=SurveyState.CLOSED)
    page = client.post(f"/en/surveys/staff/{of.public_id}/invitations/", {"do": "remind"}, follow=True)
    assert "People can be invited only while the survey is open." in said(page)


def test_a_paper_is_entered_as_staff_entered_it(client: Client) -> None:
    client.force_login(mona())
    of = survey(audience=Audience.INVITED)
    where = f"/en/surveys/staff/{of.public_id}/enter/"
    typed = {"key": KEY, "shown": ["how", "where"], "q-how": "4", "language": "lt"}
    assert client.post(where, {**typed, "q-how": ""}).status_code == 422
    assert "Kept. The next paper can be entered." in said(client.post(where, typed, follow=True))
    sheet = SurveyResponse.objects.get()
    assert (sheet.way, sheet.language) == ("paper", "lt")


def test_one_in_so_many_is_asked_after_a_conversation_and_loading_again_draws_no_second_lot() -> None:
    of = survey(offered=Offered.CONSULTATION, one_in=4)
    asked = [bool(offering.offer("consultation", f"talk {number}")) for number in range(400)]
    assert 60 < sum(asked) < 140
    assert asked == [bool(offering.offer("consultation", f"talk {number}")) for number in range(400)]
    assert offering.offer("rating") is None
    of.state = SurveyState.CLOSED
    of.save()
    assert not any(offering.offer("consultation", f"talk {number}") for number in range(40))


def test_the_thanks_for_a_rating_may_ask_to_answer_a_survey(client: Client) -> None:
    survey(offered=Offered.RATING, audience=Audience.INVITED)
    page = said(client.get("/en/feedback/thanks/?rated"))
    assert "Would you answer a few more questions?" in page
    found = re.search(r'href="(/en/surveys/[^"]+)"', page)
    assert found
    assert "First part" in said(client.get(found[1].replace("&amp;", "&")))
