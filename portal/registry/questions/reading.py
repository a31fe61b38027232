"""A question read back in sentences, so that whoever asked sees what was understood."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from portal.core.templatetags.parama import in_figures
from portal.registry.models import Recipient
from portal.registry.questions.asking import QuestionForm
from portal.registry.questions.question import Question, Span
from portal.registry.questions.vocabulary import BREAKDOWNS, PARTS, Kind


def said(form: QuestionForm) -> str:
    """The whole question, sentence after sentence, in the language of the page."""
    question = form.question
    return " ".join([_what(question), *_only(form), *_compared(question), *_breakdown(question), *_parts(question)])


def day(value: Any) -> str:
    return in_figures(value)


def _days(span: Span) -> dict[str, str]:
    return {"since": day(span.first), "until": day(span.last)}


def _what(question: Question) -> str:
    facts = {"what": question.measure.name, "days": question.days} | _days(question.span)
    if question.measure.code == "unvisited":
        return _("%(what)s for %(days)s days up to %(until)s.") % facts
    if question.measure.is_of_a_day:
        return _("%(what)s on %(until)s.") % facts
    return _("%(what)s, from %(since)s to %(until)s.") % facts


def _only(form: QuestionForm) -> list[str]:
    """One sentence a condition, by the words of the form's own choices."""
    found = []
    for name, value in form.question.only.items():
        if name == "person":
            shown = Recipient.objects.filter(pk=value).values_list("name", flat=True).first() or "–"
            label: Any = BREAKDOWNS["person"]
        else:
            field: Any = form.fields[name]
            shown, label = dict(field.choices).get(value, value), field.label
        found.append(_("Only: %(name)s – %(value)s.") % {"name": str(label).lower(), "value": shown})
    return found


def _compared(question: Question) -> list[str]:
    other = question.other
    if other is None:
        return []
    if question.measure.is_of_a_day:
        return [_("Compared with %(day)s.") % {"day": day(other.last)}]
    return [_("Compared with the days from %(since)s to %(until)s.") % _days(other)]


def _breakdown(question: Question) -> list[str]:
    if not question.by:
        return []
    facts = {"by": BREAKDOWNS[question.by], "then": BREAKDOWNS.get(question.then, "")}
    if question.then:
        return [_("Broken down by: %(by)s, and by: %(then)s.") % facts]
    return [_("Broken down by: %(by)s.") % facts]


def _parts(question: Question) -> list[str]:
    found = []
    if question.of:
        found.append(_("Of them: %(part)s.") % {"part": PARTS[question.of]})
    if question.of2:
        found.append(_("Of that part: %(part)s.") % {"part": PARTS[question.of2]})
    if question.measure.kind is Kind.BETWEEN:
        found.append(_("With the share within %(days)s days.") % {"days": question.days})
    return found
