"""Numbers look as each language writes them."""

from __future__ import annotations

import pytest
from django.utils.formats import number_format
from django.utils.translation import override

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("language", "written"),
    [("lt", f"1{NBSP}020,5"), ("ru", f"1{NBSP}020,5"), ("en", "1,020.5"), ("uk", f"1{NBSP}020,5")],
)
def test_thousands_are_parted_as_the_language_does_it(language: str, written: str) -> None:
    with override(language):
        assert number_format(1020.5, force_grouping=True) == written
