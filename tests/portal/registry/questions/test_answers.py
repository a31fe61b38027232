"""Every kind of question comes to what a slow count, record by record, comes to – counted by month or not."""

from __future__ import annotations

import datetime as dt
import math
import statistics
from typing import Any

import pytest

from portal.registry.models import Post
from portal.registry.questions import counted
from portal.registry.questions.answer import Answer, answer
from portal.registry.questions.asking import QuestionForm
from tests.portal.registry.conftest import post
from tests.portal.registry.questions import city, slow
from tests.portal.registry.questions.slow import Item

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen"), pytest.mark.postgres]
OWN = {"period": "own", "since": "2026-02-10", "until": "2026-11-20"}
WHOLE = {"period": "own", "since": "2026-03-01", "until": "2026-10-31"}
COUNTS = ("visits", "done", "nobody_opened", "declined", "late", "corrected", "times", "received", "granted", "refused")
HOURS = ("hours", "service_hours", "pace", "load")
PEOPLE = ("people", "served", "in_programme", "unvisited")
BETWEEN = ("to_decision", "to_programme", "to_visit")


@pytest.fixture
def head(db: None) -> Post:
    return post("Head", "head", "")


def ask(words: dict[str, str], by: Post) -> tuple[QuestionForm, Answer]:
    form = QuestionForm(words, post=by)
    assert form.is_valid(), (words, form.errors)
    return form, answer(form.question, form.reach)


def worked_out(measure: str, found: list[Item]) -> float:
    """What the slow count makes of the things in one place."""
    if measure in PEOPLE:
        return len({item["person"].pk for item in found})
    if measure in HOURS:
        return round(float(sum(item["minutes"] for item in found)) / 60, 1)
    if measure == "worth":
        return round(float(sum(item["worth"] for item in found)) / 100, 2)
    amount = float(sum(item["amount"] for item in found))
    return round(amount / 100, 2) if measure in ("paid", "town") else amount


def check(words: dict[str, str], by: Post) -> None:
    form, shown = ask(words, by)
    span, measure = form.question.span, words["measure"]
    expected = slow.answer(words, span.first, span.last)
    got = {(line.value,): line.numbers for line in shown.lines} if form.question.by else {}
    assert set(got) == (set(expected) if form.question.by else set()), words
    everything = [item for found in expected.values() for item in found]
    assert shown.total is not None
    for numbers, items in [(shown.total.numbers, everything), *((got[key], expected[key]) for key in got)]:
        if measure in BETWEEN:
            days = sorted(item["amount"] for item in items)
            within = sum(day <= form.question.days for day in days)
            nine = days[math.ceil(0.9 * len(days)) - 1] if days else None
            middle = statistics.median(days) if days else None
            assert numbers == (len(days), middle, nine, within / len(days) if days else None), words
        else:
            near = 0.11 if measure in HOURS else 0.011
            assert numbers[0] == pytest.approx(worked_out(measure, items), abs=near), words


def questions(workers: list[Post]) -> list[dict[str, str]]:
    """Each measure with each of its breakdowns, over odd days and whole months, and with conditions."""
    found: list[dict[str, str]] = []
    for measure in (*COUNTS, *HOURS, *PEOPLE, *BETWEEN, "worth", "paid", "town", "open"):
        from portal.registry.questions.vocabulary import MEASURES

        for by in ("", *MEASURES[measure].by):
            days = WHOLE if measure in ("paid", "town") else OWN
            found.append({"measure": measure, "by": by, **days} if by else {"measure": measure, **days})
    worker = str(workers[1].user_id)
    person = str(workers[0].recipients.values_list("pk", flat=True)[0])
    for measure in ("done", "people", "hours", "worth", "served", "to_decision", "load", "unvisited"):
        found += [
            {"measure": measure, **OWN, "department": "Centras", "by": "language"},
            {"measure": measure, **WHOLE, "worker": worker, "by": "age"},
            {"measure": measure, **OWN, "district": "-", "language": "lt"},
            {"measure": measure, **WHOLE, "person": person},
        ]
    found.append({"measure": "visits", **OWN, "outcome": "declined", "by": "month"})
    found.append({"measure": "load", **OWN, "days": "40", "by": "week"})
    return found


@pytest.mark.parametrize("seed", [1, 2])
def test_each_question_comes_to_what_a_slow_count_comes_to(head: Post, seed: int) -> None:
    workers = city.build(seed)
    asked = questions(workers)
    for words in asked:
        check(words, head)
    assert counted.count_all() > 5
    assert len(counted.sound()) > 5
    for words in asked:
        if words["measure"] in (*COUNTS[:7], "hours", "service_hours", "people", "served", "worth"):
            check(words, head)


