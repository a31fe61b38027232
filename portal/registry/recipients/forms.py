"""Forms about a recipient."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core.languages import LANGUAGES, OWN_NAMES
from portal.registry.forms import Day, Euros, RegistryForm, WorkerChoice
from portal.registry.models import PaperKind, Post, Recipient, Relation
from portal.registry.recipients.actions import FACTS


class RecipientForm(RegistryForm):
    """Who the person is and how to reach them."""

    name = forms.CharField(label=_("Surname and first name"), max_length=120)
    code = forms.CharField(
        label=_("Personal code"),
        max_length=20,
        required=False,
        help_text=_("It is kept encrypted, and shown in full only to whoever says why."),
    )
    birth_date = Day(label=_("Date of birth"), required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    address = forms.CharField(label=_("Address"), max_length=200, required=False)
    beware = forms.CharField(
        label=_("What to beware of at the door"),
        max_length=200,
        required=False,
        help_text=_("For example: a dog in the yard, the bell does not work, speak loudly."),
    )
    district = forms.CharField(label=_("Part of town"), max_length=80, required=False)
    language = forms.ChoiceField(
        label=_("Language the person wants to speak"), choices=[(code, OWN_NAMES[code]) for code in LANGUAGES]
    )
    other_languages = forms.CharField(label=_("Other languages"), max_length=80, required=False)
    worker = WorkerChoice(
        label=_("Social worker"),
        queryset=Post.objects.none(),
        required=False,
        empty_label=_("nobody yet"),
    )

    def __init__(self, *args: Any, post: Post, recipient: Recipient | None = None, **kwargs: Any) -> None:
        initial = {}
        if recipient is not None:
            initial = {name: getattr(recipient, name) for name in FACTS if name != "worker"}
            initial["worker"] = recipient.worker_id
        super().__init__(*args, initial=initial, **kwargs)
        colleagues = Post.objects.filter(user__is_active=True).select_related("user").order_by("user__display_name")
        department = (recipient.department if recipient else "") or post.department
        field = self.fields["worker"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  (declared above)
        field.queryset = colleagues.filter(department__in=("", department)) if department else colleagues
        if recipient is not None and recipient.code_index:
            self.fields["code"].help_text = _("It is known. Write it only if it was wrong.")

    def facts(self) -> dict[str, Any]:
        """What was typed, without the code."""
        return {name: value for name, value in self.cleaned_data.items() if name != "code"}


class ReasonForm(RegistryForm):
    """Why something is opened or changed."""

    reason = forms.CharField(label=_("Why"), max_length=200)


class MemberForm(RegistryForm):
    """Somebody who lives with the person."""

    name = forms.CharField(label=_("Name"), max_length=120)
    relation = forms.ChoiceField(label=_("Who this is to the person"), choices=Relation.choices)
    income = Euros(label=_("Income a month, €"), required=False)


class IncomeForm(RegistryForm):
    """The person's own income from a day on."""

    valid_from = Day(label=_("From"))
    cents = Euros(label=_("Income a month, €"))
    source = forms.CharField(label=_("Where it is known from"), max_length=120, required=False)


class PaperForm(RegistryForm):
    """A document with its term."""

    kind = forms.ChoiceField(label=_("Document"), choices=PaperKind.choices)
    number = forms.CharField(label=_("Number"), max_length=60, required=False)
    issued_on = Day(label=_("Issued on"), required=False)
    expires_on = Day(label=_("Valid until"), required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        issued, expires = data.get("issued_on"), data.get("expires_on")
        if issued and expires and expires < issued:
            self.add_error("expires_on", _("It cannot expire before it was issued."))
        return data


class RepresentativeForm(RegistryForm):
    """Who may act for the person."""

    name = forms.CharField(label=_("Name"), max_length=120)
    relation = forms.ChoiceField(label=_("Who this is to the person"), choices=Relation.choices)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    ground = forms.CharField(label=_("On what ground"), max_length=120, required=False)
    until = Day(label=_("Until"), required=False)
