"""Keeping a filled sheet: once a form, once an invitation, and never so that it leads back to who filled it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass

from django.core import signing
from django.db import IntegrityError, transaction

from charter.feedback.actions import publishable
from charter.feedback.models import (
    Audience,
    Survey,
    SurveyAnswer,
    SurveyInvitation,
    SurveyKey,
    SurveyResponse,
    SurveyState,
    Way,
)
from charter.feedback.surveys.definition import Kind
from charter.feedback.surveys.languages import definition_of
from portal.core import clock
from portal.core.crypto import keyed

OFFER = "survey-offer"


class Over(RuntimeError):
    """The survey takes no answers: not yet, or no more."""


class Used(RuntimeError):
    """This invitation has been used already."""


class NotInvited(RuntimeError):
    """Only who is invited may answer, and this is no invitation to this survey."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was filled in. `key`: the form's own; `ticket`: an invitation or an offer, empty without."""

    answers: Mapping[str, tuple[str, ...]]
    language: str
    key: str
    invitation: SurveyInvitation | None = None
    offer: str = ""
    way: str = Way.WEB


def send(survey: Survey, sheet: Sheet) -> bool:
    """Keep the sheet; False when this form was kept before. Raises Over, Used, NotInvited.

    There is no row of the audit for it: such a row would know the second and stand beside the sheet.
    """
    invitation = sheet.invitation
    if invitation is not None and invitation.survey_id != survey.pk:
        raise NotInvited
    offered = read_offer(survey, sheet.offer) if sheet.offer else None
    if invitation is None and offered is None and survey.audience == Audience.INVITED and sheet.way != Way.PAPER:
        raise NotInvited
    with transaction.atomic():
        # The row stays locked to the end: a survey that is being closed takes no last sheet.
        now = Survey.objects.select_for_update().get(pk=survey.pk)
        if now.state != SurveyState.OPEN or not now.takes_answers(clock.today()):
            raise Over
        if not _is_first(survey, f"form {sheet.key}"):
            return False
        if invitation is not None and not _use(invitation):
            raise Used
        if offered is not None and not _is_first(survey, f"offer {offered[1]}"):
            raise Used
        way = invitation.way if invitation else offered[0] if offered else sheet.way
        _keep(survey, sheet, way)
    return True


def make_offer(survey: Survey, way: str) -> str:
    """A link's own part that answers once, made for who is asked at random. Nothing is kept of it until it is used."""
    return signing.dumps([survey.pk, way, secrets.token_hex(8)], salt=OFFER)


def read_offer(survey: Survey, offer: str) -> tuple[str, str] | None:
    """(way, its own number) of an offer to this survey; None when it is none."""
    try:
        pk, way, number = signing.loads(offer[:300], salt=OFFER)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return (str(way), str(number)) if pk == survey.pk else None


def _is_first(survey: Survey, what: str) -> bool:
    try:
        with transaction.atomic():
            SurveyKey.objects.create(survey=survey, digest=keyed("survey", what))
    except IntegrityError:
        return False
    return True


def _use(invitation: SurveyInvitation) -> bool:
    """Use it up: of two who try at once, one succeeds."""
    return bool(SurveyInvitation.objects.filter(pk=invitation.pk, is_used=False).update(is_used=True))


def _keep(survey: Survey, sheet: Sheet, way: str) -> None:
    definition = definition_of(survey)
    response = SurveyResponse.objects.create(survey=survey, day=clock.today(), language=sheet.language, way=way)
    rows = []
    for code, values in definition.kept(sheet.answers).items():
        if definition.by_code[code].kind == Kind.TEXT:
            rows.append(SurveyAnswer(response=response, question=code, text=publishable(values[0])))
        else:
            rows += [SurveyAnswer(response=response, question=code, value=value) for value in values]
    SurveyAnswer.objects.bulk_create(rows)
