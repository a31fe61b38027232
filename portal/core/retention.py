"""How long what is about a person is kept: one row a table, and a nightly job that acts on the rows.

Each package has `retention.py` with `ROWS` (model label → Row) and `NOT_PERSONAL` (labels of tables that hold
nothing about a person). A table of ours that stands in neither fails the build.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.apps import apps
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.schedule import every

logger = logging.getLogger(__name__)
Forget = Callable[[dt.datetime], int]
PUBLIC_TASK = _("a public task: GDPR Article 6(1)(c), (e) and 9(2)(b)")
STAFF_DUTY = _("the employer’s duty to know who did what: GDPR Article 6(1)(c), (e)")


class NotErased(RuntimeError):
    """These tables still hold what is due; the text names them."""


@dataclass(frozen=True, slots=True)
class Row:
    """`forget(before)` erases what is older and returns how many; `days` None: kept as the profile says."""

    basis: str | Promise
    days: int | None
    forget: Forget | None = None


def rows() -> dict[str, Row]:
    """All rows of all packages, by model label (`app.model`)."""
    found: dict[str, Row] = {}
    for module in _modules():
        found |= {label.lower(): row for label, row in module.ROWS.items()}
    return found


def not_personal() -> frozenset[str]:
    """Labels of the tables declared to hold nothing about a person."""
    return frozenset(label.lower() for module in _modules() for label in module.NOT_PERSONAL)


def forget_what_is_due() -> dict[str, int]:
    """Act on every row; returns {label: how many were erased}. Running it twice erases nothing more.

    Raises NotErased when some row could not be acted on; all others were.
    """
    now, erased, failed = clock.now(), {}, []
    for label, row in rows().items():
        if row.forget is None or row.days is None:
            continue
        try:
            erased[label] = row.forget(now - dt.timedelta(days=row.days))
        except Exception as trouble:  # whatever it is, it is this table's alone
            logger.error("retention: %s: %s", label, type(trouble).__name__)
            failed.append(label)
    logger.info("retention: %s", ", ".join(f"{label}: {count}" for label, count in erased.items()))
    if failed:
        raise NotErased(", ".join(failed))
    return erased


def _modules() -> list[Any]:
    names = (f"{config.name}.retention" for config in apps.get_app_configs() if config.name != "portal.core")
    own = import_module("portal.core.retention_rows")
    return [own, *(import_module(name) for name in names if find_spec(name) is not None)]


every(24 * 60 * 60, "retention")(forget_what_is_due)
