"""What a browser would send back from an editing screen nobody has typed into."""

from __future__ import annotations

from typing import Any

from django.test import Client

from kb.models import Article


def posted(editor: Client, article: Article) -> dict[str, Any]:
    """All fields of the form with the values the screen shows."""
    form = editor.get(f"/cms/snippets/kb/article/edit/{article.pk}/").context["form"]
    data: dict[str, Any] = {}
    for bound in form:
        value = bound.value()
        if value is True:
            data[bound.html_name] = "on"
        elif value not in (None, False):
            data[bound.html_name] = _written(bound, value)
    for formset in form.formsets.values():
        for bound in formset.management_form:
            data[bound.html_name] = bound.value()
    return data


def _written(bound: Any, value: Any) -> Any:
    if isinstance(value, list):
        has_choices = hasattr(bound.field, "choices")
        return [getattr(one, "pk", one) for one in value] if has_choices else bound.field.prepare_value(value)
    prepared = bound.field.widget.format_value(value) if hasattr(bound.field.widget, "format_value") else value
    return prepared if prepared is not None else ""
