"""What residents fill in to say what happened, to come back, to add something, to rate an answer."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.core.validators import validate_email
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from charter.feedback.appeals import places
from charter.feedback.appeals.actions import LONGEST, WEB, Told
from charter.feedback.models import AppealKind
from charter.models import Institution, Service, ServiceStandard
from charter.selectors import standards_in_force
from portal.core import clock, receipts
from portal.core.languages import LANGUAGES, OWN_NAMES

KINDS = [
    (AppealKind.COMPLAINT.value, _("Something went wrong")),
    (AppealKind.SUGGESTION.value, _("I have a suggestion")),
    (AppealKind.THANKS.value, _("I want to say thank you")),
    (AppealKind.QUESTION.value, _("I have a question")),
]
PREFILLED = ("service", "institution", "promise", "subject")


class AppealForm(forms.Form):
    """One question – what happened? – and what helps to give it to the right people."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    promise = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=_("What do you want to tell us?"),
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the four.")},
    )
    text = forms.CharField(
        label=_("What happened?"),
        help_text=_("Write as it is, in your own words and your own language. Your personal code is not needed."),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 7}),
        error_messages={
            "required": _("Write what happened."),
            "max_length": _("Your text is too long: shorten it to %(limit_value)d characters."),
        },
    )
    happened_on = forms.DateField(
        label=_("When did it happen?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day like this: 2026-11-25.")},
    )
    service = forms.ChoiceField(label=_("Which service is it about?"), required=False)
    institution = forms.ChoiceField(label=_("Which institution is it about?"), required=False)
    subject = forms.CharField(
        label=_("Number of your case or conversation"),
        help_text=_("Only if it is about one: it stands on your receipt."),
        required=False,
        max_length=40,
    )
    name = forms.CharField(
        label=_("Your name"),
        help_text=_("You may leave it empty: we answer without a name, too."),
        required=False,
        max_length=120,
    )
    contact = forms.CharField(
        label=_("E-mail"),
        help_text=_("We write only that there is news. The answer itself is read with your receipt."),
        required=False,
        max_length=200,
        validators=[validate_email],
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    is_quotable = forms.BooleanField(
        label=_("You may tell others what I wrote and what you changed, without my name."), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field, found in (("service", places.services()), ("institution", places.institutions())):
            chosen = self.fields[field]
            assert isinstance(chosen, forms.ChoiceField)  # noqa: S101  (declared above)
            chosen.choices = [("", _("I do not know")), *((one.code, one.name.text) for one in found)]

    @classmethod
    def opened_with(cls, query: Any) -> AppealForm:
        """A fresh form with what the address of the link carries, and a key of its own."""
        kind = AppealKind.COMPLAINT.value if query.get("promise") else ""
        given = {name: query.get(name, "")[:40] for name in PREFILLED}
        return cls(initial={"key": uuid4(), "kind": kind, **given})

    def clean_happened_on(self) -> Any:
        day = self.cleaned_data["happened_on"]
        if day and day > clock.today():
            raise forms.ValidationError(_("This day has not come yet."))
        return day

    def clean_subject(self) -> str:
        typed = self.cleaned_data["subject"]
        read = receipts.read_reference(typed) if typed else ""
        if read is None:
            raise forms.ValidationError(_("This number is not on a receipt of ours. Compare it, or leave it empty."))
        return read

    def told(self, language: str) -> Told:
        """What was told. Codes that name nothing are left out."""
        said = self.cleaned_data
        return Told(
            kind=said["kind"],
            text=said["text"],
            language=language,
            channel=WEB,
            happened_on=said["happened_on"],
            name=said["name"],
            contact=said["contact"],
            is_quotable=said["is_quotable"],
            service=Service.objects.filter(code=said["service"]).first() if said["service"] else None,
            institution=Institution.objects.filter(code=said["institution"]).first() if said["institution"] else None,
            standard=standard_of(said["promise"]),
            subject=said["subject"],
        )


def standard_of(promise: str) -> ServiceStandard | None:
    """The standard a link names: by its own code, also of former days, as a request's promise is that of its day;

    else the one in force today of a commitment, or of everybody for a metric.
    """
    if not promise:
        return None
    named = ServiceStandard.objects.filter(code=promise, live=True).first()
    if named is not None:
        return named
    for_everybody = Q(metric=promise, service=None, institution=None)
    found = standards_in_force().filter(Q(commitment__code=promise) | for_everybody)
    code = found.values_list("code", flat=True).first()
    return ServiceStandard.objects.filter(code=code).first() if code else None


class ReceiptForm(forms.Form):
    """Number and secret as they were typed; what they mean is read elsewhere."""

    reference = forms.CharField(
        label=_("Number"), max_length=40, error_messages={"required": _("Write the number from your receipt.")}
    )
    secret = forms.CharField(
        label=_("Secret code"),
        help_text=_("16 letters and digits. Nobody from our offices will ever ask you for it by phone."),
        max_length=80,
        error_messages={"required": _("Write the secret code from your receipt.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class EntryForm(AppealForm):
    """The same, entered by staff for somebody who called, came or wrote a letter."""

    channel = forms.ChoiceField(
        label=_("How did it come?"),
        choices=[("phone", _("By phone")), ("counter", _("At the desk")), ("letter", _("By letter"))],
    )
    received_on = forms.DateField(
        label=_("When did it come?"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    language = forms.ChoiceField(
        label=_("Language of the answer"), choices=[(code, OWN_NAMES[code]) for code in LANGUAGES]
    )

    def clean_received_on(self) -> Any:
        day = self.cleaned_data["received_on"]
        if day > clock.today():
            raise forms.ValidationError(_("This day has not come yet."))
        return day
