"""The receipt as typed into the form, and what is wrong with it in words that say what to write."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from portal.core import receipts

CASE, CONVERSATION, DRAFT = "B", "K", "S"


@dataclass(slots=True)
class ReceiptForm:
    """`errors`: field → sentence, in the order of the fields. The typed secret is never written back into a page."""

    reference: str = ""
    secret: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    is_conversation: bool = False
    is_draft: bool = False

    @classmethod
    def of(cls, request: HttpRequest) -> ReceiptForm:
        """What was sent; checked for form only, so that nothing is told about what exists."""
        form = cls(request.POST.get("reference", "")[:40].strip(), request.POST.get("secret", "")[:80].strip())
        read = receipts.read_reference(form.reference)
        form.is_conversation = bool(read and read.startswith(CONVERSATION))
        form.is_draft = bool(read and read.startswith(DRAFT))
        if form.is_conversation:
            form.errors["reference"] = _("This is the number of a conversation. A case number begins with B.")
        elif read is None or not read.startswith((CASE, DRAFT)):
            form.errors["reference"] = _("Write the number as on your receipt: the letter B and eight digits.")
        if not form.secret:
            form.errors["secret"] = _("Write the secret code from your receipt: 16 letters and digits.")
        return form

    def refuse(self) -> None:
        """Wrong or unknown: one sentence for both."""
        self.errors["reference"] = _(
            "This number and this code do not belong together. Compare both with your receipt."
        )

    def refuse_ended(self, day: Any) -> None:
        """The code is right, and the helper's right is over."""
        self.errors["reference"] = _(
            "Your right to see this case ended on %(day)s. Ask the person or the office if it goes on."
        ) % {"day": day}

    @property
    def listed(self) -> list[tuple[str, Any]]:
        return list(self.errors.items())
