"""Another town's practice brought in: as drafts, so that nothing is promised before somebody here has decided it.

What is here already under the same code and says something else is a conflict: it stays as it is unless it is taken by
name, and then it waits as a draft beside what is published.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db import models, transaction
from django.utils.html import escape
from django.utils.translation import override

from charter.feedback.models import Improvement, ImprovementGoal, ImprovementStep, Origin, Survey
from charter.models import Charter, Commitment, Institution, Service, ServiceStandard
from kb import watching
from kb.models import LegalAct, Topic
from portal.core import audit, clock
from portal.core.languages import DEFAULT, LANGUAGES, column
from portal.demo import articles, commitments, comparing, survey_files
from portal.demo.comparing import Difference, Outcome
from portal.demo.practice.form import FILE, GOAL, KEYS, TEXTS, TEXTS_OR_NOTHING
from portal.demo.reading import Entry, Pack, PackError, Texts
from portal.demo.records import Record, check
from portal.demo.writing import Writer

_POINTED_AT: dict[str, type[models.Model]] = {"topics": Topic, "services": Service, "institutions": Institution}


@dataclass(frozen=True, slots=True)
class Practice:
    """Everything of the pack, read and checked. `left_out`: what it points at that is not here."""

    entry: Entry
    records: list[Record]
    surveys: list[tuple[Entry, Survey]]
    left_out: tuple[str, ...]

    @property
    def code(self) -> str:
        """Its code here: the same practice of the same town is the same improvement."""
        town = self.entry.may("town", str, "")
        digest = hashlib.sha256(f"{town} {self.entry.get('code', str)}".encode()).hexdigest()
        return f"P-{digest[:10]}"


def is_practice(pack: Pack) -> bool:
    return pack.has(FILE)


def read(pack: Pack) -> Practice:
    """Raises PackError at the first thing that cannot be understood, and with all that the database would refuse."""
    with override(DEFAULT):
        entry = pack.one(FILE)
        entry.knows(*KEYS)
        left_out: list[str] = []
        records = [*_promises(pack), *(_article(record, left_out) for record in articles.read(pack))]
        asked = pack.many("surveys.yaml") if pack.has("surveys.yaml") else []
        practice = Practice(entry, records, [(one, survey_files.draft_of(one)) for one in asked], tuple(left_out))
        _improvement(practice, frozenset())
        wrong = [one for one in check(records) if "in the pack" not in one]
    if wrong:
        raise PackError("\n".join(wrong))
    return practice


def _promises(pack: Pack) -> Iterator[Record]:
    """Promises and their standards; which charter they stood in and since when says nothing here."""
    if pack.has("commitments.yaml"):
        for record in commitments.read_into(pack, charter="", valid_from=None):
            left = {name: value for name, value in record.values.items() if name not in ("order", "valid_from")}
            yield replace(record, values=left, one={} if record.model is Commitment else record.one)


def _article(record: Record, left_out: list[str]) -> Record:
    """Without the topics, services, institutions and acts that this town does not have."""
    many = {}
    for name, codes in record.many.items():
        here = set(_POINTED_AT[name]._default_manager.filter(code__in=codes).values_list("code", flat=True))
        many[name] = [code for code in codes if code in here]
        left_out += [f"{record.code}: {name} {code}" for code in codes if code not in here]
    acts = {one.one["act"] for one in record.children["citations"]}
    known = set(LegalAct.objects.filter(code__in=acts).values_list("code", flat=True))
    left_out += [f"{record.code}: act {code}" for code in acts if code not in known]
    citations = [one for one in record.children["citations"] if one.one["act"] in known]
    return replace(record, many=many, children={"citations": citations}, one={"office": None})


def compare(practice: Practice) -> list[Difference]:
    """What would become of each entry. Only reads."""
    found = [
        replace(one, outcome=Outcome.CONFLICT) if one.outcome is Outcome.CHANGED else one
        for one in comparing.compare(practice.records)
    ]
    found += [_of(Survey, entry, any(survey_files.asks_the_same(draft))) for entry, draft in practice.surveys]
    return [*found, _of(Improvement, practice.entry, Improvement.objects.filter(code=practice.code).exists())]


def _of(model: type[models.Model], entry: Entry, is_here: bool) -> Difference:
    code = {"code": entry.data["code"]} if "code" in entry.data else {}
    return Difference(Record(model, entry.place, key=code), Outcome.SAME if is_here else Outcome.NEW)


@transaction.atomic
def bring_in(practice: Practice, *, take: Collection[str] = ()) -> Improvement:
    """Write it as drafts, or nothing; the improvement stands on the board. Bringing it in again changes nothing."""
    found = compare(practice)
    foreign = {one.record.code for one in comparing.conflicts(found, take)}
    new = {one.name for one in found if one.outcome is Outcome.NEW or one.name in take}
    with override(DEFAULT), watching.paused():
        records = [ready for record in practice.records if (ready := _ready(record, practice, new)) is not None]
        Writer(take=take, as_drafts=True).write(records)
        standards = dict(ServiceStandard.objects.exclude(code__in=foreign).values_list("code", "pk"))
        for entry, draft in practice.surveys:
            if not any(survey_files.asks_the_same(draft)):
                draft.standard_id = standards.get(entry.may("standard", str, ""))
                draft.save()
                audit.record("survey.brought_in", draft, by=audit.SYSTEM)
        here = Improvement.objects.filter(code=practice.code).first()
        return here or _put_on_the_board(practice, frozenset(foreign))


def _ready(record: Record, practice: Practice, new: Collection[str]) -> Record | None:
    """A record as it is written here: a new promise stands in a draft of a charter, a new standard is valid from today.

    Promises have no drafts of their own, so one that is here already is not touched.
    """
    is_new = f"{record.model._meta.model_name}:{record.code}" in new
    if record.model is Commitment:
        return replace(record, within={"charter": _draft_of_charter(practice).code}) if is_new else None
    if record.model is ServiceStandard and is_new:
        return replace(record, values={**record.values, "valid_from": clock.today()})
    return record


def _draft_of_charter(practice: Practice) -> Charter:
    """Where promises wait that another town brought: nobody reads it before somebody publishes it."""
    titles = {column("title", code): said for code, said in practice.entry.texts("title").items()}
    given = {**titles, "in_force_from": clock.today(), "live": False}
    return Charter.objects.get_or_create(code=practice.code.lower(), defaults=given)[0]


def _put_on_the_board(practice: Practice, foreign: frozenset[str]) -> Improvement:
    improvement, goals = _improvement(practice, foreign)
    for language in LANGUAGES:
        if language != improvement.source_language and getattr(improvement, column("title", language)):
            improvement.declare_translated(language)
    improvement.save(force_insert=True)
    for goal in goals:
        goal.improvement = improvement
        goal.save()
    improvement.save_revision(clean=False, log_action=False)
    ImprovementStep.objects.create(improvement=improvement, stage=improvement.stage, at=clock.now())
    audit.record("improvement.brought_in", improvement, by=audit.SYSTEM)
    return improvement


def _improvement(practice: Practice, foreign: frozenset[str]) -> tuple[Improvement, list[ImprovementGoal]]:
    """The same problem and change, to be begun here; what was reached there stands in the lesson."""
    entry = practice.entry
    texts = {name: entry.texts(name) for name in TEXTS} | {name: entry.may_texts(name) for name in TEXTS_OR_NOTHING}
    results = entry.may_texts("results")
    for language in LANGUAGES:
        lines = "".join(f"<p>{escape(line)}</p>" for line in results[language].splitlines())
        texts["lesson"][language] += lines
    origin = entry.may("origin", str, Origin.STAFF)
    if origin not in Origin.values:
        raise entry.wrong("origin", f"{origin!r} is nothing that sets an improvement off")
    improvement = Improvement(
        code=practice.code,
        origin=origin,
        taken_from=entry.may("town", str, "–")[:200],
        standard=_standard(entry, foreign),
        proposed_on=clock.today(),
        live=False,
        **_columns(texts),
    )
    improvement.clean_fields(exclude=["slug", "code", "standard"])
    return improvement, [_goal(goal, place, foreign) for place, goal in enumerate(entry.entries("goals"))]


def _goal(entry: Entry, place: int, foreign: frozenset[str]) -> ImprovementGoal:
    entry.knows(*GOAL)
    target = entry.data.get("target")
    if target is not None and (isinstance(target, bool) or not isinstance(target, int | float)):
        raise entry.wrong("target", f"{target!r} should be a number")
    texts = {"name": entry.texts("name"), "unit": entry.may_texts("unit")}
    return ImprovementGoal(order=place, target=target, standard=_standard(entry, foreign), **_columns(texts))


def _standard(entry: Entry, foreign: frozenset[str]) -> ServiceStandard | None:
    """The one of this code here, unless the code means something else here."""
    code = entry.may("standard", str, "")
    return None if code in foreign else ServiceStandard.objects.filter(code=code).first()


def _columns(texts: dict[str, Texts]) -> dict[str, Any]:
    return {column(name, code): said[code] for name, said in texts.items() for code in LANGUAGES}
