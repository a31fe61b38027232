"""The charter for programs: promises, their standards, and what was measured."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from charter import performance, selectors
from charter.models import Charter, CharterLine, Commitment
from charter.selectors import standards_in_force
from charter.versions import charter_in_force
from portal.api.reading import Fields, absolute, all_languages_of
from portal.core.addresses import page_address
from portal.core.languages import DEFAULT, LANGUAGES, columns
from portal.core.translations import columns_of

_STANDARD = Fields(("name", "method"))
_CHARTER = Fields(("title",), rich=("introduction",))
_COMMITMENT = Fields(("text",))
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


def standards() -> list[dict[str, Any]]:
    """Every published standard that holds today: one query."""
    rows = list(standards_in_force().values(*_PLAIN, "commitment__code", *columns_of(_STANDARD.all)))
    return [
        {
            **{name: row[name] for name in _PLAIN},
            **texts,
            "commitment": row["commitment__code"],
            "urls": _urls("charter:performance", f"#{row['commitment__code']}"),
        }
        for row, texts in zip(rows, _STANDARD.read(rows), strict=True)
    ]


def measurements() -> list[dict[str, Any]]:
    """What was published of every standard, small numbers hidden as on the page."""
    published = performance.as_data(selectors.all_promises(DEFAULT), DEFAULT)
    return [row for row in published if row["period"]]


def in_force() -> dict[str, Any] | None:
    """The charter that holds today with all that belongs to it; None when none does."""
    page = charter_in_force(DEFAULT)
    if page is None:
        return None
    row = Charter.objects.values("code", *columns_of(_CHARTER.all)).get(pk=page.id)
    return {
        **_CHARTER.read([row])[0],
        "code": row["code"],
        "urls": _urls("charter:charter"),
        "is_proposal": page.is_proposal,
        "in_force_from": page.version.in_force_from,
        "in_force_until": page.version.in_force_until,
        "lines": _lines(page.id),
        "commitments": _commitments(page.id),
    }


def _lines(charter_id: int) -> list[dict[str, Any]]:
    rows = CharterLine.objects.filter(charter=charter_id).order_by("kind", "order")
    texts = ("text", "explanation")
    return [
        {
            **{name: row[name] for name in ("kind", "code", "is_proposal")},
            **{name: all_languages_of(row, name) for name in texts},
        }
        for row in rows.values("kind", "code", "is_proposal", *columns(texts))
    ]


def _commitments(charter_id: int) -> list[dict[str, Any]]:
    rows = list(
        Commitment.objects.filter(charter=charter_id)
        .order_by("order", "code")
        .values("code", "area", "is_proposal", *columns_of(_COMMITMENT.all))
    )
    measured: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for measurement in measurements():
        measured[measurement["standard"]].append(measurement)
    of: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for standard in standards():
        of[standard["commitment"]].append({**standard, "measurements": measured[standard["code"]]})
    return [
        {
            **{name: row[name] for name in ("code", "area", "is_proposal")},
            **texts,
            "standards": of[row["code"]],
        }
        for row, texts in zip(rows, _COMMITMENT.read(rows), strict=True)
    ]


def _urls(route: str, rest: str = "") -> dict[str, str]:
    return {code: absolute(page_address(route, code)) + rest for code in LANGUAGES}
