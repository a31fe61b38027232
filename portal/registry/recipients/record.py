"""What one person's record shows, and the small forms on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from portal.core import clock
from portal.registry import access
from portal.registry.access import May
from portal.registry.forms import RegistryForm
from portal.registry.law import consents, restricting
from portal.registry.law.forms import ConsentForm
from portal.registry.models import Post, Programme, Recipient, Visit, VisitWord
from portal.registry.recipients import actions, forms
from portal.registry.recipients.alike import Typed, alike


@dataclass(frozen=True, slots=True)
class Adder:
    """A small form of the record and what it does."""

    form: type[RegistryForm]
    add: Callable[[Recipient, dict[str, Any], Post], Any]


def _member(person: Recipient, data: dict[str, Any], post: Post) -> None:
    cents = data["income"] or 0
    actions.add_member(person, name=data["name"], relation=data["relation"], income_cents=cents, by=post)


ADDERS: dict[str, Adder] = {
    "income": Adder(forms.IncomeForm, lambda person, data, post: actions.add_income(person, **data, by=post)),
    "household": Adder(forms.MemberForm, _member),
    "papers": Adder(forms.PaperForm, lambda person, data, post: actions.add_paper(person, **data, by=post)),
    "representatives": Adder(
        forms.RepresentativeForm, lambda person, data, post: actions.add_representative(person, data, by=post)
    ),
}


def masked(code: str) -> str:
    """The last four signs of an identifier: enough to compare with a paper."""
    return f"••• {code[-4:]}" if code else ""


def record_of(person: Recipient, post: Post, *, tried: dict[str, Any], seen: dict[str, Any] | None) -> dict[str, Any]:
    """The record as the template shows it. `tried`: forms that were not carried out; `seen`: identifiers in full."""
    papers = list(person.papers.all())
    numbers = seen["papers"] if seen else {paper.pk: masked(paper.number) for paper in papers}
    may_write = access.may(post, May.WRITE)
    return {
        "person": person,
        "code": seen["code"] if seen else masked(person.code),
        "is_revealed": seen is not None,
        "papers": [(paper, numbers.get(paper.pk, ""), _is_over(paper)) for paper in papers],
        "household": list(person.household.all()),
        "incomes": list(person.incomes.all()),
        "representatives": list(person.representatives.all()),
        "programmes": list(Programme.objects.filter(recipient=person)[:20]),
        "visits": list(
            Visit.objects.filter(recipient=person).select_related("worker", "word").order_by("-started_at")[:10]
        ),
        "nobody_came": list(VisitWord.objects.filter(programme__recipient=person, visit=None)[:10]),
        "assessments": list(person.assessments.select_related("by")[:10]),
        "may_assess": access.may(post, May.ASSESS),
        "may_plan": access.may(post, May.PLAN),
        "cases": list(person.cases.all()[:20]),
        "merged": list(person.merged.all()),
        "forms": {what: tried.get(what) or adder.form(prefix=what) for what, adder in ADDERS.items()}
        if may_write
        else {},
        "reveal": tried.get("reveal") or forms.ReasonForm(prefix="reveal"),
        "tried": [form for form in tried.values() if form.errors],
        "alike": _alike(person, post) if access.may(post, May.MERGE) else [],
        "may_write": may_write,
        "may_guard": access.may(post, May.GUARD),
        "restriction": restricting.standing(person),
        "asks_consent": consents.is_asked(),
        "consent": consents.standing(person) if consents.is_asked() else None,
        "consent_form": ConsentForm(prefix="consent"),
    }


def _alike(person: Recipient, post: Post) -> list[Any]:
    typed = Typed(person.name, "", person.phone, person.birth_date)
    return [one for one in alike(typed, post, but=person.pk) if one.is_mine]


def _is_over(paper: Any) -> bool:
    return bool(paper.expires_on and not paper.is_replaced and paper.expires_on < clock.today())
