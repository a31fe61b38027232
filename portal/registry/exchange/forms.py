"""Forms of the exchange: a profile made without programming, a file to be taken in, a file to be given out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.core import clock
from portal.registry.exchange.fields import fields_of
from portal.registry.forms import Day, RegistryForm
from portal.registry.models import ExchangeProfile
from portal.registry.models.exchange import Encoding, ExchangeFormat

DELIMITERS = ((";", _("semicolon")), (",", _("comma")), ("\t", _("tab")), ("|", "|"))


class ProfileForm(RegistryForm):
    """What a file of another system looks like: for each field of ours the name of their column, and their words."""

    name = forms.CharField(label=_("Name of the profile"), max_length=80)
    format = forms.ChoiceField(label=_("Format"), choices=ExchangeFormat.choices)
    encoding = forms.ChoiceField(label=_("Encoding"), choices=Encoding.choices, initial=Encoding.UTF8_SIG)
    delimiter = forms.ChoiceField(label=_("Delimiter of a CSV file"), choices=DELIMITERS)

    def __init__(self, *args: Any, kind: str, profile: ExchangeProfile | None = None, **kwargs: Any) -> None:
        initial: dict[str, Any] = {}
        if profile is not None:
            initial = {name: getattr(profile, name) for name in ("name", "format", "encoding", "delimiter")}
            initial |= {f"column-{name}": column for name, column in profile.columns.items()}
            initial |= {
                f"codes-{name}": "\n".join(f"{theirs} = {ours}" for theirs, ours in codes.items())
                for name, codes in profile.codes.items()
            }
        super().__init__(*args, initial=initial, **kwargs)
        self.kind = kind
        for name, field in fields_of(kind).items():
            words = _("%(field)s: column") % {"field": field.words}
            self.fields[f"column-{name}"] = forms.CharField(label=words, max_length=80, required=field.is_needed)
            if field.has_codes:
                self.fields[f"codes-{name}"] = forms.CharField(
                    label=_("%(field)s: their words") % {"field": field.words},
                    help_text=_("One a line: their word = ours, for example LIT = lt."),
                    widget=forms.Textarea(attrs={"rows": 4}),
                    required=False,
                )

    def facts(self) -> dict[str, Any]:
        """The profile as it was typed."""
        data, names = self.cleaned_data, fields_of(self.kind)
        return {
            "kind": self.kind,
            **{name: data[name] for name in ("name", "format", "encoding", "delimiter")},
            "columns": {name: data[f"column-{name}"].strip() for name in names},
            "codes": {name: _codes(data.get(f"codes-{name}", "")) for name in names},
        }


class TakeForm(RegistryForm):
    """A file by a profile."""

    profile = forms.ModelChoiceField(label=_("Profile"), queryset=ExchangeProfile.objects.none(), empty_label=None)
    file = forms.FileField(label=_("File"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _latest(self)


class GiveForm(RegistryForm):
    """What goes out, and why."""

    profile = forms.ModelChoiceField(label=_("Profile"), queryset=ExchangeProfile.objects.none(), empty_label=None)
    first = Day(label=_("Visits from"))
    last = Day(label=_("Visits until"))
    reason = forms.CharField(label=_("Why, and to whom"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        today = clock.today()
        super().__init__(*args, initial={"first": today.replace(day=1), "last": today}, **kwargs)
        _latest(self)


def _latest(form: RegistryForm) -> None:
    field = form.fields["profile"]
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101  (declared above)
    field.queryset = ExchangeProfile.objects.filter(is_latest=True)


def _codes(text: str) -> dict[str, str]:
    pairs = (line.partition("=") for line in text.splitlines() if "=" in line)
    return {theirs.strip(): ours.strip() for theirs, _sign, ours in pairs if theirs.strip() and ours.strip()}
