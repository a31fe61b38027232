"""An editor writes a service's request form in the CMS; a stranger to content does not come in."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from charter.models import Role
from portal.cases.models import RequestPlan
from tests.factories import charter
from tests.people import staff

pytestmark = pytest.mark.django_db


def form(service: int) -> dict[str, Any]:
    questions = {
        "fields-TOTAL_FORMS": "1",
        "fields-INITIAL_FORMS": "0",
        "fields-MIN_NUM_FORMS": "0",
        "fields-MAX_NUM_FORMS": "1000",
        "fields-0-code": "floor",
        "fields-0-kind": "number",
        "fields-0-label_lt": "Kelintame aukšte?",
        "fields-0-ORDER": "1",
    }
    return {"service": service, "place": "here", "confidence": "A", "sources": "[]", "unconfirmed": "[]", **questions}


def test_an_editor_writes_a_form_with_a_question(client: Client) -> None:
    service = charter.service()
    client.force_login(staff("Carol", Role.EDITOR))
    add = reverse("wagtailsnippets_cases_requestplan:add")
    assert client.get(add).status_code == 200
    assert client.post(add, form(service.pk)).status_code == 302
    plan = RequestPlan.objects.get()
    assert plan.code == service.code
    assert list(plan.fields.values_list("label_lt", flat=True)) == ["Kelintame aukšte?"]


def test_a_consultant_writes_none(client: Client) -> None:
    client.force_login(staff("Bob", Role.CONSULTANT, institution=charter.institution()))
    client.post(reverse("wagtailsnippets_cases_requestplan:add"), form(charter.service().pk))
    assert not RequestPlan.objects.exists()
