"""A tag that was renamed, a block left open: found here, not by whoever opens the page."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.template.loader import get_template

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(
    str(path).partition("/templates/")[2]
    for package in ("portal", "charter", "kb", "chat")
    for path in (ROOT / package).rglob("templates/**/*.html")
)


@pytest.mark.parametrize("name", TEMPLATES)
def test_every_template_compiles(name: str) -> None:
    get_template(name)
