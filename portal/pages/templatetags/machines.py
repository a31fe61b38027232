"""Tags that say a page's facts to machines."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from charter.catalogue import ServiceFacts
from charter.context import MunicipalityCard
from charter.offices import OfficeFacts
from portal.pages import markup

register = template.Library()


@register.simple_tag
def service_data(facts: ServiceFacts, municipality: MunicipalityCard | None) -> SafeString:
    """The service of this page."""
    return markup.service(facts, municipality)


@register.simple_tag
def institution_data(facts: OfficeFacts) -> SafeString:
    """The institution of this page."""
    return markup.institution(facts)


@register.simple_tag
def site_data(municipality: MunicipalityCard | None) -> SafeString:
    """The site itself."""
    return markup.home(municipality)
