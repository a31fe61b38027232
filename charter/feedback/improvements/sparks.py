"""What sets an improvement off: a missed promise, an answer of a survey, an appeal, a gap – and what it already says.

A spark fills in the form of a new improvement; the improvement points back at it, and its page at the improvement.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from charter.feedback.actions import publishable
from charter.feedback.appeals import access as appeals
from charter.feedback.models import Appeal, Improvement, Origin, Survey
from charter.feedback.surveys import access as surveys
from charter.feedback.surveys import results, showing
from charter.memberships import Reach
from charter.models import Institution, Measurement, ServiceStandard
from charter.selectors import RESULT_COLUMNS, promise, result_of
from portal.core.languages import current
from portal.core.models import User

APPEAL, MEASUREMENT, SURVEY, GAP = "appeal", "measurement", "survey", "gap"
LONGEST_WORDS = 200


@dataclass(frozen=True, slots=True)
class Spark:
    """`name`, `url`: what it is and where it is read. `title`, `problem`: what a new improvement would begin with."""

    origin: str = Origin.STAFF
    name: str = ""
    url: str = ""
    title: str = ""
    problem: str = ""
    institution: Institution | None = None
    standard: ServiceStandard | None = None
    measurement: Measurement | None = None
    survey: Survey | None = None
    survey_question: str = ""
    appeal: Appeal | None = None
    gap: int | None = None


def read(key: str, words: str, *, user: User, reach: Reach) -> Spark:
    """The spark an address names – `measurement:7`, `survey:<id>:<question>`, `appeal:<id>`, `gap:3` –, an empty one
    for no name. Raises Http404 for what is not there, or not this user's.
    """
    if not key:
        return Spark()
    kind, _sign, rest = key.partition(":")
    reader = _READERS.get(kind)
    if reader is None:
        raise Http404(key)
    return reader(rest, words, user, reach)


def _measurement(number: str, _words: str, _user: User, reach: Reach) -> Spark:
    found = Measurement.objects.filter(pk=_number(number)).select_related("standard", "institution").first()
    if found is None or not reach.covers(found.institution_id):
        raise Http404(number)
    language = current()
    result = result_of(Measurement.objects.filter(pk=found.pk).values(*RESULT_COLUMNS).get(), language)
    promised = promise(found.standard.code, language)
    words = promised.words.text if promised else found.standard.name
    problem = _("In %(period)s this promise was not kept: “%(promise)s”.") if result.is_missed else "“%(promise)s”."
    said = [problem % {"period": result.period, "promise": words}, result.reason.text]
    return Spark(
        origin=Origin.STANDARD,
        name=f"{found.standard.code}, {result.period}",
        url=_measurement_url(found.pk),
        title=words[:LONGEST_WORDS],
        problem="\n".join(part for part in said if part),
        institution=found.institution,
        standard=found.standard,
        measurement=found,
    )


def _survey(rest: str, _words: str, user: User, _reach: Reach) -> Spark:
    public_id, _sign, code = rest.partition(":")
    survey = surveys.get_for_staff(user, public_id)
    found = results.results(survey)
    card = next((each for each in showing.cards(found) if each.code == code), None)
    if card is None:
        raise Http404(code)
    question = found.definition.by_code[code]
    said = [_("In a survey residents were asked: “%(question)s”.") % {"question": card.text.text}]
    if any(block.question.code == code and block.is_figure for block in found.blocks) and card.head:
        said.append(f"{card.head} {card.head_words}.")
    standard = ServiceStandard.objects.filter(code=question.standard).first() if question.standard else survey.standard
    return Spark(
        origin=Origin.SURVEY,
        name=card.text.text,
        url=f"{reverse('feedback:survey_results', args=[public_id])}#card-{code}",
        title=card.text.text[:LONGEST_WORDS],
        problem="\n".join(said),
        institution=survey.institution,
        standard=standard,
        survey=survey,
        survey_question=code,
    )


def _appeal(public_id: str, _words: str, user: User, _reach: Reach) -> Spark:
    """The resident's words without numbers, addresses and names of staff: what is told of it is everybody's."""
    found = appeals.get_for_staff(user, public_id)
    return Spark(
        origin=Origin.APPEAL,
        name=found.reference,
        url=reverse("feedback:appeal_one", args=[public_id]),
        problem=publishable(found.text),
        institution=found.institution,
        standard=found.standard,
        appeal=found,
    )


def _gap(number: str, words: str, _user: User, _reach: Reach) -> Spark:
    """The knowledge base lies above us: its page hands over the words, and its number where it has one."""
    known = _number(number) or None
    said = words.strip()[:LONGEST_WORDS]
    problem = _("Residents look for an answer and do not find it: “%(words)s”.") % {"words": said} if said else ""
    url = _gap_url(known) if known else ""
    return Spark(origin=Origin.GAP, name=said, url=url, title=said, problem=problem, gap=known)


_READERS: dict[str, Callable[[str, str, User, Reach], Spark]] = {
    MEASUREMENT: _measurement,
    SURVEY: _survey,
    APPEAL: _appeal,
    GAP: _gap,
}


def _number(typed: str) -> int:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else 0


def _measurement_url(pk: int) -> str:
    return reverse("dashboard:measurement", args=[pk])


def _gap_url(pk: int) -> str:
    return reverse("knowledge:gap", args=[pk])


@dataclass(frozen=True, slots=True)
class Source:
    """What set an improvement off, as its card says it; `url` is empty where there is nothing to open."""

    name: str
    url: str = ""


def source_of(improvement: Improvement) -> Source:
    """Read from a row with its `measurement`, `survey` and `standard`; asks nothing more."""
    label = str(improvement.get_origin_display())
    if improvement.measurement is not None:
        return Source(label, _measurement_url(improvement.measurement.pk))
    if improvement.survey is not None:
        address = reverse("feedback:survey_results", args=[improvement.survey.public_id])
        return Source(label, f"{address}#card-{improvement.survey_question}")
    if improvement.gap is not None:
        return Source(label, _gap_url(improvement.gap))
    return Source(label)


def begun_from(**spark: Any) -> list[Improvement]:
    """Improvements that something set off, the newest first: `measurement=7`, `survey=…`, `gap=3`."""
    return list(Improvement.objects.filter(**spark).order_by("-proposed_on", "code"))
