"""The charter for programs: promises, their standards, what was measured, and what each version changed."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from charter import differences, performance, selectors, versions
from charter.models import Charter, CharterLine, Commitment, Measurement, PeriodKind, ServiceStandard
from charter.periods import Period
from charter.selectors import standards_in_force
from portal.api.entries import Entries, sources_of
from portal.api.reading import Fields, absolute, all_languages_of, page_urls
from portal.core.addresses import coded_address
from portal.core.languages import DEFAULT, LANGUAGES, columns
from portal.core.translations import columns_of
from portal.core.translations import rows as plain

_STANDARD = Fields(("name", "method"), source=ServiceStandard.SOURCE_FIELDS)
_CHARTER = Fields(("title", "proposal_note"), rich=("introduction", "carried_by"), source=Charter.SOURCE_FIELDS)
_COMMITMENT = Fields(("text",))
_LINE_TEXTS = ("text", "explanation")
_EXPLAINED = ("reason", "action")
_PLAIN = (
    "code",
    "metric",
    "kind",
    "unit",
    "direction",
    "clock",
    "legal_value",
    "promised_value",
    "target",
    "source",
    "measured",
    "valid_from",
    "valid_until",
)
_HELD_BACK = {"nothing": "too_few_cases", "not_measured": "not_measured"}


def standards(on: dt.date | None = None) -> QuerySet[Any]:
    """Every published standard that holds on a day, today if none is named."""
    return standards_in_force(on)


def standards_of(chosen: QuerySet[Any], only: str = "") -> Entries:
    """These standards with the code of the promise they measure: one query."""
    texts_needed = (*_STANDARD.all, "sentence")
    rows = list(chosen.values(*_PLAIN, "commitment__code", *columns_of(texts_needed)))
    return [
        {
            **{name: row[name] for name in _PLAIN},
            **texts,
            "commitment": row["commitment__code"],
            "urls": page_urls("charter:performance", f"#{row['commitment__code']}"),
        }
        for row, texts in zip(rows, _STANDARD.read(rows, only), strict=True)
    ]


def measurements(only: str = "") -> Entries:
    """What was published of every standard since the beginning, small numbers hidden as on the page."""
    promises = selectors.all_promises(DEFAULT, since=dt.date.min)
    published = [row for row in performance.as_data(promises, DEFAULT) if row["period"]]
    words = _explanations(only) if any(row["reason"] or row["action"] for row in published) else {}
    for row in published:
        said = words.get((row["standard"], row["institution"], row["period"]), {})
        row |= {name: said.get(name, {}) if row[name] else {} for name in _EXPLAINED}
        row |= {"act_by": row["act_by"] or None, "institution": row["institution"] or None}
        row["suppressed"] = _HELD_BACK.get(row["verdict"])
        row["code"] = ":".join(filter(None, (row["standard"], row["period"], row["institution"])))
    return published


def _explanations(only: str) -> dict[tuple[str, str, str], dict[str, dict[str, str]]]:
    """Why promises were missed and what is done, by standard, institution and quarter: one query."""
    rows = (
        plain(Measurement)
        .filter(superseded_at=None, period_kind=PeriodKind.QUARTER)
        .exclude(**dict.fromkeys(columns(_EXPLAINED), ""))
        .values("standard__code", "institution__code", "period_start", *columns(_EXPLAINED))
    )
    return {
        (row["standard__code"], row["institution__code"] or "", Period(row["period_start"]).code): {
            name: all_languages_of(row, name, only) for name in _EXPLAINED
        }
        for row in rows
    }


def charters() -> QuerySet[Any]:
    """Every published version, the newest first."""
    return plain(Charter).filter(live=True).order_by("-in_force_from", "code")


def charters_of(chosen: QuerySet[Any], only: str = "") -> Entries:
    """These versions with their lines and promises: three queries, however many they are."""
    columns_needed = ("pk", "code", "is_proposal", "in_force_from", "in_force_until", "sources")
    rows = list(chosen.values(*columns_needed, *columns_of(_CHARTER.all)))
    keys = [row["pk"] for row in rows]
    lines, promises = _lines(keys, only), _commitments(keys, only)
    return [
        {
            **{name: row[name] for name in columns_needed[1:-1]},
            **texts,
            "sources": sources_of(row["sources"]),
            "urls": {code: absolute(coded_address("charter:version", code, row["code"])) for code in LANGUAGES},
            "lines": lines[row["pk"]],
            "commitments": promises[row["pk"]],
        }
        for row, texts in zip(rows, _CHARTER.read(rows, only), strict=True)
    ]


def in_force(only: str = "") -> dict[str, Any] | None:
    """The charter that holds today, its promises with their standards and what was measured; None when none does."""
    page = versions.charter_in_force(DEFAULT)
    if page is None:
        return None
    charter = charters_of(charters().filter(pk=page.id), only)[0]
    measured = _by("standard", measurements(only))
    of = _by("commitment", standards_of(standards(), only))
    for commitment in charter["commitments"]:
        commitment["standards"] = [
            {**standard, "measurements": measured[standard["code"]]} for standard in of[commitment["code"]]
        ]
    return charter | {"urls": page_urls("charter:charter")}


def changes_of(code: str, language: str) -> dict[str, Any] | None:
    """What a version says otherwise than the one before; None when there is no such version, or none before it."""
    new = Charter.objects.filter(code=code, live=True).first()
    old = differences.previous(new) if new else None
    if new is None or old is None:
        return None
    return {
        "code": new.code,
        "before": old.code,
        "language": language,
        "url": absolute(coded_address("charter:changes", language, new.code)),
        "changes": [
            {"kind": each.kind, "code": each.code, "before": each.before.text, "after": each.after.text}
            for each in differences.changes(old, new, language)
        ],
        "terms": [
            {
                "commitment": term.code,
                "unit": term.unit,
                "before": term.before,
                "after": term.after,
                "target_before": term.target_before,
                "target_after": term.target_after,
            }
            for term in differences.terms(old, new, language)
        ],
    }


def _lines(keys: Iterable[int], only: str) -> dict[int, Entries]:
    rows = plain(CharterLine).filter(charter__in=keys).order_by("kind", "order")
    found: dict[int, Entries] = defaultdict(list)
    for row in rows.values("charter_id", "kind", "code", "is_proposal", *columns(_LINE_TEXTS)):
        said = {name: all_languages_of(row, name, only) for name in _LINE_TEXTS}
        found[row["charter_id"]].append({**{name: row[name] for name in ("kind", "code", "is_proposal")}, **said})
    return found


def _commitments(keys: Iterable[int], only: str) -> dict[int, Entries]:
    columns_needed = ("charter_id", "code", "area", "is_proposal", *columns_of(_COMMITMENT.all))
    rows = list(plain(Commitment).filter(charter__in=keys).order_by("order", "code").values(*columns_needed))
    found: dict[int, Entries] = defaultdict(list)
    for row, texts in zip(rows, _COMMITMENT.read(rows, only), strict=True):
        found[row["charter_id"]].append({**{name: row[name] for name in ("code", "area", "is_proposal")}, **texts})
    return found


def _by(name: str, entries: Entries) -> dict[str, Entries]:
    found: dict[str, Entries] = defaultdict(list)
    for entry in entries:
        found[entry[name]].append(entry)
    return found
