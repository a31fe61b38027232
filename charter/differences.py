"""What a new version of the charter says otherwise than the one before, word by word."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from charter.models import Charter, CharterLine, Commitment, LineKind, ServiceStandard
from portal.core.languages import LANGUAGES, Localised, column, columns, pick
from portal.core.readable import Readable
from portal.core.translations import columns_of, text
from portal.core.translations import rows as plain

PROMISE = "promise"
# How alike two texts must be to be shown as one text with changes instead of an old and a new one.
ALIKE = 0.4
_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Change(Readable):
    """One line that is new, gone or changed. `before` or `after` is empty for what is new or gone."""

    kind: str
    code: str
    before: Localised
    after: Localised

    @property
    def is_new(self) -> bool:
        return not self.before

    @property
    def is_gone(self) -> bool:
        return not self.after

    @property
    def marked(self) -> SafeString:
        """Both texts in one, what went struck out and what came underlined; empty when they have little in common."""
        return marked(self.before.text, self.after.text)


@dataclass(frozen=True, slots=True)
class Term(Readable):
    """A promised figure that changed: days, seconds, or the share to reach."""

    code: str
    name: Localised
    unit: str
    before: Decimal | None
    after: Decimal | None
    target_before: Decimal
    target_after: Decimal


def previous(charter: Charter) -> Charter | None:
    """The published version that held before this one."""
    earlier = Charter.objects.filter(live=True, in_force_from__lt=charter.in_force_from)
    return earlier.order_by("-in_force_from").first()


def changes(old: Charter, new: Charter, language: str) -> list[Change]:
    """Lines and promises that differ, in the charter's order: four queries."""
    before, after = _said(old, language), _said(new, language)
    nothing = Localised("", language)
    found = [
        Change(*key, before.get(key, nothing), after.get(key, nothing))
        for key in dict.fromkeys([*after, *before])
        if before.get(key, nothing).text != after.get(key, nothing).text
    ]
    order = [PROMISE, *LineKind.values]
    return sorted(found, key=lambda change: order.index(change.kind))


def terms(old: Charter, new: Charter, language: str) -> list[Term]:
    """Standards of the same promise whose figures differ: two queries."""
    before = {row["commitment__code"]: row for row in _figures(old)}
    return [
        Term(
            row["commitment__code"],
            text(row, "name", language),
            row["unit"],
            was["promised_value"],
            row["promised_value"],
            was["target"],
            row["target"],
        )
        for row in _figures(new)
        if (was := before.get(row["commitment__code"]))
        and (was["promised_value"], was["target"]) != (row["promised_value"], row["target"])
    ]


def marked(before: str, after: str) -> SafeString:
    """`after` with `<ins>` and `<del>` against `before`; empty when they have little in common. Escaped."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    if difflib.SequenceMatcher(None, before.split(), after.split(), autojunk=False).ratio() < ALIKE:
        return SafeString("")
    return format_html_join("", "{}", ((part,) for part in _parts(matcher, old, new)))


def _parts(matcher: difflib.SequenceMatcher[str], old: list[str], new: list[str]) -> Iterable[SafeString]:
    for what, i, j, k, m in matcher.get_opcodes():
        gone, came = "".join(old[i:j]), "".join(new[k:m])
        if what == "equal":
            yield format_html("{}", came)
            continue
        if gone:
            yield format_html("<del>{}</del>", gone)
        if came:
            yield format_html("<ins>{}</ins>", came)


def _said(charter: Charter, language: str) -> dict[tuple[str, str], Localised]:
    promises = plain(Commitment).filter(charter=charter).order_by("order", "code")
    found = {
        (PROMISE, row["code"]): text(row, "text", language) for row in promises.values("code", *columns_of(("text",)))
    }
    lines = plain(CharterLine).filter(charter=charter).order_by("kind", "order")
    for row in lines.values("kind", "code", *columns(("text",))):
        found[row["kind"], row["code"]] = pick({code: row[column("text", code)] for code in LANGUAGES}, language)
    return found


def _figures(charter: Charter) -> Iterable[Mapping[str, Any]]:
    rows: Iterable[Mapping[str, Any]] = (
        plain(ServiceStandard)
        .filter(commitment__charter=charter, live=True)
        .order_by("commitment__order", "code")
        .values("commitment__code", "unit", "promised_value", "target", *columns_of(("name",)))
    )
    return rows
