"""What a text may show of the charter's tables as a block of its own: `{{contact:kspc}}`, `{{standard:S08}}`,
`{{steps:pasalpa}}`, `{{documents:pasalpa}}` – each written once and shown by reference."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from charter import offices, selectors
from charter.models import Service
from charter.templatetags.promises import pledge
from portal.core.compiled import compiled
from portal.core.languages import Localised, lines_of
from portal.core.references import Filled, register_placeholder
from portal.core.templatetags.parama import phone, said, tel
from portal.core.translations import columns_of, text
from portal.core.translations import rows as plain

_LISTS = compiled(
    lambda codes: (
        plain(Service).filter(code__in=codes, live=True).values("code", *columns_of(("name", "steps", "documents")))
    )
)


def _codes(insides: frozenset[str]) -> dict[str, str]:
    return {inside: inside.partition(":")[2] for inside in insides}


def contacts(insides: frozenset[str], language: str) -> Mapping[str, Filled]:
    """The card of an institution: name, phone to be rung, address."""
    found = {}
    for inside, code in _codes(insides).items():
        office = offices.office_with_code(code, language)
        if office is not None:
            words = ", ".join(part for part in (office.name.text, office.phone, office.address) if part)
            found[inside] = Filled(words, block=_card(office))
    return found


def _card(office: offices.Office) -> SafeString:
    lines = [format_html('<p><strong><a href="{}">{}</a></strong></p>', office.url, said(office.name))]
    if office.phone:
        lines.append(format_html('<p><a href="{}">{}</a></p>', tel(office.phone), phone(office.phone)))
    if office.address:
        lines.append(format_html("<p>{}</p>", office.address))
    return format_html('<div class="side-block">{}</div>', format_html_join("", "{}", ((line,) for line in lines)))


def standards(insides: frozenset[str], language: str) -> Mapping[str, Filled]:
    """A promise with what was measured last, as it stands now."""
    found = {}
    for inside, code in _codes(insides).items():
        promise = selectors.promise(code, language)
        if promise is not None:
            block = format_html('<ol class="pledges" role="list">{}</ol>', pledge(promise))
            found[inside] = Filled(promise.words.text, block=block)
    return found


def lists(insides: frozenset[str], language: str) -> Mapping[str, Filled]:
    """The steps or papers of a service, where the service's page has them."""
    rows = {row["code"]: row for row in _LISTS(sorted(set(_codes(insides).values())))}
    found = {}
    for inside, code in _codes(insides).items():
        field = inside.partition(":")[0]
        lines = lines_of(text(rows[code], field, language)) if code in rows else ()
        if lines:
            words = "; ".join(line.text for line in lines)
            found[inside] = Filled(words, block=_steps(lines) if field == "steps" else _papers(lines))
    return found


def _steps(lines: tuple[Localised, ...]) -> SafeString:
    items = format_html_join("", "<li><p>{}</p></li>", ((said(line),) for line in lines))
    return format_html('<ol class="steps" role="list">{}</ol>', items)


def _papers(lines: tuple[Localised, ...]) -> SafeString:
    items = format_html_join("", "<li>{}</li>", ((said(line),) for line in lines))
    return format_html('<ul class="papers">{}</ul>', items)


register_placeholder(r"contact:[\w-]+", contacts)
register_placeholder(r"standard:[\w-]+", standards)
register_placeholder(r"(?:steps|documents):[\w-]+", lists)
