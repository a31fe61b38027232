"""Fields of the registry's forms: days, sums, choices; and how a refusal is shown on a form."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from portal.registry.refusals import Refused

MOST_CENTS = 10_000_000


class Day(forms.DateField):
    """A day from the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        kwargs["error_messages"] = {"invalid": _("Write the day as year-month-day, for example 2026-12-04.")}
        super().__init__(widget=widget, input_formats=["%Y-%m-%d"], **kwargs)


class Euros(forms.Field):
    """A sum as people write it, `1 234,50`; its value is whole cents."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def to_python(self, value: Any) -> int | None:
        text = str(value or "").replace("\u00a0", "").replace(" ", "").replace("€", "").replace(",", ".")
        if not text:
            return None
        try:
            cents = int((Decimal(text) * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))
        except (ArithmeticError, ValueError) as wrong:
            raise ValidationError(_("Write the sum in euros, for example 12,50.")) from wrong
        if not 0 <= cents <= MOST_CENTS:
            raise ValidationError(_("Write the sum in euros, for example 12,50."))
        return cents

    def prepare_value(self, value: Any) -> Any:
        return f"{value // 100},{value % 100:02d}" if isinstance(value, int) else value


class WorkerChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A colleague by name."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.user)


class RegistryForm(forms.Form):
    """A form that never lets a browser keep what was typed, and that can show a refusal of the deed itself."""

    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.setdefault("autocomplete", "off")

    def refuse(self, refused: Refused) -> None:
        """Show why the deed was refused, at its field where it has one."""
        self.add_error(refused.field if refused.field in self.fields else None, refused.sentence)
