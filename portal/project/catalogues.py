"""Message catalogues: compiled without gettext's tools, and checked for what is missing.

`python -m portal.project.catalogues` compiles what changed; with `--check` it also fails
when a message of ours has no translation or is marked as doubtful.
"""

from __future__ import annotations

import sys
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[2]


def catalogues(root: Path = ROOT) -> list[Path]:
    """Every catalogue of ours."""
    return sorted((root / "locale").glob("*/LC_MESSAGES/*.po"))


def compile_catalogues(root: Path = ROOT) -> int:
    """Write the .mo beside each .po that is newer; says how many were written."""
    written = 0
    for source in catalogues(root):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        draft = target.with_suffix(".draft")
        polib.pofile(str(source)).save_as_mofile(str(draft))
        draft.replace(target)  # another process of the same start may be reading
        written += 1
    return written


def gaps(path: Path) -> list[str]:
    """What a reader of this language would get in English: untranslated and doubtful messages."""
    file = polib.pofile(str(path))
    language = path.parts[-3]
    missing = [f"{language}: not translated: {entry.msgid!r}" for entry in file.untranslated_entries()]
    return missing + [f"{language}: marked as doubtful: {entry.msgid!r}" for entry in file.fuzzy_entries()]


def main(arguments: list[str]) -> int:
    compile_catalogues()
    if "--check" not in arguments:
        return 0
    lines = [line for path in catalogues() if path.parts[-3] != "en" for line in gaps(path)]
    for line in lines[:40]:
        print(line)
    if len(lines) > 40:
        print(f"… and {len(lines) - 40} more")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
