"""What a supervisor has to see: raised once a matter, open until somebody has seen it."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from charter.memberships import reach_of
from charter.models import Role
from chat import events
from chat.models import Alert, AlertKind, Consultation
from portal.core import audit, clock
from portal.core.models import User


def raise_alert(kind: AlertKind, *, subject: str, consultation: Consultation | None = None) -> bool:
    """Whether it is new; the same matter is not raised again while nobody has seen it."""
    try:
        with transaction.atomic():
            Alert.objects.create(
                kind=kind,
                subject=subject[:40],
                consultation=consultation,
                institution_id=consultation.institution_id if consultation else None,
                at=clock.now(),
            )
    except IntegrityError:
        return False
    events.desk_changed_on_commit()
    return True


def for_supervisor(user: User) -> QuerySet[Alert]:
    """Open alerts of what this supervisor is responsible for; those of the common queue are everybody's."""
    reach = reach_of(user, Role.SUPERVISOR)
    if not reach:
        return Alert.objects.none()
    found = Alert.objects.filter(seen_at=None)
    return found if reach.whole_city else found.filter(Q(institution=None) | Q(institution_id__in=reach.institutions))


@transaction.atomic
def see(alert_id: int, *, by: User) -> bool:
    """Whether there was such an open alert; from now on it is closed."""
    alert = for_supervisor(by).filter(pk=alert_id).first()
    if alert is None:
        return False
    alert.seen_at, alert.seen_by = clock.now(), by
    alert.save(update_fields=["seen_at", "seen_by"])
    audit.record("alert.seen", alert, by=by, kind=alert.kind)
    return True