def numbers(words: dict[str, str], by: Post) -> dict[str, tuple[Any, ...]]:
    _form, shown = ask(words, by)
    assert shown.total is not None
    return {line.value: line.numbers for line in shown.lines} | {"": shown.total.numbers}


def test_planned_against_done_parts_and_changes_come_out_of_single_records(head: Post) -> None:
    city.build(3)
    counted.count_all()
    first, last = dt.date(2026, 2, 10), dt.date(2026, 11, 20)
    planned = slow.answer({"measure": "planned", "by": "worker"}, first, last)
    visits = slow.answer({"measure": "visits", "by": "worker"}, first, last)
    for worker, found in numbers({"measure": "planned", "by": "worker", **OWN}, head).items():
        if worker:
            key = (worker,)
            outcomes = [
                sum(item["outcome"] == one for item in visits[key]) for one in ("done", "nobody_opened", "declined")
            ]
            many = len(planned[key])
            assert found == (many, *outcomes, max(0, many - sum(outcomes)))
    every = [item for items in visits.values() for item in items]
    late = [item for item in every if item["late"]]
    old = [item for item in late if (slow.age(item["person"], last) or 0) >= 80]
    share = numbers({"measure": "visits", **OWN, "of": "late", "of2": "aged_80"}, head)[""]
    assert share == (len(every), len(late), len(late) / len(every), len(old), len(old) / len(late))
    now = slow.answer({"measure": "in_programme"}, last, last)[()]
    before = slow.answer({"measure": "in_programme"}, first, first)[()]
    n, m = worked_out("in_programme", before), worked_out("in_programme", now)
    change = numbers({"measure": "in_programme", **OWN, "compare": "before"}, head)[""]
    assert change == (n, m, m - n, pytest.approx((m - n) / n))
    months = {**WHOLE, "since": "2026-08-01", "until": "2026-09-30"}
    moved = numbers({"measure": "done", **months, "by": "month", "compare": "before"}, head)
    for was, now_ in (("2026-06", "2026-08-01"), ("2026-07", "2026-09-01")):
        then = slow.answer({"measure": "done", "by": "month"}, dt.date(2026, 6, 1), dt.date(2026, 7, 31))
        assert moved[now_][0] == len(then[f"{was}-01",])


def test_two_breakdowns_stand_in_rows_and_columns(head: Post) -> None:
    city.build(4)
    _form, shown = ask({"measure": "done", **OWN, "by": "language", "then": "department"}, head)
    expected = slow.answer(
        {"measure": "done", "by": "language", "then": "department"}, dt.date(2026, 2, 10), dt.date(2026, 11, 20)
    )
    heads = [column.name for column in shown.columns][:-1]
    got = {(line.value, head_): n for line in shown.lines for head_, n in zip(heads, line.numbers, strict=False)}
    assert {key: n for key, n in got.items() if n} == {key: len(items) for key, items in expected.items()}


def test_a_change_in_a_counted_month_is_answered_at_once_and_counted_again(head: Post) -> None:
    from portal.registry.models import Tariff, Visit

    city.build(5)
    counted.count_all()
    words = {"measure": "done", **WHOLE}
    before = numbers(words, head)[""]
    visit = Visit.objects.standing().filter(outcome="done", day__gte="2026-03-01", day__lte="2026-10-31").first()
    assert visit is not None
    visit.struck_at, visit.struck_reason = visit.entered_at, "wrong"
    visit.save()
    assert visit.day.replace(day=1) not in counted.sound()
    assert numbers(words, head)[""] == (before[0] - 1,)
    assert counted.count_what_changed() == 1
    assert numbers(words, head)[""] == (before[0] - 1,)
    Visit.objects.filter(pk=visit.pk).update(minutes=7)  # past every signal
    assert counted.compare() == [visit.day.replace(day=1)]
    counted.count_what_changed()
    service = Tariff.objects.values_list("service", flat=True)[0]
    Tariff.objects.create(service_id=service, valid_from=dt.date(2026, 9, 15), cents=5)
    assert max(counted.sound()) == dt.date(2026, 8, 1)


def test_the_running_month_is_never_counted(head: Post) -> None:
    city.build(6, visits=120)
    counted.count_all()
    assert max(counted.sound()) == dt.date(2026, 10, 1)
