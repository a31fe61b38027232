"""Message catalogues: compiled without gettext's tools, and checked for what is missing or broken.

`python -m portal.project.catalogues` compiles what changed; with `--check` it also fails when a string
of the code is not in a catalogue, a message has no translation or is marked as doubtful, or a translation
would break its page. English has no catalogue: the strings of the code are the English text.
With `--growing` too, gaps are only counted: strings are written before their translators see them.
"""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[2]
BORROWED = Path("portal") / "project" / "locale"  # what Wagtail's and Django's own catalogues lack

# One, few, many. Django and Wagtail count in four forms, of which the last is only for fractions;
# Django keeps catalogues with other plural rules apart, so ours stay the three that translators know.
_SLAVIC = "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<12 || n%100>14) ? 1 : 2);"
PLURALS = {
    "lt": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && (n%100<10 || n%100>=20) ? 1 : 2);",
    "ru": _SLAVIC,
    "uk": _SLAVIC,
}
_PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%%|%[sdfr](?!\w)|\{\w*\}")
_TAG = re.compile(r"</?[a-z][a-z0-9]*")

Key = tuple[str, str, str]


def key_of(entry: polib.POEntry) -> Key:
    """What makes a message the same one in code and catalogue."""
    return (entry.msgctxt or "", entry.msgid, entry.msgid_plural or "")


def catalogue_of(language: str, root: Path = ROOT) -> Path:
    return root / "locale" / language / "LC_MESSAGES" / "django.po"


def catalogues(root: Path = ROOT) -> list[Path]:
    """The catalogues of our own strings."""
    return sorted((root / "locale").glob("*/LC_MESSAGES/*.po"))


def all_catalogues(root: Path = ROOT) -> list[Path]:
    """Those, and the ones that fill in what the packages below us lack."""
    return catalogues(root) + sorted((root / BORROWED).glob("*/LC_MESSAGES/*.po"))


def compile_catalogues(root: Path = ROOT) -> int:
    """Write the .mo beside each .po that is newer; says how many were written."""
    written = 0
    for source in all_catalogues(root):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        draft = target.with_suffix(f".{os.getpid()}.draft")
        polib.pofile(str(source)).save_as_mofile(str(draft))
        draft.replace(target)  # another process of the same start may be reading
        written += 1
    return written


def gaps(path: Path) -> list[str]:
    """What a reader of this language would not get in it: untranslated and doubtful messages."""
    file = polib.pofile(str(path))
    language = path.parts[-3]
    missing = [f"{language}: not translated: {entry.msgid!r}" for entry in file.untranslated_entries()]
    return missing + [f"{language}: marked as doubtful: {entry.msgid!r}" for entry in file.fuzzy_entries()]


def faults(path: Path) -> list[str]:
    """Translations that would break a page: a lost placeholder or tag, a form too few, another plural rule."""
    file = polib.pofile(str(path))
    language = path.parts[-3]
    lines = [] if file.metadata.get("Plural-Forms") == PLURALS[language] else [f"{language}: another plural rule"]
    for entry in file.translated_entries():
        forms = [form for _, form in sorted(entry.msgstr_plural.items())] if entry.msgid_plural else [entry.msgstr]
        if entry.msgid_plural and len(forms) != 3:
            lines.append(f"{language}: {len(forms)} plural forms, not 3: {entry.msgid!r}")
        wanted = entry.msgid_plural or entry.msgid
        lines += [f"{language}: {fault}: {form!r}" for form in forms if (fault := _fault(wanted, form))]
    return lines


def _fault(wanted: str, translated: str) -> str:
    """Every plural form must say its number: in three of the four languages the first form is also for 21."""
    for what, pattern in (("placeholders differ", _PLACEHOLDER), ("tags differ", _TAG)):
        if Counter(pattern.findall(wanted)) != Counter(pattern.findall(translated)):
            return f"{what} from {wanted!r}"
    return ""


def main(arguments: list[str]) -> int:
    compile_catalogues()
    if "--check" not in arguments:
        return 0
    broken = [line for path in all_catalogues() for line in faults(path)]
    # What is borrowed may still have gaps: how many is held by a test of its own, and may only become less.
    open_lines = [line for path in catalogues() for line in gaps(path)] + _differences()
    growing = "--growing" in arguments
    if growing and open_lines:
        print(f"  {len(open_lines)} gaps in the catalogues; `make messages`, then translate")
    lines = broken if growing else broken + open_lines
    for line in lines[:40]:
        print(line)
    if len(lines) > 40:
        print(f"… and {len(lines) - 40} more")
    return 1 if lines else 0


def _differences() -> list[str]:
    from portal.project import messages  # it needs us, and Django: a plain compilation starts without both

    if not messages.may_extract():
        print("SKIPPED: STRINGS OF THE CODE AGAINST THE CATALOGUES – type: sudo apt-get install -y gettext")
        return []
    found = messages.extract()
    return [line for path in catalogues() for line in messages.differences(path, found)]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
