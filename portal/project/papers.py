"""Papers that are written from the code: the table of settings, the record of processing.

`python -m portal.project.papers` writes them into docs/; a test fails when they are not what the code says.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from portal.project.env import TABLE

ROOT = Path(__file__).resolve().parents[2]
WRITTEN = "<!-- Written by `python -m portal.project.papers`; change the code, not this file. -->"


def settings_paper() -> str:
    """docs/operations/settings.md"""
    rows = [f"| `{row.name}` | {f'`{row.default}`' if row.default else '–'} | {row.about} |" for row in TABLE]
    return "\n".join(
        [
            WRITTEN,
            "# Settings",
            "",
            "Everything is set by environment variables. A wrong value stops the start with a sentence that says what",
            "may stand there; nothing else is read from the environment.",
            "",
            "| Variable | Default | What it is |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )


def processing_paper() -> str:
    """docs/legal/record-of-processing.md"""
    from django.apps import apps
    from django.utils.translation import override

    from portal.core import retention

    with override("en"):
        rows = [
            f"| {apps.get_model(label)._meta.verbose_name!s} (`{label}`) | {row.basis} | {_term(row.days)} |"
            for label, row in sorted(retention.rows().items())
        ]
    return "\n".join(
        [
            WRITTEN,
            "# Record of processing activities",
            "",
            "Every table that holds something about a person, on what basis, and how long it is kept. A table that",
            "stands neither here nor among those without personal data fails the build; a nightly job erases",
            "what is due.",
            "",
            "| What | Basis | Kept |",
            "|---|---|---|",
            *rows,
            "",
        ]
    )


def _term(days: int | None) -> str:
    return "as its own rule or the town's profile says" if days is None else f"{days} days"


PAPERS: dict[str, Callable[[], str]] = {
    "docs/operations/settings.md": settings_paper,
    "docs/legal/record-of-processing.md": processing_paper,
}


def main() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.project.settings")
    django.setup()
    for path, write in PAPERS.items():
        (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
        (ROOT / path).write_text(write())


if __name__ == "__main__":
    main()
