"""What a resident fills in to ask for a service."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from charter.feedback.appeals import places
from charter.models import Service
from portal.cases import words
from portal.cases.actions import Wish
from portal.cases.registries.facts import Applicant
from portal.core import clock
from portal.core.languages import Localised
from portal.core.translations import columns_of, rows, text

MYSELF, OTHER = "self", "other"
WHOM = [(MYSELF, _("For myself")), (OTHER, _("For somebody else"))]
LONGEST = 4000  # the result of a needs check fits in


class RequestForm(forms.Form):
    """Which service, for whom, and how the office reaches the one who asks."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    service = forms.ChoiceField(
        label=_("Which service do you need?"), error_messages={"required": _("Choose the service you ask for.")}
    )
    whom = forms.ChoiceField(
        label=_("Whom do you ask for?"),
        choices=WHOM,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you ask for yourself or for somebody else.")},
    )
    role = forms.CharField(
        label=_("If for somebody else: who are you to them, and what gives you the right to ask?"),
        help_text=_("For example: daughter, with an authorisation signed by a notary. The office will ask to see it."),
        max_length=200,
        required=False,
    )
    until = forms.DateField(
        label=_("Until when may you act for them?"),
        help_text=_("Leave it empty if no day was set."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day like this: 2026-11-25.")},
    )
    name = forms.CharField(
        label=_("Name and surname of the person who needs the service"),
        max_length=120,
        error_messages={"required": _("Write the name and surname.")},
    )
    phone = forms.CharField(
        label=_("Phone number"),
        help_text=_("The office needs a phone number or an e-mail to reach you."),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    email = forms.EmailField(
        label=_("E-mail"), max_length=200, required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    text = forms.CharField(
        label=_("What should the office know?"),
        help_text=_("You may leave it empty. Your personal code is not needed here."),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["service"]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101  (declared above)
        chosen.choices = [("", _("Choose")), *((one.code, one.name.text) for one in places.services())]

    @classmethod
    def opened_with(cls, service: str, text: str = "") -> RequestForm:
        """A fresh form with a key of its own; the page before gives the service and, after a check, its words."""
        return cls(initial={"key": uuid4(), "service": service[:40], "text": text[:LONGEST]})

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("whom") == OTHER:
            self._check_the_right(said)
        else:  # whoever asks for themselves needs no right; what was written about one is not sent
            said |= {"role": "", "until": None}
        if not said.get("phone") and not said.get("email") and not {"phone", "email"} & self.errors.keys():
            self.add_error("phone", _("Write a phone number or an e-mail, so that the office can reach you."))
        return said

    def _check_the_right(self, said: dict[str, Any]) -> None:
        if not said.get("role"):
            self.add_error("role", _("Write who you are to them and what gives you the right to ask."))
        if said.get("until") and said["until"] < clock.today():
            self.add_error("until", _("This day has passed: you may no longer act for them."))

    @property
    def whom_name(self) -> str:
        return str(dict(WHOM)[self.cleaned_data["whom"]])

    def wish(self, language: str, *, brought: list[str]) -> Wish:
        """What was asked for; `brought` are the papers the resident will bring."""
        said = self.cleaned_data
        person = Applicant(said["name"], phone=said["phone"], email=said["email"], language=language)
        return Wish(said["service"], language, person, _note(said, brought))


def _note(said: dict[str, Any], brought: list[str]) -> str:
    """For the office, in its language."""
    lines = [said["text"]] if said["text"] else []
    with override(words.OFFICE_LANGUAGE):
        if said["whom"] == OTHER:
            lines.append(gettext("Somebody else asks for this person: %(role)s.") % {"role": said["role"]})
            if said["until"]:
                lines.append(gettext("They may act until %(day)s.") % {"day": said["until"].isoformat()})
        lines += [gettext("Will be brought: %(paper)s") % {"paper": paper} for paper in brought]
    return "\n".join(lines)


def papers_of(service: str, language: str) -> list[Localised]:
    """The documents a service needs, one a line, for a reader of `language`."""
    row = rows(Service).filter(code=service, live=True).values(*columns_of(("documents",))).first()
    said = text(row, "documents", language) if row else None
    lines = said.text.splitlines() if said else []
    return [Localised(line.strip(), said.language, said.is_fallback) for line in lines if said and line.strip()]
