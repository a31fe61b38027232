"""Forms about a person's rights: why a record is opened, restriction, lifting, consent, and one more reason."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.core.languages import LANGUAGES, OWN_NAMES
from portal.registry.forms import Day, RegistryForm
from portal.registry.law import reasons
from portal.registry.models import ErasureGround, RestrictionGround


class PurposeForm(RegistryForm):
    """Why the record is opened."""

    reason = forms.ChoiceField(label=_("Why you open it"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("In your own words"), max_length=200, required=False, help_text=_("Needed for another reason.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["reason"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101  (declared above)
        field.choices = [(one.code, one.said.text) for one in reasons.live()]


class RestrictForm(RegistryForm):
    """On what ground the record is restricted."""

    ground = forms.ChoiceField(label=_("Ground"), choices=RestrictionGround.choices)
    reason = forms.CharField(label=_("Why"), max_length=200)


class LiftForm(RegistryForm):
    """Why the record may be changed again."""

    reason = forms.CharField(label=_("Why"), max_length=200)


class ConsentForm(RegistryForm):
    """When the consent was signed."""

    day = Day(label=_("Signed on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, initial={"day": clock.today()}, **kwargs)


class EraseForm(RegistryForm):
    """On what ground the person is to be erased."""

    ground = forms.ChoiceField(label=_("Ground"), choices=ErasureGround.choices)


class NewReasonForm(RegistryForm):
    """A reason in four languages."""

    needs_words = forms.BooleanField(label=_("It has to be explained in words"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in LANGUAGES:
            self.fields[code] = forms.CharField(label=OWN_NAMES[code], max_length=80)
        self.order_fields([*LANGUAGES, "needs_words"])

    @property
    def names(self) -> dict[str, str]:
        return {code: self.cleaned_data[code] for code in LANGUAGES}
