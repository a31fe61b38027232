"""Texts of editors are clean in every language, whichever way they came, and are cleaned again when they are shown."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.test import Client

from charter.models.content import EditedContent
from kb.models import Article
from portal.core.languages import LANGUAGES, column, columns
from tests.factories.kb import article

pytestmark = pytest.mark.django_db
HOSTILE = (
    '<p onclick="x()">good<script>alert(1)</script><a href="javascript:alert(2)">b</a><img src=x onerror=alert(3)>'
    '<iframe src="//evil.example"></iframe><svg onload=alert(4)></svg><style>*{display:none}</style></p>'
)
BAD = ("alert(", "onclick", "javascript:", "onerror", "<iframe", "<svg", "evil.example", "display:none")
EDITED = [model for model in apps.get_models() if issubclass(model, EditedContent) and model.RICH_FIELDS]


def faults(html: str) -> list[str]:
    return [bad for bad in BAD if bad in html]


@pytest.mark.parametrize("model", EDITED, ids=lambda model: model.__name__)
def test_every_language_of_every_text_is_cleaned_when_it_is_saved(
    model: type[EditedContent], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(models.Model, "save_base", lambda self, **_: setattr(self, "pk", 1))
    made = model(**dict.fromkeys(columns(model.RICH_FIELDS), HOSTILE))

    made.save()

    kept = {name: getattr(made, name) for name in columns(model.RICH_FIELDS)}
    assert len(kept) == len(model.RICH_FIELDS) * len(LANGUAGES)
    assert {name: faults(text) for name, text in kept.items() if faults(text) or "good" not in text} == {}


def test_a_draft_that_is_published_is_cleaned_too() -> None:
    made = article()
    for name in columns(Article.RICH_FIELDS):
        setattr(made, name, HOSTILE)

    made.save_revision().publish()

    made.refresh_from_db()
    assert [faults(getattr(made, name)) for name in columns(Article.RICH_FIELDS)] == [[]] * 8


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_written_past_every_door_is_cleaned_when_it_is_shown(client: Client, language: str) -> None:
    made = article(languages=("ru", "en", "uk"))
    hostile: dict[str, Any] = {column("body", language): HOSTILE, column("short_answer", language): HOSTILE}
    Article.objects.filter(pk=made.pk).update(**hostile)

    answer = client.get(f"/{language}/answers/a-001-{language}/")

    html = answer.content.decode()
    body = html.partition("<main")[2].partition("</main")[0]
    assert answer.status_code == 200
    assert "good" in body
    assert not any(tag in body for tag in ("<script>alert", "<img src=x", "<iframe", "<svg onload", 'onclick="x()"'))
    assert 'href="javascript:' not in html
