"""What a resident fills in to ask for a service, a part of the form a page."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from charter.feedback.appeals import places
from portal.cases.models import FieldKind, HelperRole, Right
from portal.cases.requests import plans
from portal.cases.requests.plans import Question
from portal.core import clock
from portal.core.languages import current
from portal.core.phone_numbers import NoNumber, read

MYSELF, OTHER = "self", "other"
WHOM = [(MYSELF, _("For myself")), (OTHER, _("For somebody else"))]
YES, NO = "yes", "no"
YES_NO = [(YES, _("Yes")), (NO, _("No"))]
LONGEST = 4000  # the result of a needs check fits in
FIELD = "f-"
_DAY_WRONG = {"invalid": _("Write the day like this: 2026-11-25.")}


def day_field(**more: Any) -> forms.DateField:
    """A day, typed or picked."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    wrong = _DAY_WRONG | more.pop("error_messages", {})
    return forms.DateField(widget=widget, error_messages=wrong, **more)


def check_day(day: dt.date | None, wrong: Any) -> dt.date | None:
    """A last day that has not passed. Raises ValidationError with `wrong`."""
    if day and day < clock.today():
        raise forms.ValidationError(wrong)
    return day


class StartForm(forms.Form):
    """Which service, and for whom."""

    service = forms.ChoiceField(
        label=_("Which service do you need?"), error_messages={"required": _("Choose the service you ask for.")}
    )
    whom = forms.ChoiceField(
        label=_("Whom do you ask for?"),
        choices=WHOM,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you ask for yourself or for somebody else.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["service"]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101  (declared above)
        elsewhere = plans.asked_elsewhere()
        here = [(one.code, one.name.text) for one in places.services() if one.code not in elsewhere]
        chosen.choices = [("", _("Choose")), *here]


class MandateForm(forms.Form):
    """Who asks for somebody else, and by what right."""

    helper = forms.CharField(
        label=_("Your name and surname"), max_length=120, error_messages={"required": _("Write your name and surname.")}
    )
    role = forms.ChoiceField(
        label=_("Who are you to them?"),
        choices=HelperRole.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who you are to them.")},
    )
    right = forms.ChoiceField(
        label=_("What gives you the right to ask for them?"),
        choices=[one for one in Right.choices if one[0] != Right.PERSON],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what gives you the right to ask.")},
    )
    until = day_field(
        label=_("Until when may you act for them?"),
        help_text=_("Leave it empty if no day was set."),
        required=False,
    )

    def clean_until(self) -> Any:
        return check_day(self.cleaned_data["until"], _("This day has passed: you may no longer act for them."))


class FactsForm(forms.Form):
    """Who needs the service, how the office reaches the one who asks, and what this service wants to know."""

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
    news = forms.BooleanField(
        label=_("Tell me by e-mail or text message when my case moves. The message never says what it is about."),
        required=False,
    )

    def __init__(self, *args: Any, service: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = plans.questions_of(service, current())
        for question in self.questions:
            self.fields[FIELD + question.code] = _field(question)
        self.fields["text"] = forms.CharField(
            label=_("What should the office know?"),
            help_text=_("You may leave it empty. Your personal code is not needed here."),
            max_length=LONGEST,
            required=False,
            widget=forms.Textarea(attrs={"rows": 5}),
        )

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if not said.get("phone") and not said.get("email") and not {"phone", "email"} & self.errors.keys():
            self.add_error("phone", _("Write a phone number or an e-mail, so that the office can reach you."))
        if said.get("news") and said.get("phone") and not said.get("email") and not _can_be_rung(said["phone"]):
            self.add_error("phone", _("Write a phone number like 0 612 34567 or an e-mail address"))
        return said

    def answers(self, *, office: bool = False) -> list[tuple[str, str]]:
        """The service's own questions with what was answered, in the reader's or the office's language."""
        said = [(one, self.cleaned_data.get(FIELD + one.code)) for one in self.questions]
        return [
            (one.for_office[0] if office else one.label.text, _as_words(one, answer, office=office))
            for one, answer in said
            if answer not in {None, ""}
        ]


def _field(question: Question) -> forms.Field:
    common: dict[str, Any] = {
        "label": question.label.text,
        "help_text": question.help.text,
        "required": question.is_required,
        "error_messages": {"required": _("Answer the question: %(question)s") % {"question": question.label.text}},
    }
    if question.kind == FieldKind.NUMBER:
        wrong = {"invalid": _("Write a number.")}
        common["error_messages"] |= wrong
        return forms.DecimalField(
            max_digits=12, decimal_places=2, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **common
        )
    if question.kind == FieldKind.DATE:
        return day_field(**common)
    if question.kind == FieldKind.YES_NO:
        return forms.ChoiceField(choices=YES_NO, widget=forms.RadioSelect, **common)
    if question.kind == FieldKind.CHOICE:
        numbered = [(str(number), one.text) for number, one in enumerate(question.choices)]
        return forms.ChoiceField(choices=numbered, widget=forms.RadioSelect, **common)
    return forms.CharField(max_length=500, **common)


def _can_be_rung(typed: str) -> bool:
    try:
        return bool(read(typed))
    except NoNumber:
        return False


def _as_words(question: Question, answer: Any, *, office: bool) -> str:
    if question.kind == FieldKind.YES_NO:
        return str(dict(YES_NO)[answer])
    if question.kind == FieldKind.CHOICE:
        return question.for_office[1][int(answer)] if office else question.choices[int(answer)].text
    return f"{answer:%Y-%m-%d}" if question.kind == FieldKind.DATE else str(answer)
