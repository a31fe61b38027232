"""A month in the life of a department, through its pages: request, programme, visits, acts, a correction."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.test import Client

from portal.registry.models import Act, Case, Month, Post, Programme, Recipient, Visit
from tests.portal.registry.conftest import CENTRE, Catalogue

pytestmark = pytest.mark.django_db
At = Callable[[Post], Client]
ROOT = "/en/registry/"


def page(client: Client, address: str) -> str:
    answer = client.get(f"{ROOT}{address}")
    assert answer.status_code == 200, address
    return answer.content.decode()


def sends(client: Client, address: str, **fields: Any) -> Any:
    """Send a form and follow where it leads; a form that comes back with a mistake fails."""
    answer = client.post(f"{ROOT}{address}", fields, follow=True)
    assert answer.status_code == 200
    assert "<title>Error" not in " ".join(answer.content.decode().split())
    return answer


def test_a_month_in_the_life_of_a_department(
    at: At, daiva: Post, hanna: Post, clara: Post, catalogue: Catalogue, case: Case
) -> None:
    alice = case.recipient
    with time_machine.travel("2026-10-01 08:00Z"):
        sends(at(hanna), f"{case.number}/decide/", outcome="granted", why="Help twice a week.")
        person = f"recipients/{alice.pk}/"
        sends(at(clara), f"{person}add/income/", **{"income-valid_from": "2026-01-01", "income-cents": "520,00"})
        days = {"since": "2026-10-01", "until": "2027-03-31", "weekdays": ["0", "2"], "hour": "09:00"}
        payment = {"payment": "rule", "rule": catalogue.rule.pk, "form": "home", "worker": daiva.pk}
        pk = catalogue.help.pk
        line = {f"s{one}_per": "week" for one in (pk, catalogue.bath.pk, catalogue.snow.pk)}
        line |= {f"s{pk}_times": "2", f"s{pk}_minutes": "60"}
        answer: Any = at(clara).post(
            f"{ROOT}{person}programme/",
            {**days, **payment, **line, "case": Case.objects.get().pk},
        )
        programme = Programme.objects.get()
        assert answer.url == f"{ROOT}programmes/{programme.pk}/"
        assert at(clara).post(f"{answer.url}sign/").status_code == 403  # a clerk drafts, the head signs
        sends(at(hanna), f"programmes/{programme.pk}/sign/")
        assert "in force today" in page(at(clara), f"programmes/{programme.pk}/")

    for day in (5, 7, 12):
        with time_machine.travel(f"2026-10-{day:02d} 15:00Z"):
            html = page(at(daiva), "today/")
            assert "1 visit is not written down yet." in html
            client_id = html.split('name="client_id" value="')[1].split('"')[0]
            fields = {"recipient": alice.pk, "day": f"2026-10-{day:02d}", "at": "09:00", "minutes": "60"}
            for _ in range(2):  # the button pressed twice
                sends(at(daiva), "visits/", **fields, client_id=client_id, outcome="done", service=pk)
            assert "0 visits are not written down yet." in page(at(daiva), "today/")
    assert Visit.objects.count() == 3

    with time_machine.travel("2026-11-02 08:00Z"):
        sends(at(clara), "months/prepare/", department=CENTRE, first="2026-10-01")
        month = Month.objects.get()
        assert at(clara).post(f"{ROOT}months/{month.pk}/close/").status_code == 403
        sends(at(hanna), f"months/{month.pk}/close/")
        act = Act.objects.get()
        assert (act.number, act.cost_cents, act.ceiling_cents, act.person_cents) == ("2026-10/1", 3750, 10400, 3750)
        assert "€37.50" in page(at(clara), f"acts/{act.pk}/")
        visit = Visit.objects.order_by("day").first()
        assert visit is not None
        sends(at(hanna), f"acts/{act.pk}/strike/{visit.pk}/", reason="it was her neighbour")
        fresh = Act.objects.get(is_latest=True)
        assert (fresh.version, fresh.person_cents) == (2, 2500)
        html = page(at(hanna), f"acts/{fresh.pk}/")
        assert "it was her neighbour" in html
        workbook = at(clara).get(f"{ROOT}months/{month.pk}/acts.xlsx")
        assert workbook.content.startswith(b"PK")
        paper = at(clara).get(f"{ROOT}months/{month.pk}/acts.pdf")
        assert paper.status_code == 503 or paper.content.startswith(b"%PDF")


def test_a_queue_hears_what_became_of_a_visit(
    at: At, daiva: Post, programme: Programme, catalogue: Catalogue, frozen: Any
) -> None:
    fields = {
        "client_id": "5f0c7f64-0000-4000-8000-000000000001",
        "recipient": programme.recipient_id,
        "started_at": "2026-11-02T09:00:00+02:00",
        "minutes": 60,
        "service": catalogue.help.pk,
    }

    def send(**changes: Any) -> tuple[int, Any]:
        answer = at(daiva).post(f"{ROOT}visits/", fields | changes, headers={"accept": "application/json"})
        return answer.status_code, answer.json()

    assert send()[0] == 201
    assert send()[1]["state"] == "known"
    assert Visit.objects.get().started_at == dt.datetime(2026, 11, 2, 7, tzinfo=dt.UTC)
    assert send(minutes=90)[0] == 409
    other = {"client_id": "5f0c7f64-0000-4000-8000-000000000002"}
    status, said = send(**other, started_at="2026-12-24T09:00:00+02:00")
    assert (status, said["why"]) == (422, "visit_in_the_future")
    assert "future" in said["message"]
    for nonsense in ({"client_id": "x"}, {"minutes": "an hour"}, {"started_at": "nine"}, {"service": "help"}):
        assert send(**{**other, **nonsense})[0] == 422


def test_a_refused_visit_keeps_what_was_typed(at: At, daiva: Post, programme: Programme, frozen: Any) -> None:
    fields = {"recipient": programme.recipient_id, "day": "2026-11-02", "at": "09:00", "minutes": "60", "note": "rain"}
    client_id = "5f0c7f64-0000-4000-8000-000000000003"
    answer = at(daiva).post(f"{ROOT}visits/", fields | {"client_id": client_id, "outcome": "done"})
    html = answer.content.decode()
    assert "Tick what was done, or say that nobody opened." in html
    assert ">rain<" in html
    assert client_id in html


def test_the_clerk_sees_a_colleagues_day_and_a_worker_does_not(
    at: At, daiva: Post, clara: Post, programme: Programme, frozen: Any
) -> None:
    assert "Alice" in page(at(clara), f"today/?worker={daiva.user_id}&day=2026-11-25")
    assert at(daiva).get(f"{ROOT}today/?worker={clara.user_id}").status_code == 403
    assert at(clara).get(f"{ROOT}today/?worker=99999").status_code == 403


def test_a_day_costs_the_same_for_one_person_and_for_many(
    at: At, daiva: Post, programme: Programme, frozen: Any, django_assert_max_num_queries: Any
) -> None:
    browser = at(daiva)
    browser.get(f"{ROOT}today/")
    for number in range(9):
        programme.pk, programme.number = None, f"IP-{number}"
        programme.recipient = Recipient.objects.create(name=f"R{number}", department=CENTRE)
        programme.save()
    with django_assert_max_num_queries(13):
        assert browser.get(f"{ROOT}today/").content.decode().count('name="client_id"') == 10


def test_a_price_is_set_by_who_may(at: At, clara: Post, daiva: Post, catalogue: Catalogue, frozen: Any) -> None:
    facts = {"service": catalogue.help.pk, "valid_from": "2027-01-01", "cents": "13,40"}
    fields = {"what": "tariff"} | {f"tariff-{name}": value for name, value in facts.items()}
    sends(at(clara), "tariffs/", **fields)
    assert "€13.40" in page(at(clara), "tariffs/")
    assert "already set" in at(clara).post(f"{ROOT}tariffs/", fields).content.decode()
    assert at(daiva).get(f"{ROOT}tariffs/").status_code == 403


def test_another_departments_month_is_not_there(at: At, hanna: Post, otto: Post, frozen: Any) -> None:
    foreign = Month.objects.create(
        department="Kitas", first=dt.date(2026, 10, 1), prepared_by=otto.user, prepared_at="2026-11-01T08:00Z"
    )
    act = Act.objects.create(
        month=foreign,
        recipient=Recipient.objects.create(name="Stranger", department="Kitas"),
        cost_cents=0,
        person_cents=0,
        town_cents=0,
        made_by=otto.user,
        made_at=dt.datetime(2026, 11, 1, tzinfo=dt.UTC),
    )
    for address in (f"months/{foreign.pk}/", f"months/{foreign.pk}/acts.xlsx", f"acts/{act.pk}/"):
        assert at(hanna).get(f"{ROOT}{address}").status_code == 404, address
    for address in (f"months/{foreign.pk}/close/", f"months/{foreign.pk}/reopen/", f"acts/{act.pk}/add/"):
        assert at(hanna).post(f"{ROOT}{address}").status_code == 404, address
