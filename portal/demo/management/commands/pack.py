"""`manage.py pack export|import|diff FOLDER`: one town's content as files, and another town's brought in.

`pack practice CODE FOLDER` hands on one finished improvement; `import` and `diff` know such a folder by its file.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from portal.demo import comparing
from portal.demo import pack as packs
from portal.demo.exporting.pack import NotEmpty, export
from portal.demo.exporting.texts import write
from portal.demo.practice import exporting as practice
from portal.demo.practice import loading as practices
from portal.demo.reading import Pack, PackError

One = TypeVar("One")


class Command(BaseCommand):
    help = "Write this town's content as a pack, say how a pack differs from what is here, or bring one in."

    def add_arguments(self, parser: CommandParser) -> None:
        deeds = parser.add_subparsers(dest="deed", required=True)
        out = deeds.add_parser("export", help="write everything public into an empty folder")
        one = deeds.add_parser("practice", help="write one finished improvement with all that belongs to it")
        one.add_argument("code", help="the improvement’s code")
        compare = deeds.add_parser("diff", help="list what a pack would change; nothing is written")
        bring = deeds.add_parser("import", help="bring a pack in; what people here edited stays unless taken by name")
        for sub in (out, one, compare, bring):
            sub.add_argument("folder", type=Path)
        for sub in (compare, bring):
            self._add_choice(sub)
        bring.add_argument("--dry-run", action="store_true", help="check and list everything, write nothing")

    def _add_choice(self, sub: argparse.ArgumentParser) -> None:
        sub.add_argument("--only", nargs="+", default=[], metavar="KIND", help="for example: article topic")
        sub.add_argument(
            "--take", nargs="+", default=[], metavar="KIND:CODE", help="entries edited here that the pack may change"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["deed"] == "export":
                self._export(options["folder"])
            elif options["deed"] == "practice":
                self._hand_on(options["code"], options["folder"])
            elif practices.is_practice(Pack(options["folder"])):
                self._take_over(options)
            else:
                self._bring(options)
        except (PackError, packs.BesideRealRecords) as error:
            raise CommandError(str(error)) from error
        except NotEmpty as error:
            raise CommandError(f"{error}: the folder is not empty, nothing was written") from error

    def _export(self, folder: Path) -> None:
        count = export(folder, lambda names: _bar(names, "pack", " parts"))
        pack = Pack(folder)
        for wrong in packs.mistakes(packs.read(pack), pack):
            self.stderr.write(f"to be put right before it can be loaded elsewhere: {wrong}")
        self.stdout.write(f"{count} files in {folder}")

    def _hand_on(self, code: str, folder: Path) -> None:
        improvement = practice.published(code)
        if improvement is None:
            raise CommandError(f"{code}: no finished and published improvement has this code")
        if folder.exists() and any(folder.iterdir()):
            raise NotEmpty(str(folder))
        files = practice.files_of(improvement)
        for name, data in files.items():
            write(folder / name, data)
        self.stdout.write(f"{len(files)} files in {folder}")

    def _take_over(self, options: dict[str, Any]) -> None:
        """Another town's practice comes in as drafts: nothing is promised before somebody here decides it."""
        found = practices.read(Pack(options["folder"]))
        self._say(practices.compare(found), options["take"])
        for missing in found.left_out:
            self.stdout.write(f"not here, left out: {missing}")
        if options["deed"] == "diff" or options["dry_run"]:
            return
        improvement = practices.bring_in(found, take=options["take"])
        self.stdout.write(f"brought in as drafts; {improvement.code} stands on the board of improvements")

    def _say(self, found: Sequence[comparing.Difference], taken: Sequence[str]) -> None:
        left = comparing.conflicts(found, taken)
        for one in found:
            if one.outcome != comparing.Outcome.SAME:
                kept = "  – edited here, stays as it is" if one in left else ""
                self.stdout.write(f"{one}{kept}")
        counts = Counter(str(one.outcome) for one in found)
        self.stdout.write(", ".join(f"{count} {what}" for what, count in sorted(counts.items())))

    def _bring(self, options: dict[str, Any]) -> None:
        pack = Pack(options["folder"])
        everything = packs.read(pack)
        wrong = packs.mistakes(everything, pack)
        if wrong:
            raise PackError("\n".join(wrong))
        records = packs.only(everything, options["only"])
        self._say(comparing.compare(records), options["take"])
        if options["deed"] == "diff" or options["dry_run"]:
            return
        if pack.one("pack.yaml").data.get("demonstration"):
            packs.refuse_beside_real_records()
        packs.bring_in(
            records,
            pages_of=None if options["only"] else pack,
            take=options["take"],
            progress=lambda each: _bar(each, "pack", " entries"),
        )
        self.stdout.write("brought in")


def _bar(each: Sequence[One], what: str, unit: str) -> Iterable[One]:
    return tqdm(each, desc=what, unit=unit, leave=False, mininterval=0.2)
