"""Results in words and figures: for the page, the report on paper and the files, all from the same blocks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from charter.feedback.models import Improvement, Way
from charter.feedback.surveys.definition import Kind, Question
from charter.feedback.surveys.results import LANGUAGE, NO_ANSWER, WAY, Block, Results
from charter.feedback.surveys.words import AreaWords
from charter.models import Area
from portal.core import figures
from portal.core.figures import number, percent, roughly, spread
from portal.core.languages import Localised, current
from portal.core.readable import Readable
from portal.core.statistics import Share, Shown
from portal.core.templatetags.parama import language_name

COLUMNS = (
    "survey", "from", "until", "question", "text", "broken_down_by", "group", "answer",
    "count", "of", "share", "low", "high", "note", "is_demonstration",
)  # fmt: skip
WIDTH = 100.0


@dataclass(frozen=True, slots=True)
class Line(Readable):
    """One answer or group with its bar, 0–100 wide; `bar` empty where no figure may be shown."""

    name: Localised
    said: str
    interval: str
    answers: str
    bar: str = ""
    low: str = ""
    high: str = ""
    span: str = ""


@dataclass(frozen=True, slots=True)
class Card(Readable):
    """One question with its results. `head`: the good share, in a figure or a word; `begun`: what it set off."""

    code: str
    text: Localised
    area: str
    answers: str
    note: str
    head: str
    head_words: str
    interval: str
    mean: str
    change: str
    feeling: str
    lines: tuple[Line, ...]
    groups: tuple[Line, ...]
    begun: tuple[Improvement, ...] = ()


def cards(found: Results) -> list[Card]:
    """One a question, in the order of the survey, with the improvements it set off: one query."""
    begun: dict[str, list[Improvement]] = defaultdict(list)
    for each in Improvement.objects.filter(survey=found.survey).order_by("proposed_on", "code"):
        begun[each.survey_question].append(each)
    return [replace(_card(found, block), begun=tuple(begun[block.question.code])) for block in found.blocks]


def dimension_name(found: Results, by: str) -> str:
    """What results are broken down by, in words."""
    if by == LANGUAGE:
        return _("Language")
    if by == WAY:
        return _("How the answers came in")
    return found.definition.say(found.definition.by_code[by].text, current()).text


def rows(found: Results, words: list[AreaWords]) -> list[dict[str, Any]]:
    """The same cells as the page, one a row; what the page keeps back stays back here."""
    survey = found.survey
    common = {
        "survey": found.definition.say(found.definition.title, current()).text,
        "from": survey.opens_on.isoformat() if survey.opens_on else None,
        "until": survey.closes_on.isoformat() if survey.closes_on else None,
        "is_demonstration": survey.is_demo,
    }
    blank = dict.fromkeys(COLUMNS)
    return [{**blank, **common, **row} for row in _rows(found, words)]


def _rows(found: Results, words: list[AreaWords]) -> Iterator[dict[str, Any]]:
    for block in found.blocks:
        asked = {"question": block.question.code, "text": _text(found, block.question).text}
        yield from ({**asked, **row} for row in _block_rows(found, block))
        for group, part in found.groups.get(block.question.code, {}).items():
            by = {"broken_down_by": dimension_name(found, found.by), "group": _group_name(found, group).text}
            yield from ({**asked, **by, **row} for row in _block_rows(found, part))
    for area in words:
        for term in area.terms:
            for said in term.said:
                yield {"question": "words", "text": area.label, "group": term.word, "answer": said.text}


def _block_rows(found: Results, block: Block) -> Iterator[dict[str, Any]]:
    note = block.shown.value
    if not block.is_figure:
        yield {"note": note}
        return
    if block.question.steps:
        yield {"answer": _good_words(block.question), **_cell(block.good), "note": note}
    for value, share in block.shares.items():
        yield {"answer": _answer_name(found, block.question, value).text, **_cell(share), "note": note}


def _cell(share: Share) -> dict[str, Any]:
    return {
        "count": share.count,
        "of": share.of,
        "share": round(share.value, 4),
        "low": round(share.interval.low, 4),
        "high": round(share.interval.high, 4),
    }


def _card(found: Results, block: Block) -> Card:
    question = block.question
    change, feeling = _change(block)
    return Card(
        code=question.code,
        text=_text(found, question),
        area=str(dict(Area.choices).get(question.area, "")),
        answers=roughly(block.shown, block.of),
        note=_note(block.shown, running=found.is_running),
        head=_said(block.good, question) if question.steps else "",
        head_words=_good_words(question) if question.steps else "",
        interval=_interval(block.good),
        mean=_mean(block),
        change=change,
        feeling=feeling,
        lines=tuple(
            _line(_answer_name(found, question, value), share, question) for value, share in block.shares.items()
        ),
        groups=tuple(
            _line(_group_name(found, group), part.good, question, of=part.of)
            for group, part in found.groups.get(question.code, {}).items()
            if question.steps
        ),
    )


def _line(name: Localised, share: Share, question: Question, *, of: int | None = None) -> Line:
    """A share as a line; beside a group stands `of` how many it is, beside an answer how many gave it."""
    if not share.is_figure:
        return Line(name, _said(share, question), "–", roughly(share.shown, share.of))
    low, high = share.interval.low * WIDTH, share.interval.high * WIDTH
    return Line(
        name,
        percent(share.value),
        _interval(share),
        number(share.count if of is None else of),
        bar=f"{share.value * WIDTH:.1f}",
        low=f"{low:.1f}",
        high=f"{high:.1f}",
        span=f"{high - low:.1f}",
    )


def _interval(share: Share) -> str:
    return spread(share.interval) if share.is_figure else ""


def _said(share: Share, question: Question) -> str:
    return figures.said(share, most=_("most answered well"), most_not=_("most did not answer well"))


def _note(shown: Shown, *, running: bool) -> str:
    if shown is Shown.FULL:
        return ""
    if running:
        return _("There are too few answers yet. They are added here ten or more at a time.")
    return {
        Shown.NOTHING: _("Fewer than ten answered, so nothing is shown."),
        Shown.TOO_FEW: _("There are too few answers to show a figure."),
        Shown.DIRECTION: _("There are only enough answers to say which way they lean."),
    }[shown]


def _good_words(question: Question) -> str:
    if question.kind == Kind.FACES:
        return _("answered “well” or “very well”")
    return _("answered 4 or 5") if question.kind == Kind.SCALE5 else _("answered 5, 6 or 7")


def _mean(block: Block) -> str:
    if block.mean is None:
        return ""
    mean = number_format(round(block.mean, 1), 1)
    return _("Mean: %(mean)s of %(most)s") % {"mean": mean, "most": block.question.steps}


def _change(block: Block) -> tuple[str, str]:
    """(words, feeling) of the change since the period before."""
    if block.before is None or not (block.good.is_figure and block.before.is_figure):
        return "", ""
    if not block.has_changed:
        return _("No clear change since the last survey (%(before)s)") % {"before": percent(block.before.value)}, "soft"
    points = round(abs(block.good.value - block.before.value) * 100)
    if block.good.value > block.before.value:
        words = ngettext(
            "%(n)s percentage point more than in the last survey",
            "%(n)s percentage points more than in the last survey",
            points,
        )
        return words % {"n": points}, "is-better"
    words = ngettext(
        "%(n)s percentage point less than in the last survey",
        "%(n)s percentage points less than in the last survey",
        points,
    )
    return words % {"n": points}, "is-worse"


def _text(found: Results, question: Question) -> Localised:
    return found.definition.say(question.text, current())


_FACES = {"1": "Very badly", "2": "Badly", "3": "So-so", "4": "Well", "5": "Very well"}


def _answer_name(found: Results, question: Question, value: str) -> Localised:
    language = current()
    if question.kind == Kind.FACES:
        return Localised(_(_FACES[value]), language)
    if question.steps:
        ends = {"1": question.low, str(question.steps): question.high}.get(value)
        said = found.definition.say(ends, language) if ends else Localised("", language)
        return Localised(f"{value} – {said.text}" if said else value, said.language, said.is_fallback)
    return next(found.definition.say(option.text, language) for option in question.options if option.code == value)


def _group_name(found: Results, group: str) -> Localised:
    language = current()
    if group == NO_ANSWER:
        return Localised(_("did not answer this"), language)
    if found.by == LANGUAGE:
        return Localised(capfirst(language_name(group)), language)
    if found.by == WAY:
        return Localised(capfirst(str(dict(Way.choices).get(group, group))), language)
    return _answer_name(found, found.definition.by_code[found.by], group)
