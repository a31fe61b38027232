"""The word lists beside this module: one file a list, lines that begin with # are remarks."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parent / "words"


def read_list(name: str) -> list[str]:
    """The lines of a list, remarks left out."""
    lines = (FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]
