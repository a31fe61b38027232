"""The doors to surveys: residents by the address of an open one or by an invitation, staff by their membership."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.http import Http404

from charter.feedback.models import Audience, Survey, SurveyInvitation, SurveyState
from charter.memberships import reach_of
from charter.models import Role
from portal.core import receipts
from portal.core.models import User

LEADERS = (Role.MANAGER, Role.ADMINISTRATOR)


def everything() -> QuerySet[Survey]:
    """For background work only; what it returns is shown to nobody."""
    return Survey.objects.all()


def for_residents(public_id: str) -> Survey | None:
    """An open survey, or one that is over (its page says so); drafts are nobody's business."""
    return Survey.objects.filter(public_id=public_id).exclude(state=SurveyState.DRAFT).first()


def open_to_everybody(day: dt.date) -> QuerySet[Survey]:
    """Surveys that need no invitation, the one that ends first on top."""
    found = Survey.objects.filter(state=SurveyState.OPEN, audience=Audience.EVERYBODY)
    return found.filter(opens_on__lte=day, closes_on__gte=day).order_by("closes_on", "pk")


def invitation(code: str) -> SurveyInvitation | None:
    """The invitation that this code or link means, read as forgivingly as a receipt's secret."""
    digests = [receipts.digest(reading) for reading in receipts.readings(code[:64])]
    found = SurveyInvitation.objects.filter(digest__in=digests).select_related("survey")
    return found.exclude(survey__state=SurveyState.DRAFT).first()


def for_staff(user: User | AnonymousUser) -> QuerySet[Survey]:
    """Surveys of the institutions that `user` leads; those of the whole city only for who leads the whole city."""
    reach = reach_of(user, *LEADERS)
    found = Survey.objects.select_related("institution", "copy_of")
    return found if reach.whole_city else found.filter(institution_id__in=reach.institutions)


def get_for_staff(user: User | AnonymousUser, public_id: str) -> Survey:
    """One of them. Raises Http404."""
    found = for_staff(user).filter(public_id=public_id).first()
    if found is None:
        raise Http404(public_id)
    return found
