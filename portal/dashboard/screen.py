"""The manager's page in words and drawings: figures become sentences, shares become bars."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise as Lazy
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from charter.promises import Promise
from chat.models import Channel
from portal.core import charts, figures
from portal.core.figures import number, percent, roughly, spread
from portal.core.statistics import Share, wilson
from portal.dashboard.metrics import Wait
from portal.dashboard.overview import Overview
from portal.dashboard.satisfaction import Group
from portal.dashboard.scope import OVERVIEW, Dimension, Scope

SATISFIED = "satisfied_share"
LANGUAGE_NAMES: dict[str, str | Lazy] = {
    "lt": gettext_lazy("Lithuanian"),
    "ru": gettext_lazy("Russian"),
    "en": gettext_lazy("English"),
    "uk": gettext_lazy("Ukrainian"),
}


def language_name(code: str) -> str:
    """A language's name, as it begins a line."""
    return str(capfirst(str(LANGUAGE_NAMES.get(code, code))))


@dataclass(frozen=True, slots=True)
class Head:
    """One of the figures at the top. `turn` is the arrow's name: up, down or flat; `feeling` colours it."""

    name: str
    value: str
    note: str
    change: str = ""
    turn: str = "flat"
    feeling: str = "soft"


def heads(shown: Overview) -> list[Head]:
    """Five independent counts; the two of searches only where the whole city is in sight."""
    now, before = shown.counted.now, shown.counted.earlier
    is_open = shown.scope.is_open
    found = []
    if now.searches is not None and now.found is not None:
        found.append(
            _counted(_("Searches"), now.searches, before.searches or 0, _("What residents looked for"), is_open)
        )
        share = _shared(_("Found something"), now.found, now.searches, before.found or 0, before.searches or 0, is_open)
        found.append(share)
    note = _("Conversations by chat, phone and at the counter")
    found.append(_counted(_("Asked us"), now.asked, before.asked, note, is_open))
    found.append(_shared(_("Got an answer"), now.answered, now.asked, before.answered, before.asked, is_open))
    return [*found, _content(shown)]


def _counted(name: str, n: int, before: int, note: str, is_open: bool) -> Head:
    if is_open or not before:
        return Head(name, number(n), note)
    turn = "flat" if n == before else "up" if n > before else "down"
    return Head(name, number(n), note, by_how_many(n - before), turn)


def by_how_many(difference: int) -> str:
    if difference == 0:
        return _("as many as in the period before")
    if difference > 0:
        text = ngettext("%(n)s more than in the period before", "%(n)s more than in the period before", difference)
        return text % {"n": number(difference)}
    text = ngettext("%(n)s fewer than in the period before", "%(n)s fewer than in the period before", -difference)
    return text % {"n": number(-difference)}


def _shared(name: str, part: int, of: int, part_before: int, before: int, is_open: bool) -> Head:
    note = _("%(part)s of %(of)s") % {"part": number(part), "of": number(of)}
    if not of:
        return Head(name, "–", note)
    if is_open or not before:
        return Head(name, percent(part / of), note)
    now, earlier = wilson(part, of), wilson(part_before, before)
    is_clear = now.low > earlier.high or now.high < earlier.low
    change, turn, feeling = points(part / of - part_before / before if is_clear else 0.0)
    return Head(name, percent(part / of), note, change, turn, feeling)


def points(difference: float) -> tuple[str, str, str]:
    """(words, arrow, feeling) of a change of a share."""
    points = round(abs(difference) * 100)
    if not points:
        return _("no clear change"), "flat", "soft"
    if difference > 0:
        text = ngettext("%(n)s percentage point more", "%(n)s percentage points more", points)
        return text % {"n": points}, "up", "is-better"
    text = ngettext("%(n)s percentage point less", "%(n)s percentage points less", points)
    return text % {"n": points}, "down", "is-worse"


def _content(shown: Overview) -> Head:
    name, content = _("Content with our help"), shown.satisfaction
    if content.is_open:
        return Head(name, "–", _("Ratings are shown when the period is over"))
    whole = content.whole
    if not whole.is_figure:
        return Head(name, "–", said_of(whole))
    parts = {"interval": spread(whole.interval), "n": number(whole.of)}
    note = ngettext("Interval %(interval)s, %(n)s rating", "Interval %(interval)s, %(n)s ratings", whole.of)
    clear = whole.differs_from(content.earlier)
    change, turn, feeling = points(whole.value - content.earlier.value if clear else 0.0)
    return Head(name, percent(whole.value), note % parts, change, turn, feeling)


def said_of(share: Share) -> str:
    """A share in a word or a figure, as far as it may be said."""
    return figures.said(share, most=_("most are content"), most_not=_("most are not content"))


