"""Papers written from the code are what the code says."""

from __future__ import annotations

import re

import pytest

from portal.project import papers
from portal.project.env import TABLE


@pytest.mark.parametrize("path", papers.PAPERS)
def test_the_paper_is_what_the_code_says(path: str) -> None:
    written = (papers.ROOT / path).read_text()

    assert written == papers.PAPERS[path](), "run: python -m portal.project.papers"


def test_every_setting_is_explained() -> None:
    text = papers.settings_paper()

    assert all(f"`{row.name}`" in text and row.about in text for row in TABLE)


@pytest.mark.parametrize("paper", ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md"])
def test_links_between_papers_lead_somewhere(paper: str) -> None:
    for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", (papers.ROOT / paper).read_text()):
        assert (papers.ROOT / target).exists(), target
