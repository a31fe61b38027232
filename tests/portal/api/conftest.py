"""Files to take away, made of the town into a folder of the test's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from portal.api import downloads
from portal.api.downloads import Made


@pytest.fixture
def shelf(tmp_path: Path, settings: Any) -> Path:
    """An empty place for them."""
    settings.DATA_DIR = tmp_path
    return tmp_path / "open-data"


@pytest.fixture
def made(town: None, shelf: Path) -> Made:
    """All files, made a moment ago."""
    return downloads.make()