def name_of(group: Group, dimension: Dimension) -> str:
    if dimension is Dimension.LANGUAGE:
        return language_name(group.name.text)
    if dimension is Dimension.CHANNEL:
        return capfirst(str(dict(Channel.choices).get(group.name.text, group.name.text)))
    return group.name.text


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One line of the breakdown's table."""

    name: str
    said: str
    interval: str
    answers: str


def group_rows(shown: Overview) -> list[GroupRow]:
    return [
        GroupRow(
            name_of(group, shown.scope.dimension),
            said_of(group.share),
            spread(group.share.interval) if group.share.is_figure else "–",
            roughly(group.share.shown, group.share.of),
        )
        for group in shown.satisfaction.groups
    ]


def group_chart(shown: Overview) -> charts.Bars:
    values = [
        charts.Value(
            name=name_of(group, shown.scope.dimension),
            said=said_of(group.share),
            share=group.share.value if group.share.is_figure else None,
            interval=(group.share.interval.low, group.share.interval.high) if group.share.is_figure else None,
        )
        for group in shown.satisfaction.groups
    ]
    return charts.bars(values, target=target_of(shown))


def target_of(shown: Overview) -> float | None:
    """How many were promised to be content."""
    return next((promise.target for promise in shown.promises if promise.metric == SATISFIED), None)


@dataclass(frozen=True, slots=True)
class Step:
    """One count of the way from a question to a content person, and what it is a part of."""

    name: str
    n: int
    of: int


def steps(shown: Overview) -> list[Step]:
    now, content = shown.counted.now, shown.satisfaction
    found = []
    if now.searches is not None and now.found is not None:
        found = [Step(_("Searches"), now.searches, 0), Step(_("Found something"), now.found, now.searches)]
    found += [Step(_("Asked us"), now.asked, 0), Step(_("Got an answer"), now.answered, now.asked)]
    if content.whole.is_figure:
        whole = content.whole
        found += [Step(_("Rated us"), whole.of, 0), Step(_("Were content"), whole.count, whole.of)]
    return found


def step_chart(shown_steps: list[Step]) -> charts.Bars:
    most = max((max(step.n, step.of) for step in shown_steps), default=0) or 1
    return charts.bars(
        charts.Value(
            step.name,
            f"{number(step.n)} · {percent(step.n / step.of)}" if step.of else number(step.n),
            step.n / most,
            (step.of - step.n) / most if step.of else None,
        )
        for step in shown_steps
    )


def duration(seconds: float) -> str:
    """A wait in words: seconds, or minutes with one place."""
    if seconds < 90:
        whole = round(seconds)
        return ngettext("%(n)s second", "%(n)s seconds", whole) % {"n": whole}
    return _("%(minutes)s min") % {"minutes": number_format(seconds / 60, 1)}


def wait_chart(waits: list[Wait]) -> charts.Bars:
    most = max((wait.seconds for wait in waits), default=0.0) or 1.0
    return charts.bars(
        charts.Value(language_name(wait.language), duration(wait.seconds), wait.seconds / most) for wait in waits
    )


def wait_warning(shown: Overview) -> str:
    """Who waits much longer than the others, as a sentence; empty when nobody does."""
    found = shown.waits_longest
    if found is None:
        return ""
    sentence = {
        "lt": _("People who write in Lithuanian wait %(times)s times as long as the others."),
        "ru": _("People who write in Russian wait %(times)s times as long as the others."),
        "en": _("People who write in English wait %(times)s times as long as the others."),
        "uk": _("People who write in Ukrainian wait %(times)s times as long as the others."),
    }[found[0].language]
    return sentence % {"times": number_format(found[1], 1)}


def lead(shown: Overview) -> str:
    """What matters most, in one or two sentences."""
    missed = len(shown.missed)
    if missed:
        text = ngettext("%(n)s promise was not kept.", "%(n)s promises were not kept.", missed) % {"n": missed}
    elif any(line.result and line.result.is_judged for line in shown.lines):
        text = _("No promise was clearly broken.")
    else:
        text = _("No promise can be judged yet.")
    return f"{text} {wait_warning(shown)}".strip()


def trend_chart(promise: Promise | None) -> charts.Trend | None:
    if promise is None:
        return None
    points = [
        charts.Point(result.period.code, result.value or 0.0, result.low or 0.0, result.high or 0.0)
        for result in promise.trend
    ]
    return charts.trend(points, target=promise.target)


def choices(scope: Scope) -> dict[str, Any]:
    """What the filters offer."""
    return {
        "dimensions": [(each.value, each.label) for each in OVERVIEW],
        "offices": scope.offices if len(scope.offices) > 1 else (),
    }
