"""What the office reads about a request beside name and address, in its language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.cases import words
from portal.cases.models import HelperRole, Right
from portal.cases.requests.forms import FactsForm, MandateForm


def note(facts: FactsForm, mandate: MandateForm | None, brought: Iterable[str]) -> str:
    """The answers to the service's questions, who asks for whom, what was written, what will be brought."""
    with override(words.OFFICE_LANGUAGE):
        lines = [f"{question} {answer}" for question, answer in facts.answers(office=True)]
        if facts.cleaned_data["text"]:
            lines.append(facts.cleaned_data["text"])
        if mandate is not None:
            lines.append(_on_whose_behalf(mandate))
        lines += [_("Will be brought: %(paper)s") % {"paper": paper} for paper in brought]
    return "\n".join(lines)


def _on_whose_behalf(mandate: MandateForm) -> str:
    said = mandate.cleaned_data
    until: dt.date | None = said["until"]
    facts = {
        "name": said["helper"],
        "role": HelperRole(said["role"]).label,
        "right": Right(said["right"]).label,
        "until": f"{until:%Y-%m-%d}" if until else _("no day was set"),
    }
    return (
        _("%(name)s asks for this person: %(role)s. By what right: %(right)s. Until: %(until)s. To be checked.") % facts
    )
