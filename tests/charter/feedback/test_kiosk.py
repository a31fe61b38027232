"""A tablet at an office: opened with a code, pressed by people, heard of by whoever leads."""

from __future__ import annotations

import datetime as dt
import json
import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client

from charter.feedback.kiosk import actions
from charter.feedback.kiosk.views import ANSWERS, CODES
from charter.feedback.models import Kiosk, Rating, RatingWords
from charter.models import Institution, Role
from portal.core.models import AuditEntry
from tests.factories.charter import institution, municipality
from tests.people import bob, mona, staff

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC)
STAFF = "/en/feedback/staff/tablets/"


@pytest.fixture(autouse=True)
def _frozen() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        municipality()
        yield


def made(language: str = "lt") -> tuple[Kiosk, str]:
    return actions.make("By the entrance", Institution.objects.get(code="kspc"), language, by=mona())


def post(client: Client, path: str, data: dict[str, Any], language: str = "lt") -> Any:
    return client.post(f"/{language}/kiosk/{path}", data, headers={"Sec-Fetch-Site": "same-origin"})


@pytest.fixture
def tablet(client: Client) -> Client:
    """The browser of an opened tablet."""
    _kiosk, code = made()
    assert post(client, "open/", {"code": code})["Location"] == "/lt/kiosk/"
    return client


def given(**changes: Any) -> dict[str, Any]:
    return {"key": str(uuid.uuid4()), "score": "4", "language": "ru", "day": "2026-11-25", **changes}


def gathered(client: Client, *answers: Any) -> Any:
    body = json.dumps({"answers": answers})
    return client.post(
        "/lt/kiosk/answers/", body, content_type="application/json", headers={"Sec-Fetch-Site": "same-origin"}
    )


def test_a_code_typed_carelessly_opens_the_tablet_in_its_language(client: Client) -> None:
    _kiosk, code = made("ru")
    assert post(client, "open/", {"code": code.lower().replace(" ", "-")})["Location"] == "/ru/kiosk/"
    page = client.get("/ru/kiosk/")
    assert page["X-Kiosk"] == "open"
    assert 'data-home="/ru/kiosk/"' in page.content.decode()


def test_a_wrong_code_opens_nothing_and_stands_there_to_be_mended(client: Client) -> None:
    made()
    answer = post(client, "open/", {"code": "0000 1111"}, "en")
    assert answer.status_code == 422
    assert "No tablet has this code." in answer.content.decode()
    assert 'value="0000 1111"' in answer.content.decode()
    assert "X-Kiosk" not in client.get("/en/kiosk/")


def test_guessing_is_stopped_and_the_right_code_still_opens(client: Client) -> None:
    _kiosk, code = made()
    for _time in range(CODES.times):
        post(client, "open/", {"code": "0000"})
    assert post(client, "open/", {"code": "0000"}).status_code == 429
    assert post(client, "open/", {"code": code}).status_code == 302


def test_no_link_leads_out_of_the_page(tablet: Client) -> None:
    text = tablet.get("/en/kiosk/").content.decode()
    links = set(re.findall(r'<a [^>]*href="([^"]+)"', text)) - {"#main"}
    assert links == {"/lt/kiosk/", "/ru/kiosk/", "/en/kiosk/", "/uk/kiosk/"}


def test_without_a_script_one_form_is_one_answer(tablet: Client) -> None:
    form = given(text="Ačiū, 8 600 12345", communication="5")
    for _time in range(2):
        assert post(tablet, "", form)["Location"] == "/lt/kiosk/thanks/"
    kept = Rating.objects.get()
    assert (kept.channel, kept.entry_kind, kept.communication, kept.language) == ("kiosk", "resident", 5, "lt")
    assert kept.institution is not None
    assert RatingWords.objects.get().text == "Ačiū, [phone]"
    assert Kiosk.objects.get().answers == 1
    assert "/lt/kiosk/" in tablet.get("/lt/kiosk/thanks/").content.decode()


def test_without_a_face_the_form_comes_back(tablet: Client) -> None:
    answer = post(tablet, "", {"text": "Ačiū"})
    assert answer.status_code == 422
    assert ">Ačiū</textarea>" in answer.content.decode()
    assert "X-Kiosk" not in answer


def test_what_was_gathered_without_a_network_is_counted_once_each_on_its_day(tablet: Client) -> None:
    answers = [given(day="2026-11-20"), given(language="uk", text="Дякую"), given(score="1")]
    for _time in range(2):
        assert gathered(tablet, *answers).json() == {"done": [answer["key"] for answer in answers]}
    assert sorted(Rating.objects.values_list("language", flat=True)) == ["ru", "ru", "uk"]
    assert Rating.objects.order_by("at").first().at.date() == dt.date(2026, 11, 20)  # type: ignore[union-attr]
    assert Kiosk.objects.get().answers == 3


@pytest.mark.parametrize("day", ["2026-12-24", "2025-11-25", "soon", ""])
def test_a_tablet_whose_clock_is_wrong_counts_today(tablet: Client, day: str) -> None:
    gathered(tablet, given(day=day))
    assert Rating.objects.get().at.date() == NOW.date()


