"""Texts an answer may begin with, in the appeal's own language: whoever answers chooses one and goes on from there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from charter.feedback.models import Appeal, AppealOutcome


@dataclass(frozen=True, slots=True)
class Opening:
    """`name` in the reader's language, `text` in the resident's; `outcome`: what it goes with."""

    code: str
    name: Any
    text: Any
    outcome: str


OPENINGS = (
    Opening(
        "right",
        _("You are right, and what we do"),
        _(
            "Thank you for telling us. You are right, and we are sorry.\n\n"
            "What went wrong:\n\nWhat we have put right, and by when:\n\n"
            "If this does not help, rate this answer low: somebody else who leads the office looks at it once more."
        ),
        AppealOutcome.UPHELD,
    ),
    Opening(
        "partly",
        _("In part: what is right and what is not"),
        _(
            "Thank you for telling us. We have looked at everything you wrote.\n\n"
            "Where you are right, and what we change:\n\nWhere it was as it has to be, and why:\n\n"
            "If you see it otherwise, rate this answer low: somebody else who leads the office looks at it once more."
        ),
        AppealOutcome.PARTLY,
    ),
    Opening(
        "refused",
        _("We cannot do it, why, and where to turn"),
        _(
            "Thank you for telling us. We cannot do what you ask.\n\n"
            "Why, and by which rule:\n\nWhat you can do instead:\n\n"
            "Where you can turn if you do not agree, and until when:"
        ),
        AppealOutcome.REFUSED,
    ),
    Opening(
        "explained",
        _("An answer to a question"),
        _(
            "Thank you for asking.\n\nThe answer:\n\nWhat you need for it, and where:\n\n"
            "Whom to ask if something is unclear:"
        ),
        AppealOutcome.EXPLAINED,
    ),
)


def offered() -> list[tuple[str, str]]:
    """(code, name) of what may be chosen."""
    return [(opening.code, str(opening.name)) for opening in OPENINGS]


def opened(appeal: Appeal, code: str) -> dict[str, str]:
    """The answer's form as this text begins it; nothing for what is none."""
    found = next((opening for opening in OPENINGS if opening.code == code), None)
    if found is None:
        return {}
    with override(appeal.language):
        return {"outcome": found.outcome, "answer": str(found.text)}
