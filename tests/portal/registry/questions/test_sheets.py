"""Statistical forms: rows that are kept questions, worked out for a month, changed by who may compose."""

import datetime as dt
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from portal.registry.models import Post, StatForm
from portal.registry.questions import saved, sheets
from tests.portal.registry.conftest import post
from tests.portal.registry.questions import city, slow

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
PAGE = "/en/registry/forms/"
At = Callable[[Post], Client]
OCTOBER = dt.date(2026, 10, 1)


@pytest.fixture
def head(db: None) -> Post:
    city.build(8, visits=200)
    return post("Hanna", "head", "")


@pytest.mark.parametrize("code", ["help", "terms"])
def test_an_example_says_that_it_is_invented_and_comes_to_the_slow_count(at: At, head: Post, code: str) -> None:
    at(head).post(PAGE, {"example": code})
    form = StatForm.objects.get()
    html = unescape(at(head).get(f"{PAGE}{form.pk}/?month=2026-10").content.decode())
    assert "no authority asks for it" in html
    rows = {row.name.text: row.numbers for row in sheets.worked_out(form, OCTOBER, head)}
    for row in form.rows.all():
        for place, column in enumerate(form.columns):
            days = sheets.span(column, OCTOBER)
            found = [item for items in slow.answer(row.words, days.first, days.last).values() for item in items]
            measure, number = row.words["measure"], rows[row.said.text][place]
            people = {item["person"].pk: item["person"] for item in found}
            if measure in ("people", "in_programme"):
                old = sum((slow.age(one, days.last) or 0) >= 80 for one in people.values())
                is_share = "of" in row.words
                assert number == ((old / len(people) if people else None) if is_share else len(people))
            elif measure == "service_hours":
                assert number == pytest.approx(sum(item["minutes"] for item in found) / 60, abs=0.06)
            elif measure != "to_decision":
                assert number == len(found)


def test_a_form_is_put_together_from_kept_questions(at: At, head: Post) -> None:
    browser = at(head)
    browser.post(PAGE, {"name": "", "columns": ["month"]})
    browser.post(PAGE, {"name": "Ours", "columns": ["cats"]})
    assert not StatForm.objects.exists()
    browser.post(PAGE, {"name": "Ours", "columns": ["month", "year"]})
    form = StatForm.objects.get()
    visits = saved.save(head, name="Visits", words={"measure": "done", "by": "worker"}, is_shared=False)
    ahead = saved.save(head, name="Ahead", words={"measure": "load"}, is_shared=False)
    for question in (visits.pk, ahead.pk, 99999, "x"):
        browser.post(f"{PAGE}{form.pk}/change/", {"question": question, "name": "Row"})
    row = form.rows.get()
    assert row.words == {"measure": "done"}
    assert "Row" in browser.get(f"{PAGE}{form.pk}/").content.decode()
    assert browser.get(f"{PAGE}{form.pk}.xlsx").content.startswith(b"PK")
    assert browser.get(f"{PAGE}{form.pk}.pdf").status_code in (200, 503)
    browser.post(f"{PAGE}{form.pk}/change/", {"row": row.pk})
    assert not form.rows.exists()
    browser.post(f"{PAGE}{form.pk}/change/", {"drop": "1"})
    assert not StatForm.objects.exists()


def test_who_may_read_a_form_and_who_may_change_it(at: At, head: Post) -> None:
    form = sheets.begin_with("help", by=head)
    statuses = {}
    for name, role in (("Clara", "clerk"), ("Otto", "officer"), ("Sara", "social_worker"), ("Asta", "assessor")):
        browser = at(post(name, role, "Centras"))
        read = browser.get(f"{PAGE}{form.pk}/").status_code
        changed = browser.post(f"{PAGE}{form.pk}/change/", {"drop": "1"}).status_code
        statuses[role] = (read, changed)
    assert statuses == {"clerk": (200, 404), "officer": (200, 403), "social_worker": (403, 403), "assessor": (403, 403)}
    neighbours = sheets.begin_with("terms", by=post("Helga", "head", "Šventoji"))
    assert at(post("Clara", "clerk", "Centras")).get(f"{PAGE}{neighbours.pk}/").status_code == 404
