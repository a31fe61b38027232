"""Tags that show a promise: its verdict as a tag, its sentence, its drawings."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from charter import charts, promises
from charter.compliance import Verdict
from portal.core.languages import Localised
from portal.core.templatetags.parama import icon

register = template.Library()
_LOOKS = {
    Verdict.KEPT: ("tag tag--good", "check"),
    Verdict.NOT_KEPT: ("tag tag--bad", "close"),
    Verdict.NOT_YET_CLEAR: ("tag tag--care", "near"),
    Verdict.TOO_FEW: ("tag", "few"),
    Verdict.NOTHING: ("tag", "few"),
    Verdict.NOT_MEASURED: ("tag", "pause"),
}


@register.simple_tag
def verdict_tag(verdict: Verdict) -> SafeString:
    """A word with its shape and colour, which only repeat the word."""
    look, shape = _LOOKS[verdict]
    return format_html('<span class="{}">{}{}</span>', look, icon(shape), verdict.label)


@register.simple_tag
def said_of(promise: promises.Promise, result: promises.Result) -> Localised:
    """What was reached, as a sentence."""
    return promise.said(result)


@register.simple_tag
def reached_of(promise: promises.Promise, result: promises.Result) -> str:
    """What was reached, as a figure; a dash where none may be shown."""
    return promise.reached(result)


@register.simple_tag
def range_of(promise: promises.Promise, result: promises.Result) -> str:
    """Where the true value lies, as figures; empty where nothing is uncertain or nothing may be shown."""
    return promise.spread(result)


@register.simple_tag
def gauge_of(promise: promises.Promise, result: promises.Result | None) -> charts.Gauge | None:
    return charts.gauge(promise, result)


@register.simple_tag
def trend_of(promise: promises.Promise) -> charts.Trend | None:
    return charts.trend(promise)
