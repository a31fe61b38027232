"""How parts that could not be proven are carried to the end of the run and said there."""

from __future__ import annotations

SKIPPED = "PARAMA_SKIPPED"


def carried(skipped: dict[str, str]) -> str:
    """The text of the environment variable `SKIPPED`."""
    return "\n".join(f"{part}\t{reason}" for part, reason in skipped.items())


def skipped_parts(text: str) -> list[str]:
    """Lines to print, capitals first: they must be seen."""
    rows = (line.partition("\t") for line in text.splitlines() if line)
    return [f"SKIPPED: {part.upper()} – {reason}" for part, _, reason in rows]
