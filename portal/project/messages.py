"""Strings of the code for the catalogues: `make messages` gathers them, translators fill them in.

The same reading as Django's `makemessages` (its `templatize`, then gettext's xgettext), but in a folder
of its own: nothing is written beside the templates, so a check can run while others work. Catalogues name
the file a string comes from and no line, so that moving code changes nothing here.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import polib
from django.utils.translation.template import templatize

from portal.project.catalogues import PLURALS, ROOT, Key, catalogue_of, key_of

PACKAGES = ("portal", "charter", "kb", "chat")
# A comment of a translator that begins so keeps a message of Wagtail's or Django's that their own
# catalogues lack: our code does not hold it, and it must not fall out.
NOT_OURS = "Not ours:"
KEYWORDS = (
    "gettext_noop",
    "gettext_lazy",
    "_lazy",
    "_t",
    "ngettext_lazy:1,2",
    "pgettext:1c,2",
    "npgettext:1c,2,3",
    "pgettext_lazy:1c,2",
    "npgettext_lazy:1c,2,3",
)


def may_extract() -> bool:
    return shutil.which("xgettext") is not None


def extract(root: Path = ROOT) -> polib.POFile:
    """Every string that a person sees, from code and templates, in the order of the files."""
    with tempfile.TemporaryDirectory() as folder:
        names = list(_prepare(root, Path(folder)))
        text = _xgettext(names, Path(folder)) if names else ""
    found = polib.pofile(text) if text else polib.POFile()
    for entry in found:
        entry.occurrences = sorted(
            {
                (path.removesuffix(".html.py") + ".html", "") if path.endswith(".html.py") else (path, "")
                for path, _ in entry.occurrences
            }
        )
    return found


def refresh(language: str, found: polib.POFile, *, root: Path = ROOT) -> Path:
    """Bring one catalogue up to what the code says; translations of strings that stay are kept."""
    path = catalogue_of(language, root)
    before = polib.pofile(str(path)) if path.exists() else polib.POFile()
    kept = {key_of(entry): entry for entry in before}
    after = polib.POFile(wrapwidth=0)
    after.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }
    for entry in found:
        after.append(_with_words_of(kept.pop(key_of(entry), None), entry, language))
    after.extend(entry for entry in kept.values() if entry.tcomment.startswith(NOT_OURS))
    path.parent.mkdir(parents=True, exist_ok=True)
    after.save(str(path))
    return path


def differences(path: Path, found: polib.POFile) -> list[str]:
    """Where a catalogue and the code have parted: strings it lacks, strings that nobody says any more."""
    language = path.parts[-3]
    said = {key_of(entry) for entry in found}
    held: set[Key] = {key_of(entry) for entry in polib.pofile(str(path)) if not entry.tcomment.startswith(NOT_OURS)}
    lines = [f"{language}: not in the catalogue: {key[1]!r}" for key in sorted(said - held)]
    return lines + [f"{language}: no longer in the code: {key[1]!r}" for key in sorted(held - said)]


def _prepare(root: Path, folder: Path) -> Iterator[str]:
    """Copies of the sources; a template becomes what xgettext can read."""
    for source in sorted(path for package in PACKAGES for path in (root / package).rglob("*.*")):
        name = source.relative_to(root).as_posix()
        if "migrations" in source.parts or source.suffix not in {".py", ".html", ".txt"}:
            continue
        if source.suffix != ".py" and "templates" not in source.parts:
            continue
        text = source.read_text(encoding="utf-8")
        if source.suffix != ".py":
            text, name = templatize(text, origin=name), f"{name}.py"
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        yield name


def _xgettext(names: list[str], folder: Path) -> str:
    command = ["xgettext", "--language=Python", "--from-code=UTF-8", "--add-comments=Translators", "--output=-"]
    command += ["--add-location=file", "--no-wrap", "--files-from=-", *(f"--keyword={word}" for word in KEYWORDS)]
    done = subprocess.run(command, cwd=folder, input="\n".join(names), capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode != 0:
        raise RuntimeError(f"xgettext could not read the sources: {done.stderr}")
    return done.stdout


def _with_words_of(old: polib.POEntry | None, entry: polib.POEntry, language: str) -> polib.POEntry:
    fresh = polib.POEntry(
        msgid=entry.msgid,
        msgid_plural=entry.msgid_plural,
        msgctxt=entry.msgctxt,
        comment=entry.comment,
        flags=list(entry.flags),
        occurrences=entry.occurrences,
    )
    if entry.msgid_plural:
        forms = int(PLURALS[language].split("nplurals=")[1].split(";")[0])
        fresh.msgstr_plural = {form: (old.msgstr_plural.get(form, "") if old else "") for form in range(forms)}
    elif old:
        fresh.msgstr = old.msgstr
    if old:
        fresh.tcomment = old.tcomment
        fresh.flags += ["fuzzy"] if old.fuzzy else []
    return fresh


def main() -> int:
    if not may_extract():
        print("gettext's xgettext is missing; type: sudo apt-get install -y gettext", file=sys.stderr)
        return 1
    found = extract()
    for language in PLURALS:
        path = refresh(language, found)
        file = polib.pofile(str(path))
        print(f"{language}: {len(file)} messages, {len(file.untranslated_entries())} to translate")
    return 0


if __name__ == "__main__":
    sys.exit(main())
