"""The figures by e-mail: who wants them gets them once a month or once a week, in their language, and stops them by one
press. What a page keeps back, a letter keeps back: both are made from the same sheets.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from charter.memberships import Reach, reach_of
from charter.models import Role
from portal.core import audit, clock
from portal.core.languages import LANGUAGES
from portal.core.models import User
from portal.core.schedule import every
from portal.dashboard.models import ReportWish, Rhythm
from portal.dashboard.sheets import KINDS, saying, scope_of, sheet
from portal.dashboard.sheets.form import Sheet

logger = logging.getLogger(__name__)
ROLES = (Role.MANAGER, Role.SUPERVISOR, Role.ADMINISTRATOR)
NEEDS_TOLD = 5  # of a sheet


@transaction.atomic
def wish(user: User, rhythm: str) -> None:
    """From now on, or in another rhythm from now on. The month or week that runs brings the first letter."""
    found, _is_new = ReportWish.objects.update_or_create(
        user=user, defaults={"rhythm": Rhythm(rhythm)}, create_defaults={"rhythm": Rhythm(rhythm), "since": clock.now()}
    )
    audit.record("report.wished", found, by=user, rhythm=rhythm)


@transaction.atomic
def drop(found: ReportWish, *, by: User | str) -> None:
    """No more letters."""
    audit.record("report.dropped", found, by=by)
    found.delete()


def drop_by(token: str) -> bool:
    """By the link in a letter; pressing twice is no fault. False when there was nothing to stop."""
    found = ReportWish.objects.filter(token=token).first()
    if found is None:
        return False
    drop(found, by=audit.SYSTEM)
    return True


@every(60 * 60, "reports by e-mail")
def send_what_is_due() -> int:
    """The round: each wish once a month or week, however often and in however many processes it runs."""
    sent = 0
    for found in ReportWish.objects.select_related("user").order_by("pk"):
        reach = reach_of(found.user, *ROLES)
        if not reach:
            drop(found, by=audit.SYSTEM)
        elif found.user.email and _is_mine(found, (due := _due(found.rhythm))):
            sent += _send(found, reach, due)
    return sent


def _due(rhythm: str) -> str:
    """The month or week that a letter sent today is for."""
    today = clock.today()
    if rhythm == Rhythm.MONTHLY:
        return f"{today:%Y-%m}"
    year, week, _day = today.isocalendar()
    return f"{year}-W{week:02}"


def _is_mine(found: ReportWish, due: str) -> bool:
    """Whether this process sends it: whoever marks it first."""
    return bool(ReportWish.objects.filter(pk=found.pk).exclude(sent_for=due).update(sent_for=due))


def _send(found: ReportWish, reach: Reach, due: str) -> int:
    user = found.user
    with override(user.interface_language if user.interface_language in LANGUAGES else "lt"):
        try:
            _letter(found, reach).send()
        except OSError as trouble:
            logger.warning("dashboard: the report for %s could not be sent: %s", user.pk, type(trouble).__name__)
            ReportWish.objects.filter(pk=found.pk, sent_for=due).update(sent_for=found.sent_for)  # the next round tries
            return 0
    return 1


def _letter(found: ReportWish, reach: Reach) -> EmailMessage:
    language = str(found.user.interface_language)
    enough = f"{settings.SITE_URL}{reverse('dashboard:no_report', args=[found.token])}"
    lines: list[str] = []
    for code in KINDS:
        scope = scope_of(code, {}, reach=reach, language=language)
        lines += [*_said(sheet(code, scope, language)), ""]
    lines += [
        _("All figures: %(address)s") % {"address": f"{settings.SITE_URL}{reverse('dashboard:home')}"},
        "",
        _("No more of these letters: %(address)s") % {"address": enough},
    ]
    headers = {
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": f"<{enough}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return EmailMessage(_("Parama: the newest figures"), "\n".join(lines), to=[found.user.email], headers=headers)


def _said(shown: Sheet) -> Iterator[str]:
    """One sheet in lines: what needs attention, then the figures that may be shown."""
    yield f"{shown.title}: {shown.scope.period}".upper()
    for need in shown.needs[:NEEDS_TOLD]:
        yield f"! {need.text}"
    figures = [line for line in shown.lines if line.now.is_shown]
    for line in figures:
        words, _turn, _feeling = saying.change(line.now, line.before, line.measure.better)
        yield f"- {line.measure.name}: {saying.said(line.now)}" + (f" ({words})" if words else "")
    if not figures:
        yield _("Nothing to show in this period.")
