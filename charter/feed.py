"""New results as an Atom feed in each language: one entry a promise and whole quarter, newest first."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from charter import selectors
from charter.compliance import Verdict
from charter.models import Measurement, PeriodKind
from portal.core.caching import public_page
from portal.core.languages import current

MOST = 60


@require_GET
@public_page()
def results(request: HttpRequest) -> HttpResponse:
    """What was reached, quarter by quarter; what is too small to show says only that."""
    page = f"{settings.SITE_URL}{reverse('charter:performance')}"
    feed = Atom1Feed(
        title=_("Results of our promises"),
        link=page,
        description="",
        language=current(),
        feed_url=f"{settings.SITE_URL}{reverse('charter:results_feed')}",
    )
    measured = {
        (row["standard__code"], row["period_start"]): row["measured_at"]
        for row in Measurement.objects.filter(
            institution=None, superseded_at=None, period_kind=PeriodKind.QUARTER
        ).values("standard__code", "period_start", "measured_at")
    }
    whole = [
        (promise, result)
        for promise in selectors.all_promises(current())
        for result in promise.results
        if not result.is_running
    ]
    whole.sort(key=lambda pair: pair[1].period, reverse=True)
    host = request.get_host().partition(":")[0]
    for promise, result in whole[:MOST]:
        reasons = [promise.said(result).text, result.reason.text, result.action.text]
        feed.add_item(
            title=f"{promise.words.text}: {Verdict(result.verdict).label}, {result.period}",
            link=f"{page}?period={result.period.code}#{promise.commitment}",
            description=" ".join(part for part in reasons if part),
            unique_id=f"tag:{host},2026:{promise.code}:{result.period.code}",
            updateddate=measured.get((promise.code, result.period.start), _beginning(result.period.end)),
        )
    return HttpResponse(feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8")


def _beginning(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))
