"""Own words of a survey, put together by area and by the terms that come up most. They were masked when kept."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import F

from charter.feedback.models import Survey, SurveyAnswer
from charter.feedback.surveys.definition import Kind
from charter.feedback.surveys.languages import definition_of
from charter.feedback.surveys.results import visible_until
from charter.models import Area
from portal.core import clock
from portal.core.readable import Readable
from portal.core.statistics import NOTHING_BELOW

SEEN_IN = 3
MOST_TERMS = 12
_WORD = re.compile(r"[^\W\d_]{4,}")
# Words that say nothing by themselves, by their beginning as terms are compared.
_EMPTY = frozenset(
    """
    buvo labai kaip todėl nebuv turėt galėt reiki kurie prie mano jūsų viska
    было очень чтобы когда потом можно нужно если этого только были меня какие
    було дуже щоби коли потім можна треба якщо цього тільки були мене
    were very that this with when have from they there would could should what your more been which about
    """.split()  # noqa: SIM905  (a list of words reads better as words)
)


@dataclass(frozen=True, slots=True)
class Said(Readable):
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class Term(Readable):
    """A term with what was written around it; without a word: the rest."""

    word: str
    said: tuple[Said, ...]

    @property
    def some(self) -> list[Said]:
        """A few of them for paper, none twice."""
        return list(dict.fromkeys(self.said))[:5]


@dataclass(frozen=True, slots=True)
class AreaWords(Readable):
    """`label`: the area in words, empty for none."""

    label: str
    terms: tuple[Term, ...]
    count: int


def words_of(survey: Survey) -> list[AreaWords]:
    """By area; nothing of a question that fewer than ten people wrote to."""
    areas: dict[str, list[Said]] = defaultdict(list)
    for question in definition_of(survey).questions:
        if question.kind == Kind.TEXT:
            areas[question.area] += _said(survey, question.code)
    labels = dict(Area.choices)
    order = [*Area.values, ""]
    return [
        AreaWords(str(labels.get(area, "")), _terms(areas[area]), len(areas[area])) for area in order if areas[area]
    ]


def _said(survey: Survey, code: str) -> list[Said]:
    """What was written, by random keys: the order tells nothing."""
    rows = SurveyAnswer.objects.filter(response__survey=survey, question=code).exclude(text="").order_by("id")
    found = list(rows.values_list("text", F("response__language"), F("response__day")))
    today = clock.today()
    if not survey.is_over(today):
        last = visible_until(Counter(day for _text, _language, day in found), today)
        found = [row for row in found if last is not None and row[2] <= last]
    return [Said(text, language) for text, language, _day in found] if len(found) >= NOTHING_BELOW else []


def _terms(said: list[Said]) -> tuple[Term, ...]:
    """Each text under the most frequent term it holds."""
    stems = [_stems(one) for one in said]
    spoken: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    seen = Counter(stem for found in stems for stem in found)
    for found in stems:
        for stem, word in found.items():
            spoken[stem][word] += 1
    terms = [stem for stem, n in seen.most_common(MOST_TERMS) if n >= SEEN_IN]
    heaps: dict[tuple[str, str] | None, list[Said]] = defaultdict(list)
    for one, found in zip(said, stems, strict=True):
        heaps[next((stem for stem in terms if stem in found), None)].append(one)
    named = [Term(spoken[stem].most_common(1)[0][0], tuple(heaps[stem])) for stem in terms if heaps[stem]]
    return (*named, *([Term("", tuple(heaps[None]))] if heaps[None] else []))


def _stems(one: Said) -> dict[tuple[str, str], str]:
    """{(language, beginning of a word): the word}: endings change in three of our languages, beginnings hardly."""
    words = (word.casefold() for word in _WORD.findall(one.text))
    return {(one.language, word[:5]): word for word in words if word not in _EMPTY and word[:5] not in _EMPTY}
