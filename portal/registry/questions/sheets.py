"""Statistical forms: rows that are questions, columns that are stretches of time, worked out for one month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from portal.core import audit, clock
from portal.core.languages import Localised
from portal.core.readable import Readable
from portal.registry.models import Post, SavedQuestion, StatForm, StatRow
from portal.registry.months.prices import next_month
from portal.registry.questions import showing
from portal.registry.questions.answer import Answer, Number, answer
from portal.registry.questions.asking import QuestionForm
from portal.registry.questions.patterns import PATTERNS
from portal.registry.questions.question import DAY, Question, Span, kept
from portal.registry.questions.vocabulary import MEASURES, Kind
from portal.registry.refusals import Refused

COLUMNS: dict[str, Any] = {
    "month": _("In the month"),
    "before": _("In the month before"),
    "year": _("Since 1 January"),
    "year_ago": _("In the same month a year before"),
}
NOT_IN_A_ROW = ("by", "then", "compare", "form", "period", "since", "until", "person")
MOST_ROWS = 60


@dataclass(frozen=True, slots=True)
class RowOf(Readable):
    """One row worked out: what is said, and the numbers behind it for a spreadsheet."""

    pk: int
    name: Localised
    said: tuple[tuple[str, Any], ...]
    numbers: tuple[Number, ...]


def within(post: Post) -> QuerySet[StatForm]:
    """The forms of the post's department and of the whole registry."""
    return StatForm.objects.filter(Q(department="") | Q(department=post.department)).order_by("pk")


def changeable(post: Post) -> QuerySet[StatForm]:
    """The forms this post may change: its own department's; a post of the whole registry changes the registry's."""
    return StatForm.objects.filter(department=post.department)


def worked_out(form: StatForm, first: dt.date, post: Post) -> list[RowOf]:
    """Every row in every column of the form, for the month that begins on `first`."""
    spans = [span(code, first) for code in form.columns]
    labels = [COLUMNS[code] for code in form.columns]
    found = []
    for row in form.rows.all():
        pairs = [_number(row.words, one, post) for one in spans]
        said = tuple(zip((text for text, _number_ in pairs), labels, strict=True))
        found.append(RowOf(row.pk, row.said, said, tuple(number for _text, number in pairs)))
    return found


def span(code: str, first: dt.date) -> Span:
    """The days a column means in a month's form; not beyond today."""
    if code == "before":
        first = (first - DAY).replace(day=1)
    elif code == "year_ago":
        first = first.replace(year=first.year - 1)
    last = next_month(first) - DAY
    return Span(first.replace(month=1) if code == "year" else first, min(last, max(first, clock.today())))


def _number(words: Mapping[str, str], days: Span, post: Post) -> tuple[str, Number]:
    asked = {**words, "period": "own", "since": str(days.first), "until": str(days.last)}
    form = QuestionForm(asked, post=post)
    if not form.is_valid():
        return "–", None
    found = answer(form.question, form.reach)
    place = _place(form.question, found)
    if found.total is None or found.total.numbers[place] is None:
        return "–", None
    value = found.total.numbers[place]
    return showing.number(value, found.columns[place].form), value


def _place(question: Question, found: Answer) -> int:
    """Which number of an answer stands in a form: the share where a part is asked for, the middle one of days."""
    if question.of:
        return len(found.columns) - 1
    return 1 if question.measure.kind in (Kind.BETWEEN, Kind.PLANNED) else 0


@transaction.atomic
def begin(names: Mapping[str, str], columns: list[str], *, by: Post) -> StatForm:
    """A new form without rows. Raises Refused without a name or a column."""
    known = [code for code in COLUMNS if code in columns]
    if not any(names.values()):
        raise Refused("form_without_name", field="name")
    if not known:
        raise Refused("form_without_columns", field="columns")
    form = StatForm.objects.create(names=dict(names), columns=known, department=by.department, changed_at=clock.now())
    audit.record("registry.form_begun", form, by=by.user)
    return form


@transaction.atomic
def begin_with(code: str, *, by: Post) -> StatForm:
    """A form from one of the examples; it says that it is invented. Raises KeyError for an unknown one."""
    pattern = PATTERNS[code]
    form = StatForm.objects.create(
        names=pattern["names"],
        columns=pattern["columns"],
        department=by.department,
        is_invented=True,
        changed_at=clock.now(),
    )
    rows = [StatRow(form=form, order=place, **row) for place, row in enumerate(pattern["rows"])]
    StatRow.objects.bulk_create(rows)
    audit.record("registry.form_begun", form, by=by.user, example=code)
    return form


@transaction.atomic
def add_row(form: StatForm, question: SavedQuestion, *, names: Mapping[str, str], by: Post) -> StatRow:
    """One more row: a kept question without its days and breakdowns. Raises Refused for one that has no number."""
    words = {name: value for name, value in kept(question.words).items() if name not in NOT_IN_A_ROW}
    measure = MEASURES.get(words.get("measure", ""))
    if measure is None or measure.kind is Kind.AHEAD:
        raise Refused("question_is_no_row", field="question")
    if form.rows.count() >= MOST_ROWS:
        raise Refused("form_is_full", field="question", many=MOST_ROWS)
    last = form.rows.order_by("-order").values_list("order", flat=True).first()
    row = StatRow.objects.create(form=form, order=0 if last is None else last + 1, names=dict(names), words=words)
    audit.record("registry.form_changed", form, by=by.user)
    return row


@transaction.atomic
def drop_row(form: StatForm, pk: int, *, by: Post) -> None:
    """Take a row out; one that is gone already is no fault."""
    form.rows.filter(pk=pk).delete()
    audit.record("registry.form_changed", form, by=by.user)


@transaction.atomic
def drop(form: StatForm, *, by: Post) -> None:
    """Take a whole form away."""
    audit.record("registry.form_dropped", form, by=by.user)
    form.delete()
