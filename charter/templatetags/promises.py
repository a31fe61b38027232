"""Tags that show a promise: its verdict as a tag, its sentence, its drawings."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import lru_cache

from django import template
from django.template import Context
from django.utils.html import conditional_escape, escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from charter import charts, promises
from charter.compliance import Verdict
from charter.models import ManualFigure, Measurement, StandardKind, Unit
from charter.periods import Period
from portal.core.addresses import page_address
from portal.core.languages import Localised, current
from portal.core.templatetags.parama import icon, phone, said, when

register = template.Library()
_LOOKS = {
    Verdict.KEPT: ("tag tag--good", "check"),
    Verdict.NOT_KEPT: ("tag tag--bad", "close"),
    Verdict.NOT_YET_CLEAR: ("tag tag--care", "near"),
    Verdict.TOO_FEW: ("tag", "few"),
    Verdict.NOTHING: ("tag", "few"),
    Verdict.NOT_MEASURED: ("tag", "pause"),
}


@lru_cache(maxsize=64)
def _tag(verdict: Verdict, language: str) -> SafeString:
    look, shape = _LOOKS[verdict]
    return format_html('<span class="{}">{}{}</span>', look, icon(shape), verdict.label)


def _filled(sentence: str, **values: str) -> SafeString:
    """A translated sentence with values that may be marked up."""
    return SafeString(escape(sentence) % {name: conditional_escape(value) for name, value in values.items()})


@lru_cache(maxsize=16)
def _unsure(number: str, checked_on: dt.date | None, language: str) -> SafeString:
    words = [
        _filled(_("Not confirmed – ask us: %(phone)s."), phone=phone(number))
        if number
        else _("Not confirmed – ask us.")
    ]
    if number and checked_on:
        words.append(_filled(_("The number was checked on %(day)s."), day=when(checked_on)))
    said_so = format_html_join(" ", "{}", ((word,) for word in words))
    return format_html('<p class="unsure">{}<span>{}</span></p>', icon("warn", "small"), said_so)


@register.simple_tag(takes_context=True)
def unsure(context: Context) -> SafeString:
    """What nobody has confirmed: whom to ask, and since when we know that number. Stands under many facts of a page."""
    look_up = context.get("municipality")
    card = look_up() if look_up else None
    return _unsure(card.phone, card.phone_as_of, current()) if card else _unsure("", None, current())


@register.simple_tag
def verdict_tag(verdict: Verdict) -> SafeString:
    """A word with its shape and colour, which only repeat the word."""
    return _tag(verdict, current())


@register.simple_tag
def pledge(promise: promises.Promise) -> SafeString:
    """One promise in a list, with its result: eighteen of them stand on the charter's page, so it is made in one go."""
    result = promise.latest
    promised = _("Promised: %(promised)s.") % {"promised": promise.promised}
    if result is None:
        words: str = promised
    elif result.is_judged:
        words = format_html("{}. {}", said(promise.said(result)), promised)
    else:
        words = said(promise.said(result))
    return format_html(
        '<li><p class="pledge__words"><a href="{}#{}">{}</a></p>'
        '<div class="pledge__side">{}<p class="pledge__res">{}</p></div></li>',
        page_address("charter:performance", current()),
        promise.commitment,
        said(promise.words),
        verdict_tag(promise.verdict),
        words,
    )


@register.simple_tag
def said_of(promise: promises.Promise, result: promises.Result) -> Localised:
    """What was reached, as a sentence."""
    return promise.said(result)


@register.simple_tag
def figure_of(promise: promises.Promise, result: promises.Result) -> str:
    """What was reached, as a figure alone."""
    return promise.reached(result)


@register.filter
def period(row: Measurement | ManualFigure) -> Period:
    """The month or quarter that a figure is of."""
    return Period(row.period_start, row.period_kind)


@register.simple_tag
def promised_figure(value: Decimal | None, unit: str) -> str:
    """A promised term: "20 working days"; a dash where none was promised."""
    if value is None:
        return "–"
    figure = int(value)
    words = {
        Unit.SECONDS: ngettext("%(n)s second", "%(n)s seconds", figure),
        Unit.MINUTES: ngettext("%(n)s minute", "%(n)s minutes", figure),
        Unit.DAYS: ngettext("%(n)s day", "%(n)s days", figure),
        Unit.WORKING_DAYS: ngettext("%(n)s working day", "%(n)s working days", figure),
    }
    return words.get(Unit(unit), "%(n)s") % {"n": figure}


@register.simple_tag
def target_figure(target: Decimal) -> str:
    """The share to reach: "95 out of 100"; empty for what is no share."""
    if not 0 < target <= 1:
        return ""
    return _("%(value)s out of 100") % {"value": promises.figure(StandardKind.SHARE, float(target))}


@register.simple_tag
def gauge_of(promise: promises.Promise, result: promises.Result | None) -> charts.Gauge | None:
    return charts.gauge(promise, result)


@register.simple_tag
def trend_of(promise: promises.Promise) -> charts.Trend | None:
    return charts.trend(promise)
