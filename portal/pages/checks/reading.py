"""Instruments as pages show them: texts in the reader's language, prepared together, a few queries a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from charter.models import Service, Source
from charter.selectors import standards_in_force
from portal.core.addresses import address
from portal.core.languages import Localised, lines_of
from portal.core.readable import Readable
from portal.core.references import References
from portal.core.sums import in_euros
from portal.core.translations import columns_of, text
from portal.core.translations import rows as plain
from portal.instruments.conditions import Bases
from portal.instruments.definition import Kind, Question
from portal.instruments.scoring import Counted, Found, Line, Score, Worth
from portal.instruments.selectors import Sheet

_SERVICE_TEXTS = ("name", "slug", "summary", "fact", "documents", "price_headline", "term_headline")


@dataclass(frozen=True, slots=True)
class Choice(Readable):
    """One answer that can be chosen. `points`: None where points play no part."""

    code: str
    text: Localised
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Asked(Readable):
    """A question on a page, with what is answered and what is wrong with it."""

    code: str
    kind: str
    text: Localised
    help: Localised
    unit: Localised
    section: Localised
    choices: tuple[Choice, ...]
    value: str
    error: str
    is_conditional: bool
    is_nothing_chosen: bool

    @property
    def first(self) -> str:
        """The field an error leads to."""
        return f"q-{self.code}" if self.kind == Kind.NUMBER else f"q-{self.code}-{self.choices[0].code}"


@dataclass(frozen=True, slots=True)
class Help(Readable):
    """A service that helps: what one brings, pays, gets – and what is promised about it."""

    code: str
    url: str
    name: Localised
    fact: Localised
    price: Localised
    term: Localised
    documents: tuple[Localised, ...]
    promise: Localised


@dataclass(frozen=True, slots=True)
class Money(Readable):
    """A sum with how it was worked out; `total` empty: not confirmed."""

    label: Localised
    total: str
    how: str
    year: int | None


@dataclass(frozen=True, slots=True)
class Answered(Readable):
    """A question in the result: what was answered, and what it counted."""

    code: str
    text: Localised
    answers: tuple[Localised, ...]
    points: int
    counted: str


@dataclass(frozen=True, slots=True)
class Outcome(Readable):
    title: Localised
    text: Localised
    services: tuple[Help, ...]
    money: tuple[Money, ...]
    again_months: int
    is_sure: bool

    @property
    def is_one_service(self) -> bool:
        """It is called like the one service it names: one heading says both."""
        return len(self.services) == 1 and self.services[0].name.text == self.title.text


@dataclass(frozen=True, slots=True)
class Result(Readable):
    """Everything a result says."""

    outcomes: tuple[Outcome, ...]
    answered: tuple[Answered, ...]
    points: int
    most: int
    by_points: Localised
    because: Localised
    nothing: Localised
    unassessed: tuple[Localised, ...]
    years: tuple[int, ...]


def bases_of(today: Mapping[str, tuple[Decimal, int]]) -> Bases:
    return {code: amount for code, (amount, _year) in today.items()}


def asked(
    sheet: Sheet,
    questions: Iterable[Question],
    language: str,
    answers: Mapping[str, tuple[str, ...]],
    errors: Mapping[str, str],
) -> list[Asked]:
    """Questions as they stand on a page."""
    sections = {q.code: section.title for section in sheet.definition.sections for q in section.questions}
    questions = list(questions)
    helps = {question.code: sheet.said(question.help, language) for question in questions}
    found = References.of(helps.values())
    return [
        Asked(
            code=question.code,
            kind=question.kind,
            text=sheet.said(question.text, language),
            help=found.fill(helps[question.code]),
            unit=sheet.said(question.unit, language),
            section=sheet.said(sections[question.code], language),
            choices=tuple(
                Choice(option.code, sheet.said(option.text, language), option.code in answers.get(question.code, ()))
                for option in question.options
            ),
            value=next(iter(answers.get(question.code, ())), ""),
            error=errors.get(question.code, ""),
            is_conditional=bool(question.show_if.clauses),
            is_nothing_chosen="none" in answers.get(question.code, ()),
        )
        for question in questions
    ]


def result(sheet: Sheet, score: Score, today: Mapping[str, tuple[Decimal, int]], language: str) -> Result:
    """The result of one scoring, with the services it names."""
    definition = sheet.definition
    helps, years = _services({code for found in score.found for code in found.outcome.services}, language)
    texts = [sheet.said(found.outcome.text, language) for found in score.found]
    filled = References.of(texts)
    outcomes = tuple(
        Outcome(
            title=sheet.said(found.outcome.title, language),
            text=filled.fill(said),
            services=tuple(helps[code] for code in found.outcome.services if code in helps),
            money=tuple(_money(sheet, worth, today, language) for worth in found.worth),
            again_months=found.outcome.again_months,
            is_sure=found.is_sure,
        )
        for found, said in zip(score.found, texts, strict=True)
    )
    return Result(
        outcomes=outcomes,
        answered=tuple(_answered(sheet, line, language) for line in score.lines if line.counted != Counted.NOT_ASKED),
        points=score.points,
        most=score.most,
        by_points=sheet.said(score.by_points.title if score.by_points else {}, language),
        because=sheet.said(score.rule.because if score.rule else {}, language),
        nothing=sheet.said(definition.nothing, language),
        unassessed=tuple(sheet.said(question.text, language) for question in score.unassessed),
        years=tuple(sorted({*filled.years, *years, *_years(score.found, today)})),
    )


def _years(found: Iterable[Found], today: Mapping[str, tuple[Decimal, int]]) -> set[int]:
    bases = {worth.amount.sum.base for one in found for worth in one.worth if worth.amount.sum}
    bases |= {base for one in found for base in one.outcome.condition.bases()}
    return {today[base][1] for base in bases if base in today}


def _money(sheet: Sheet, worth: Worth, today: Mapping[str, tuple[Decimal, int]], language: str) -> Money:
    label, written = sheet.said(worth.amount.label, language), worth.amount.sum
    if worth.value is None or written is None or not written.base:
        total = "" if worth.value is None else in_euros(worth.value, language)
        return Money(label, total, "", None)
    amount, year = today[written.base]
    times = format(written.times, "f") if language == "en" else format(written.times, "f").replace(".", ",")
    how = f"{times} × {written.base} ({in_euros(amount, language)})"
    single = written.times * amount
    if worth.amount.per and single:
        how = f"{worth.value / single:f}".rstrip("0").rstrip(".") + f" × {how}" if worth.value else how
    return Money(label, in_euros(worth.value, language), how, year)


def _answered(sheet: Sheet, line: Line, language: str) -> Answered:
    answers = tuple(sheet.said(option.text, language) for option in line.chosen)
    if line.number is not None:
        unit = sheet.said(line.question.unit, language)
        answers = (Localised(f"{line.number:f} {unit}".strip(), language),)
    return Answered(line.question.code, sheet.said(line.question.text, language), answers, line.points, line.counted)


def _services(codes: set[str], language: str) -> tuple[dict[str, Help], list[int]]:
    """Published services by code, with the promise about each, and the years of their sums. Three queries."""
    if not codes:
        return {}, []
    rows = list(plain(Service).filter(code__in=codes, live=True).values("id", "code", *columns_of(_SERVICE_TEXTS)))
    promised = _promised([row["id"] for row in rows], language)
    texts = {row["code"]: {name: text(row, name, language) for name in _SERVICE_TEXTS} for row in rows}
    found = References.of(said for each in texts.values() for said in each.values())
    helps = {
        row["code"]: Help(
            code=row["code"],
            url=address("pages:service", row, language),
            name=texts[row["code"]]["name"],
            fact=found.fill(texts[row["code"]]["fact"]),
            price=found.fill(texts[row["code"]]["price_headline"]),
            term=found.fill(texts[row["code"]]["term_headline"]),
            documents=lines_of(found.fill(texts[row["code"]]["documents"])),
            promise=promised.get(row["id"], Localised("", language)),
        )
        for row in rows
    }
    return helps, found.years


def _promised(services: list[int], language: str) -> dict[int, Localised]:
    """The first promise about a decision on each service."""
    rows = (
        standards_in_force()
        .filter(commitment__service__in=services, institution=None, source=Source.CASES)
        .values("commitment__service", "service_id", *columns_of(("text",), prefix="commitment__"))
    )
    found: dict[int, Localised] = {}
    for row in rows:
        if row["service_id"] in (None, row["commitment__service"]):
            found.setdefault(row["commitment__service"], text(row, "text", language, prefix="commitment__"))
    return found
