"""What the town changed, and figures that its people brought: stories, improvements, checked by a second person."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from random import Random

from django.utils.translation import override

from charter import figures
from charter.feedback.models import Improvement, ImprovementGoal, ImprovementStage, ImprovementStep, Story
from charter.models import Membership, Role, ServiceStandard
from charter.models.content import EditedContent
from charter.periods import quarter_of
from portal.core import clock
from portal.core.languages import DEFAULT, LANGUAGES, column
from portal.dashboard.periods import back, before, moment, month_of
from portal.demo.history.town import Town
from portal.demo.reading import Entry, Texts

STORY_DAY = 20
AFTER = dt.timedelta(days=95)


def tell_stories(words: Entry, town: Town) -> list[Story]:
    """“You said – we changed”, one a month as far as the town got."""
    found = []
    for entry in words.entries("stories"):
        entry.knows("code", "months_ago", "institution", "said", "changed")
        story = Story(
            code=entry.get("code", str),
            told_on=_month(entry.get("months_ago", int)).replace(day=STORY_DAY),
            institution=town.institutions.get(entry.may("institution", str, "")),
            is_demo=True,
            **_columns(said=entry.texts("said"), changed=entry.texts("changed")),
        )
        _publish(story)
        found.append(story)
    return found


def tell_improvements(words: Entry, town: Town) -> None:
    """Changes with a measured before and after, all of them finished."""
    for entry in words.entries("improvements"):
        entry.knows("code", "origin", "institution", "months", "held", *_TEXTS, "goals")
        begun, finished = (_month(int(months)) for months in entry.get("months", list))
        standard = next((goal.may("standard", str, "") for goal in entry.entries("goals")), "")
        held = entry.may("held", bool, False)
        improvement = Improvement(
            code=entry.get("code", str),
            origin=entry.get("origin", str),
            institution=town.institutions.get(entry.may("institution", str, "")),
            standard=ServiceStandard.objects.filter(code=standard).first(),
            stage=ImprovementStage.FINISHED,
            proposed_on=begun,
            finished_on=finished,
            held=held or None,
            held_checked_on=finished + AFTER if held else None,
            is_demo=True,
            **_columns(**{name: entry.texts(name) for name in _TEXTS}),
        )
        setattr(improvement, "goals", [_goal(goal, begun, finished) for goal in entry.entries("goals")])  # noqa: B010
        _publish(improvement)
        stages = (ImprovementStage.PROPOSED, ImprovementStage.CHANGING, ImprovementStage.FINISHED)
        days = (begun, begun + (finished - begun) / 2, finished)
        ImprovementStep.objects.bulk_create(
            ImprovementStep(improvement=improvement, stage=stage, at=moment(day) + dt.timedelta(hours=9))
            for stage, day in zip(stages, days, strict=True)
        )


_TEXTS = ("slug", "title", "problem", "boundaries", "change", "lesson")


def bring_figures(words: Entry) -> None:
    """Figures by hand for every whole quarter, each confirmed by another person than the one who brought it."""
    found = Membership.objects.filter(role__in=(Role.MANAGER, Role.ADMINISTRATOR), institution=None)
    people = [each.user for each in found.select_related("user").order_by("pk")]
    if len(people) < 2:
        return
    newest = before(quarter_of(clock.today()))
    for entry in words.entries("figures"):
        entry.knows("standard", "of", "share", "most", "source")
        standard = ServiceStandard.objects.filter(code=entry.get("standard", str), live=True).first()
        for place, quarter in enumerate(back(newest, 4)):
            if standard is None or quarter.start < standard.valid_from:
                continue
            rng = Random(f"{standard.code} {quarter.code}")  # noqa: S311  (a demonstration, not a secret)
            of = entry.may("of", int, 0)
            many = of + rng.randrange(-6, 7) if of else None
            share = float(entry.may("share", float, 0.0))
            kept = sum(rng.random() < share for _ in range(many)) if many else min(place, entry.may("most", int, 0))
            figure = figures.enter(
                standard,
                institution=None,
                period=quarter,
                numerator=kept,
                denominator=many,
                source=entry.get("source", str),
                by=people[0],
            )
            figures.confirm(figure, by=people[1])


def _goal(entry: Entry, begun: dt.date, finished: dt.date) -> ImprovementGoal:
    entry.knows("before", "target", "after", "standard", "name", "unit")
    standard = ServiceStandard.objects.filter(code=entry.may("standard", str, "")).first()
    values = {
        name: None if entry.data.get(name) is None else Decimal(str(entry.data[name]))
        for name in ("before", "target", "after")
    }
    return ImprovementGoal(
        standard=standard,
        before_quarter=before(quarter_of(begun)).start if standard else None,
        after_quarter=quarter_of(finished).start if standard else None,
        **values,
        **_columns(name=entry.texts("name"), unit=entry.texts("unit")),
    )


def _month(ago: int) -> dt.date:
    """The first day of the month so many months ago."""
    return back(month_of(clock.today()), ago + 1)[-1].start


def _columns(**texts: Texts) -> dict[str, str]:
    return {column(name, code): said[code] for name, said in texts.items() for code in LANGUAGES}


def _publish(row: EditedContent) -> None:
    """With its history and with its translations declared, as an editor would leave it."""
    with override(DEFAULT):
        for code in LANGUAGES:
            if code != row.source_language:
                row.declare_translated(code)
        row.save()
        row.save_revision(clean=False, log_action=False).publish(skip_permission_checks=True)
