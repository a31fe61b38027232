"""From the document that editors change to a definition that can be scored; everything wrong is named at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from portal.core.languages import LANGUAGES
from portal.instruments import conditions
from portal.instruments.conditions import Condition, Unreadable
from portal.instruments.definition import (
    NOTHING,
    Amount,
    Case,
    Deed,
    Definition,
    Document,
    Kind,
    Option,
    Outcome,
    Question,
    Rule,
    Section,
    Texts,
)

YES_NO = ("yes", "no")
LARGEST_NUMBER = 1_000_000


class Unsound(ValueError):
    """The document can't be used. `mistakes`: (where it stands, what is wrong with it as a code)."""

    def __init__(self, mistakes: list[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{where}: {what}" for where, what in mistakes))
        self.mistakes = mistakes


def read(document: Document) -> Definition:
    """The definition that `document` holds; raises Unsound with every mistake in it."""
    reader = _Reader()
    found = reader.definition(document)
    reader.mistakes += _inconsistent(found)
    if reader.mistakes:
        raise Unsound(reader.mistakes)
    return found


class _Reader:
    """Reads part by part and goes on after a mistake."""

    def __init__(self) -> None:
        self.mistakes: list[tuple[str, str]] = []

    def definition(self, data: Document) -> Definition:
        return Definition(
            title=self._texts(data, "title", "title", needed=True),
            lead=self._texts(data, "lead", "lead"),
            nothing=self._texts(data, "nothing", "nothing"),
            by_points=bool(data.get("by_points")),
            is_invented=bool(data.get("is_invented")),
            sections=tuple(self._section(one, where) for one, where in self._list(data, "sections")),
            outcomes=tuple(self._outcome(one, where) for one, where in self._list(data, "outcomes")),
            rules=tuple(self._rule(one, where) for one, where in self._list(data, "rules")),
            cases=tuple(self._case(one, where) for one, where in self._list(data, "cases")),
        )

    def _section(self, data: Document, where: str) -> Section:
        questions = tuple(self._question(one, place) for one, place in self._list(data, "questions", f"{where}."))
        return Section(self._code(data, where), self._texts(data, "title", where), questions)

    def _question(self, data: Document, where: str) -> Question:
        kind = self._choice(Kind, data.get("kind"), where) or Kind.SINGLE
        options = tuple(self._option(one, place) for one, place in self._list(data, "options", f"{where}."))
        if kind == Kind.YES_NO and tuple(option.code for option in options) != YES_NO:
            self.mistakes.append((where, "yes_no"))
        if (kind == Kind.NUMBER) is bool(options) or len(options) == 1:
            self.mistakes.append((where, "options"))
        if any(option.code == NOTHING for option in options):
            self.mistakes.append((where, f"twice {NOTHING}"))
        self._twice(options, where)
        return Question(
            code=self._code(data, where),
            kind=kind,
            text=self._texts(data, "text", where, needed=True),
            help=self._texts(data, "help", where),
            options=options,
            show_if=self._condition(data, "show_if", where),
            low=self._int(data, "low", where),
            high=self._int(data, "high", where) or LARGEST_NUMBER,
            unit=self._texts(data, "unit", where),
        )

    def _option(self, data: Document, where: str) -> Option:
        points = None if data.get("points", 0) is None else self._int(data, "points", where)
        return Option(self._code(data, where), self._texts(data, "text", where, needed=True), points)

    def _outcome(self, data: Document, where: str) -> Outcome:
        return Outcome(
            code=self._code(data, where),
            title=self._texts(data, "title", where, needed=True),
            text=self._texts(data, "text", where),
            low=self._int(data, "low", where),
            high=self._int(data, "high", where),
            condition=self._condition(data, "if", where),
            services=tuple(str(code) for code in data.get("services") or ()),
            amounts=tuple(self._amount(one, place) for one, place in self._list(data, "amounts", f"{where}.")),
            again_months=self._int(data, "again_months", where),
        )

    def _amount(self, data: Document, where: str) -> Amount:
        written = str(data.get("sum") or "")
        found = None
        if written:
            try:
                found = conditions.read_sum(written)
            except Unreadable:
                self.mistakes.append((where, "sum"))
        return Amount(self._texts(data, "label", where, needed=True), found, str(data.get("per") or ""))

    def _rule(self, data: Document, where: str) -> Rule:
        return Rule(
            code=self._code(data, where),
            condition=self._condition(data, "if", where),
            deed=self._choice(Deed, data.get("deed"), where) or Deed.OVERRIDE,
            outcome=str(data.get("outcome") or ""),
            because=self._texts(data, "because", where, needed=True),
        )

    def _case(self, data: Document, where: str) -> Case:
        answers = data.get("answers")
        if not isinstance(answers, dict):
            self.mistakes.append((where, "answers"))
            answers = {}
        given = {str(code): _given(value) for code, value in answers.items()}
        return Case(str(data.get("name") or where), given, tuple(str(code) for code in data.get("expected") or ()))

    def _list(self, data: Document, key: str, prefix: str = "") -> Iterator[tuple[Document, str]]:
        found = data.get(key) or []
        if not isinstance(found, list):
            self.mistakes.append((prefix + key, "list"))
            return
        for number, one in enumerate(found):
            if isinstance(one, dict):
                yield one, f"{prefix}{key}.{number}"
            else:
                self.mistakes.append((f"{prefix}{key}.{number}", "list"))

    def _code(self, data: Document, where: str) -> str:
        code = str(data.get("code") or "")
        if not code.replace("-", "").replace("_", "").isalnum() or not code.isascii() or code != code.lower():
            self.mistakes.append((f"{where}.code", "code"))
        return code

    def _texts(self, data: Document, key: str, where: str, *, needed: bool = False) -> Texts:
        found = data.get(key) or {}
        if not isinstance(found, dict):
            self.mistakes.append((f"{where}.{key}", "text"))
            return {}
        texts = {code: str(found[code]).strip() for code in LANGUAGES if str(found.get(code) or "").strip()}
        if needed and not texts:
            self.mistakes.append((f"{where}.{key}", "text"))
        return texts

    def _int(self, data: Document, key: str, where: str) -> int:
        try:
            return int(data.get(key) or 0)
        except (TypeError, ValueError):
            self.mistakes.append((f"{where}.{key}", "number"))
            return 0

    def _condition(self, data: Document, key: str, where: str) -> Condition:
        try:
            return conditions.read(str(data.get(key) or ""))
        except Unreadable:
            self.mistakes.append((f"{where}.{key}", "condition"))
            return Condition()

    def _choice(self, kinds: Any, value: Any, where: str) -> Any:
        try:
            return kinds(value)
        except ValueError:
            self.mistakes.append((where, "choice"))
            return None

    def _twice(self, parts: Any, where: str) -> None:
        for code, count in Counter(part.code for part in parts).items():
            if count > 1:
                self.mistakes.append((where, f"twice {code}"))


def _given(value: Any) -> tuple[str, ...]:
    if isinstance(value, bool):
        return (YES_NO[0] if value else YES_NO[1],)
    return tuple(str(one) for one in value) if isinstance(value, list | tuple) else (str(value),)


def _inconsistent(found: Definition) -> list[tuple[str, str]]:
    """What is well written and points nowhere."""
    wrong: list[tuple[str, str]] = []
    for name, parts in (("questions", found.questions), ("outcomes", found.outcomes), ("rules", found.rules)):
        codes = [part.code for part in parts]
        wrong += [(name, f"twice {code}") for code in sorted({code for code in codes if codes.count(code) > 1})]
    if not found.questions or not found.outcomes:
        wrong.append(("document", "empty"))
    known, earlier = {question.code: question for question in found.questions}, set[str]()
    for question in found.questions:
        wrong += [(question.code, f"later {name}") for name in question.show_if.names() if name not in earlier]
        earlier.add(question.code)
    conditions = [(outcome.code, outcome.condition) for outcome in found.outcomes]
    conditions += [(rule.code, rule.condition) for rule in found.rules]
    for code, condition in conditions:
        wrong += [(code, what) for what in _unknown_in(condition, known)]
    for outcome in found.outcomes:
        wrong += [(outcome.code, f"unknown {a.per}") for a in outcome.amounts if a.per and a.per not in known]
    wrong += [(rule.code, f"unknown {rule.outcome}") for rule in found.rules if not found.outcome(rule.outcome)]
    return wrong + (_gaps(found) if found.by_points else [])


def _unknown_in(condition: Condition, known: dict[str, Question]) -> Iterator[str]:
    for clause in condition.clauses:
        question = known.get(clause.left)
        if question is not None:
            values = clause.values - {NOTHING}
            yield from (f"unknown {value}" for value in sorted(values) if question.option(value) is None)
    yield from (f"unknown {name}" for name in condition.names() if name not in known)


def _gaps(found: Definition) -> list[tuple[str, str]]:
    """Every number of points must give exactly one group."""
    for points in range(found.most + 1):
        if sum(outcome.low <= points <= outcome.high for outcome in found.outcomes) != 1:
            return [("outcomes", f"points {points}")]
    return []
