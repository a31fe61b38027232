"""The back office of the demonstration city: posts and cases in the registry built in.

Another system would bring its own; filling this one is the demonstration's business, so only this module,
`department` and `department_papers` know the registry's tables.
"""

from __future__ import annotations

from collections.abc import Sequence

from portal.cases import access
from portal.cases.registries.facts import Status
from portal.core.models import User
from portal.core.text_keys import name_key
from portal.demo.history.requests import Request
from portal.registry.models import Case, Post, PostRole, Recipient, StatusChange
from portal.registry.models import Status as CaseStatus

__all__ = ["PostRole", "give_post", "take_down"]
AT_ONCE = 400
_STATUS = {
    Status.RECEIVED: CaseStatus.NEW,
    Status.WORKING: CaseStatus.WORKING,
    Status.GRANTED: CaseStatus.GRANTED,
    Status.REFUSED: CaseStatus.REFUSED,
    Status.WITHDRAWN: CaseStatus.WITHDRAWN,
}


_NAMES = {
    "lt": "Parodomasis gyventojas {}",
    "ru": "Вымышленный житель {}",
    "en": "Made-up resident {}",
    "uk": "Вигаданий мешканець {}",
}


def give_post(user: User, role: str = "") -> None:
    """A post for the whole registry, a social worker’s unless another role is named."""
    Post.objects.get_or_create(user=user, defaults={"role": role or PostRole.SOCIAL_WORKER})


def take_down(requests: Sequence[Request]) -> None:
    """Write requests as the registry's cases, each with the changes of its status, and the portal's links to them."""
    recipients = [_recipient(request, number) for number, request in enumerate(requests, 1)]
    Recipient.objects.bulk_create(recipients, AT_ONCE)
    cases = [_case(request, recipient) for request, recipient in zip(requests, recipients, strict=True)]
    Case.objects.bulk_create(cases, AT_ONCE)
    changes = [
        StatusChange(case=case, status=_STATUS[status], at=at)
        for case, request in zip(cases, requests, strict=True)
        for status, at in request.steps
    ]
    StatusChange.objects.bulk_create(changes, AT_ONCE)
    access.everything().bulk_create([request.link for request in requests], AT_ONCE)


def _recipient(request: Request, number: int) -> Recipient:
    language = request.link.language
    name = _NAMES[language].format(number)
    return Recipient(name=name, name_key=name_key(name), language=language, is_demo=True)


def _case(request: Request, recipient: Recipient) -> Case:
    link = request.link
    return Case(
        number=link.number,
        recipient=recipient,
        person_handle=link.person_link,
        service_code=link.service,
        title=request.title,
        status=_STATUS[request.steps[-1][0]],
        submitted_at=link.submitted_at,
        decided_on=link.decided_on,
        promised_until=link.promised_until,
        changed_at=request.steps[-1][1],
        is_demo=True,
    )