def test_what_can_never_be_read_need_not_come_again(tablet: Client) -> None:
    broken = [{"key": "x", "score": "4"}, given(score="7"), {}]
    assert gathered(tablet, *broken).json() == {"done": [each.get("key") for each in broken]}
    assert not Rating.objects.exists()


@pytest.mark.parametrize("body", ["", "[]", '{"answers": 1}', '{"answers": [1]}', "{"])
def test_nonsense_is_refused(tablet: Client, body: str) -> None:
    answer = tablet.post(
        "/lt/kiosk/answers/", body, content_type="application/json", headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert answer.status_code == 400


def test_a_flood_waits_for_the_next_hour(tablet: Client) -> None:
    for _time in range(ANSWERS.times):
        ANSWERS.count(Kiosk.objects.get().public_id)
    assert gathered(tablet, given()).status_code == 429
    assert not Rating.objects.exists()


def test_nobody_counts_without_a_tablet(client: Client) -> None:
    assert gathered(client, given()).status_code == 403
    assert "X-Kiosk" not in post(client, "", given())
    assert client.get("/lt/kiosk/thanks/")["Location"] == "/lt/kiosk/"
    assert not Rating.objects.exists()


def test_another_site_cannot_answer_for_the_tablet(tablet: Client) -> None:
    body = json.dumps({"answers": [given()]})
    answer = tablet.post(
        "/lt/kiosk/answers/", body, content_type="application/json", headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert answer.status_code == 403
    assert not Rating.objects.exists()


def test_the_worker_lies_beside_the_page_and_is_never_old(tablet: Client) -> None:
    answer = tablet.get("/uk/kiosk/worker.js")
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("text/javascript", "no-cache")
    assert "skipWaiting" in answer.content.decode()


def test_mona_makes_a_tablet_and_sees_its_code_once(client: Client) -> None:
    client.force_login(mona())
    form = {"name": "Second floor", "institution": "kspc", "language": "uk"}
    text = client.post(STAFF, form).content.decode()
    code = re.search(r'class="code lead">([^<]+)<', text)
    assert code is not None
    assert code[1] not in client.get(STAFF).content.decode()
    again = client.post(STAFF, form)
    assert again.status_code == 422
    assert "There is a tablet of this name already." in again.content.decode()
    assert post(Client(), "open/", {"code": code[1]})["Location"] == "/uk/kiosk/"
    assert AuditEntry.objects.filter(action="kiosk.made").count() == 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"name": " "}, "Write where it stands."),
        ({"institution": "none"}, "Choose the institution."),
        ({"language": "de"}, "Choose the language."),
    ],
)
def test_what_is_missing_is_said(client: Client, changes: dict[str, str], said: str) -> None:
    client.force_login(mona())
    answer = client.post(STAFF, {"name": "Hall", "institution": "kspc", "language": "lt"} | changes)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_new_code_closes_the_browser_that_had_the_old_one(tablet: Client) -> None:
    desk = Client()
    desk.force_login(mona())
    kiosk = Kiosk.objects.get()
    assert 'class="code lead"' in desk.post(f"{STAFF}{kiosk.pk}/code/").content.decode()
    assert gathered(tablet, given()).status_code == 403


def test_a_withdrawn_tablet_counts_nothing_and_its_place_is_free(tablet: Client) -> None:
    desk = Client()
    desk.force_login(mona())
    for _time in range(2):
        desk.post(f"{STAFF}{Kiosk.objects.get().pk}/withdraw/")
    assert gathered(tablet, given()).status_code == 403
    assert made()[0].pk
    assert AuditEntry.objects.filter(action="kiosk.withdrawn").count() == 1


def test_mona_sees_which_tablet_has_been_silent_for_days(tablet: Client) -> None:
    tablet.get("/lt/kiosk/")
    desk = Client()
    desk.force_login(mona())
    assert "silent for" not in desk.get(STAFF).content.decode()
    with time_machine.travel(NOW + dt.timedelta(days=4), tick=False):
        desk.force_login(mona())
        assert "silent for 4 days" in desk.get(STAFF).content.decode()
        gathered(tablet)
        assert "silent for" not in desk.get(STAFF).content.decode()


def test_who_leads_another_institution_neither_sees_nor_withdraws_it(tablet: Client) -> None:
    other = Client()
    other.force_login(staff("Nora", Role.MANAGER, institution=institution("dane")))
    assert "By the entrance" not in other.get(STAFF).content.decode()
    assert other.post(f"{STAFF}{Kiosk.objects.get().pk}/withdraw/").status_code == 404
    assert other.post(STAFF, {"name": "Hall", "institution": "kspc", "language": "lt"}).status_code == 422


def test_who_leads_nobody_has_no_tablets(client: Client) -> None:
    client.force_login(bob())
    assert client.get(STAFF).status_code == 403
    assert "Tablets, posters" not in client.get("/en/feedback/staff/").content.decode()


def test_the_page_asks_the_database_little(tablet: Client, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(4):
        tablet.get("/lt/kiosk/")


def test_a_paper_form_lies_beside_the_tablet(client: Client) -> None:
    answer = client.get("/ru/feedback/forms/kspc.pdf")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert client.get("/ru/feedback/forms/none.pdf").status_code == 404
