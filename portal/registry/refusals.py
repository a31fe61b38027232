"""Why something is not done: a word for programs, and the sentence people read."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _


class Refused(ValueError):
    """It is not done. `why`: a key of SENTENCES; `field`: where on the form; facts fill the sentence."""

    def __init__(self, why: str, *, field: str = "", **facts: Any) -> None:
        super().__init__(why)
        self.why, self.field, self.facts = why, field, facts

    @property
    def sentence(self) -> str:
        """What to tell the person, in the language of the page."""
        return str(SENTENCES[self.why]) % self.facts


SENTENCES: dict[str, Any] = {
    "code_is_taken": _("This personal code already belongs to %(name)s. Open that record instead."),
    "merging_with_itself": _("A record cannot be merged with itself. Choose the other one."),
    "another_code": _("Both records have a personal code, and the codes differ. They are two people."),
    "merged_already": _("One of these records was merged meanwhile. Look for the person again."),
    "both_have_it": _("Both records have something that one person can have only once on that day or in that month."),
    "no_reason": _("Write why. The reason goes on record."),
    "income_begins_twice": _("An income from that day is already written down. Change the day."),
}
