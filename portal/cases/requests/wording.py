"""What the office reads about a request beside name and address, in its language."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.cases import mandates, words
from portal.cases.mandates import Behalf
from portal.cases.requests.forms import FactsForm, MandateForm


def note(facts: FactsForm, mandate: MandateForm | None, brought: Iterable[str]) -> str:
    """The answers to the service's questions, who asks for whom, what was written, what will be brought."""
    with override(words.OFFICE_LANGUAGE):
        lines = [f"{question} {answer}" for question, answer in facts.answers(office=True)]
        if facts.cleaned_data["text"]:
            lines.append(facts.cleaned_data["text"])
        if mandate is not None:
            said = mandate.cleaned_data
            lines.append(mandates.told(Behalf(said["helper"], said["role"], said["right"], said["until"])))
        lines += [_("Will be brought: %(paper)s") % {"paper": paper} for paper in brought]
    return "\n".join(lines)
