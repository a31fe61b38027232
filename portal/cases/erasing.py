"""A person was erased in the registry: what the portal kept about their cases goes too, what is counted stays."""

from __future__ import annotations

import secrets
from collections.abc import Iterable

from django.db import transaction

from portal.cases import access
from portal.cases.models import CaseNews
from portal.core import audit


@transaction.atomic
def forget(cases: Iterable[str], persons: Iterable[str]) -> int:
    """Empty the links to these cases of these persons: their receipts open nothing any more. Returns how many."""
    links = list(access.everything().filter(external_id__in=list(cases), person_link__in=list(persons)))
    for link in links:
        CaseNews.objects.filter(link=link).delete()
        link.mandates.all().delete()
        link.outbox.all().delete()
        link.openings.update(reason="")
        link.kept, link.name_marks, link.consultation_reference = "", "", ""
        link.person_link = link.secret_digest = secrets.token_hex(32)
        link.key = None
        link.save(update_fields=["kept", "name_marks", "consultation_reference", "person_link", "secret_digest", "key"])
        audit.record("case.erased", link, by=audit.SYSTEM)
    return len(links)
