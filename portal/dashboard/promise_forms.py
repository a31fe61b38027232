"""Forms of the manager's side of the promises; what may be a figure is `charter.figures`' to say."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import Promise as Lazy
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from charter.actions import Explanation
from charter.memberships import Reach
from charter.models import Institution, Measurement, ServiceStandard, StandardKind
from charter.periods import Period
from portal.core.languages import DEFAULT, LANGUAGES, OWN_NAMES, column
from portal.dashboard import promises

WRONG: dict[str, Lazy] = {
    "computed": _("The portal counts this promise itself; a figure cannot be entered by hand."),
    "future": _("This period has not begun yet."),
    "outside": _("The promise did not hold in this period."),
    "number": _("Write a whole number, for example 12."),
    "more_than_counted": _("More cannot have been kept than was counted."),
    "needed": _("This cannot be left empty."),
}


class ExplanationForm(forms.Form):
    """Why it was missed and what is done about it, in four languages; Lithuanian is needed, the others fall back."""

    act_by = forms.DateField(
        label=_("It will be done by"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, measurement: Measurement, *args: Any, **kwargs: Any) -> None:
        texts = Measurement.objects.values(*(column(f, code) for f in ("reason", "action") for code in LANGUAGES))
        kwargs["initial"] = {**texts.get(pk=measurement.pk), "act_by": measurement.act_by}
        super().__init__(*args, **kwargs)
        for code in LANGUAGES:
            for field, label in (("reason", _("What went wrong")), ("action", _("What we are doing"))):
                self.fields[column(field, code)] = forms.CharField(
                    label=label,
                    required=code == DEFAULT,
                    max_length=1000,
                    widget=forms.Textarea(attrs={"rows": 3, "lang": code}),
                )
        self.order_fields([*(name for name in self.fields if name != "act_by"), "act_by"])

    @property
    def by_language(self) -> list[tuple[str, list[forms.BoundField]]]:
        return [(OWN_NAMES[code], [self[column("reason", code)], self[column("action", code)]]) for code in LANGUAGES]

    @property
    def explanation(self) -> Explanation:
        said = self.cleaned_data
        return Explanation(
            reason={code: said[column("reason", code)] for code in LANGUAGES},
            action={code: said[column("action", code)] for code in LANGUAGES},
            act_by=said["act_by"],
        )


class FigureForm(forms.Form):
    """A figure brought from elsewhere."""

    period = forms.ChoiceField(label=_("Period"))
    institution: forms.ModelChoiceField[Institution] = forms.ModelChoiceField(
        Institution.objects.none(), label=_("Institution"), required=False
    )
    numerator = forms.IntegerField(label=_("Kept"), min_value=0)
    denominator = forms.IntegerField(label=_("Out of"), min_value=1)
    source = forms.CharField(
        label=_("Where the figure comes from"),
        max_length=300,
        help_text=_("A register, a report, a log – so that the other person can check it."),
    )

    def __init__(self, standard: ServiceStandard, reach: Reach, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.periods: dict[str, Period] = {period.code: period for period in promises.periods_for(standard)}
        chosen = self.fields["period"]
        assert isinstance(chosen, forms.ChoiceField)  # noqa: S101  (declared above)
        chosen.choices = [(code, capfirst(str(period))) for code, period in self.periods.items()]
        place = self.fields["institution"]
        assert isinstance(place, forms.ModelChoiceField)  # noqa: S101  (declared above)
        place.queryset = promises.offices(reach)
        place.empty_label = str(_("The whole city"))
        place.required = not reach.whole_city
        if standard.kind == StandardKind.COUNT:
            self.fields["numerator"].label = _("How many")
            del self.fields["denominator"]

    def blame(self, wrong: dict[str, str]) -> None:
        """Say beside each field what the charter refused."""
        for field, code in wrong.items():
            self.add_error(field if field in self.fields else None, str(WRONG[code]))


class RefusalForm(forms.Form):
    why = forms.CharField(label=_("Why it is not right"), max_length=300)
