"""A known recipient's full set of papers: how many fields a clerk types, counted on the form itself."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from portal.registry.models import Case, DocumentKind, Post, Produced, Programme, Recipient
from portal.registry.papers import actions
from portal.registry.programmes.forms import ProgrammeForm
from tests.portal.registry.conftest import Catalogue
from tests.portal.registry.papers.files import GOOD, docx, upload

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
At = Callable[[Post], Client]
ROOT = "/en/registry/"
MOST_FIELDS = 12
PAPERS = (DocumentKind.CONTRACT, DocumentKind.PROGRAMME, DocumentKind.NOTICE)


def filled_in(form: ProgrammeForm) -> dict[str, Any]:
    """What the form says before anybody types."""
    found = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    first = {name: field.choices[0][0] for name, field in form.fields.items() if hasattr(field, "choices")}
    said = {name: value if value is not None else first.get(name) for name, value in found.items()}
    return {name: value for name, value in said.items() if value not in (None, "", []) and name != "weekdays"}


def test_a_known_persons_contract_programme_and_notice_take_few_fields_and_three_presses(
    at: At, clara: Post, hanna: Post, daiva: Post, granted: Case, catalogue: Catalogue
) -> None:
    person = granted.recipient
    Recipient.objects.filter(pk=person.pk).update(worker=daiva)
    person.incomes.create(valid_from="2026-01-01", cents=52000)
    for kind in PAPERS:
        actions.publish(actions.upload(kind, "lt", upload(docx(*GOOD)), by=clara), by=clara)
    person.refresh_from_db()
    before = filled_in(ProgrammeForm(post=clara, recipient=person))
    typed = {
        "since": "2026-12-01",
        "until": "2027-05-31",
        f"s{catalogue.help.pk}_times": "2",
        f"s{catalogue.help.pk}_minutes": "60",
        f"s{catalogue.bath.pk}_times": "1",
        f"s{catalogue.bath.pk}_minutes": "30",
        "weekdays": ["0", "2"],
        "hour": "09:00",
    }
    assert not set(typed) & set(before)  # nothing is typed that the form knew
    assert len(typed) + len(typed["weekdays"]) - 1 <= MOST_FIELDS
    at(clara).post(f"{ROOT}recipients/{person.pk}/programme/", before | typed)
    programme = Programme.objects.get()
    assert (programme.worker, programme.case, programme.rule) == (daiva, granted, catalogue.rule)
    at(hanna).post(f"{ROOT}programmes/{programme.pk}/sign/")
    at(clara).post(f"{ROOT}programmes/{programme.pk}/produce/")
    assert set(Produced.objects.values_list("template__kind", flat=True)) == set(PAPERS)
