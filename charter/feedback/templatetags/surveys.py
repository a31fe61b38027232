"""Asking whether somebody would answer a survey, on the pages where something of theirs has just ended."""

from __future__ import annotations

from django import template

from charter.feedback.surveys import offering
from portal.core.languages import Localised

register = template.Library()


@register.inclusion_tag("feedback/surveys/offer.html")
def survey_offer(place: str, seed: str = "") -> dict[str, Localised | str]:
    """The question, for who is drawn; nothing for everybody else."""
    found = offering.offer(place, seed)
    return {"title": found[0], "address": found[1]} if found else {}
