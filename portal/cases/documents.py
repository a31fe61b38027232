"""Papers of a case, opened only when the registry says they belong to it."""

from __future__ import annotations

from portal.cases import asking
from portal.cases.models import CaseLink
from portal.cases.registries.base import Away, NotThere
from portal.cases.registries.facts import File, PersonLink


def open_document(link: CaseLink, document: str, *, only_own: bool = False) -> File:
    """One paper of this very case; `only_own`: that came from the person. Raises NotThere for any other, Away."""
    person, budget = PersonLink(link.person_link), asking.Budget(asking.PAGE)
    listed = asking.ask(link.registry, lambda r: r.documents(link.external_id, person=person), budget=budget)
    mine = [one for one in listed if (one.id, one.case, one.person) == (document, link.external_id, person)]
    mine = [one for one in mine if one.from_person or not only_own]
    if not mine:
        raise NotThere(document)
    file = asking.ask(link.registry, lambda r: r.open_document(document, person=person), budget=budget)
    if not isinstance(file, File):
        raise Away(f"answered with {type(file).__name__}")
    return file
