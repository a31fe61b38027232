"""Tags every template has: icons, phones, sums, dates and texts that may be in another language."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from html import escape

from django import template
from django.forms import BoundField
from django.templatetags.static import static
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from portal.core import references, rich_text
from portal.core.csp import current_nonce
from portal.core.languages import Localised, current

register = template.Library()
_LANGUAGE_NAMES = {"lt": _("Lithuanian"), "ru": _("Russian"), "en": _("English"), "uk": _("Ukrainian")}


@lru_cache(maxsize=256)
def _icon(name: str, size: str) -> SafeString:
    pixels = {"": 24, "small": 18, "big": 36}[size]
    extra = f" icon--{size}" if size else ""
    return mark_safe(  # noqa: S308  (names come from templates only)
        f'<svg class="icon{extra}" width="{pixels}" height="{pixels}" aria-hidden="true" focusable="false">'
        f'<use href="{static("icons.svg")}#{name}"/></svg>'
    )


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """A symbol of icons.svg; always beside a word, so hidden from screen readers."""
    return _icon(name, size)


@register.simple_tag
def csp_nonce() -> str:
    """The nonce of this request; only the CMS's own screens have one."""
    return current_nonce()


_CLASSES = {"select": "select", "textarea": "textarea"}


@register.filter
def styled(field: BoundField) -> SafeString:
    """A form field with its class, and with the places where its hint and its error stand."""
    widget = field.field.widget
    attrs: dict[str, str | bool] = {"class": _CLASSES.get(type(widget).__name__.lower(), "input")}
    return field.as_widget(attrs=attrs)


@register.filter
def numbers(phones: str) -> list[str]:
    """Several phones written in one line, each by itself."""
    return [number.strip() for number in phones.split(";") if number.strip()]


@register.filter
def tel(number: str) -> str:
    """The `tel:` address of a phone as printed in Lithuania: `(0 46) 300706` → `tel:+37046300706`."""
    digits = "".join(sign for sign in number.split(";")[0] if sign.isdigit() or sign == "+")
    if digits.startswith("+"):
        return f"tel:{digits}"
    if len(digits) == 9 and digits[0] in "08":
        return f"tel:+370{digits[1:]}"
    return f"tel:{digits}"


@register.filter
def phones(numbers: str) -> list[str]:
    """Several numbers in one field, one by one: `(8 46) 482028; 8 684 39377` → two."""
    return [number for part in numbers.split(";") if (number := part.strip())]


@register.filter
def phone(number: str) -> str:
    """A phone number as read aloud: `(0 46) 300706` → `(0 46) 300 706`, never broken at a line's end."""
    head, _, tail = number.rpartition(" ")
    if tail.isdigit() and len(tail) == 6:
        number = f"{head} {tail[:3]} {tail[3:]}"
    return number.replace(" ", " ")


@register.filter
def rich(value: str | Localised) -> SafeString:
    """Cleaned rich text with its links and sums; a Localised one in another language is wrapped in its `lang`.

    A page with several of them prepares them together (`rich_text.show`), else each looks up its own.
    """
    if isinstance(value, SafeString):
        return value
    text = value if isinstance(value, Localised) else Localised(value or "", current())
    return rich_text.show([text])[0]


@register.filter
def said(value: Localised) -> SafeString:
    """A plain text, escaped; in another language than the page it carries its `lang`."""
    if "{{" in value.text:
        value = references.fill([value])[0]
    if value.is_fallback:
        return format_html('<span lang="{}">{}</span>', value.language, value.text)
    return SafeString(escape(value.text))  # the plain function: Django's own looks at each text three times first


@register.filter
def language_name(code: str) -> str:
    """A language by its name in the page's language, as it stands in the middle of a sentence."""
    return str(_LANGUAGE_NAMES[code])


@register.filter
def when(value: dt.date | dt.datetime | None) -> SafeString | str:
    """A date as the page's language writes it in figures, marked up for machines."""
    if value is None:
        return ""
    day = value.date() if isinstance(value, dt.datetime) else value
    return format_html('<time datetime="{}">{}</time>', day.isoformat(), in_figures(day))


def in_figures(day: dt.date) -> str:
    """lt 2026-11-22 · ru, uk 22.11.2026 · en 22 November 2026."""
    language = current()
    if language == "lt":
        return day.isoformat()
    if language == "en":
        return date_format(day, "j F Y")
    return day.strftime("%d.%m.%Y")


@register.filter
def moment(value: dt.datetime | None) -> SafeString | str:
    """A date with its time of day, by the town's clock: 22.11.2026, 09:15."""
    if value is None:
        return ""
    local = localtime(value)
    return format_html(
        '<time datetime="{}">{}, {}</time>', local.isoformat(timespec="minutes"), in_figures(local.date()), _hour(local)
    )


def _hour(local: dt.datetime) -> str:
    return f"{local:%H:%M}"
