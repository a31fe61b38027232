"""Why the demonstration missed a promise, in the managers’ words; the newest whole quarter is left to be explained."""

from __future__ import annotations

import datetime as dt

from charter.actions import Explanation, explain_measurement
from charter.compliance import Verdict
from charter.models import Measurement
from charter.periods import quarter_of
from portal.core import audit, clock
from portal.demo.reading import Pack

KEY = "explanations"


def explain(pack: Pack) -> int:
    """Write the words beside what was missed before the newest whole quarter; returns how often."""
    newest = quarter_of(quarter_of(clock.today()).start - dt.timedelta(days=1)).start
    explained = 0
    for entry in pack.one("history.yaml").entries(KEY):
        entry.knows("standard", "days", "reason", "action")
        missed = Measurement.objects.filter(
            standard__code=entry.get("standard", str),
            verdict=Verdict.NOT_KEPT,
            superseded_at=None,
            period_start__lt=newest,
        )
        for measurement in missed:
            explanation = Explanation(
                reason=entry.texts("reason"),
                action=entry.texts("action"),
                act_by=measurement.period_start + dt.timedelta(days=92 + entry.get("days", int)),
            )
            explain_measurement(measurement, explanation, by=audit.SYSTEM)
            explained += 1
    return explained
