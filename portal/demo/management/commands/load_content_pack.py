"""`manage.py load_content_pack NAME`: bring a content pack into the database; `--check` only reads it."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from tqdm import tqdm

from portal.demo import pack as packs
from portal.demo.accounts import create_accounts
from portal.demo.department import furnish
from portal.demo.history.generate import generate
from portal.demo.reading import Pack, PackError
from portal.demo.records import Record


class Command(BaseCommand):
    help = "Load a content pack (a name in portal/demo, or a folder). Loading it twice changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("pack", help="name of a pack in portal/demo, or a folder")
        parser.add_argument("--check", action="store_true", help="only say what is wrong; nothing is written")

        parser.add_argument("--without-history", action="store_true", help="no generated conversations and figures")

    def handle(self, *args: Any, **options: Any) -> None:
        folder = _folder(options["pack"])
        try:
            pack = Pack(folder)
            records = packs.read(pack)
            if options["check"]:
                self._check(records, pack)
                return
            packs.refuse_beside_real_records()
            with _without_a_line_for_each_entry():
                writer = packs.load(records, pack, _bar if options["verbosity"] else lambda each: each)
            accounts = create_accounts(settings.DATA_DIR)
            if not options["without_history"]:
                generate(pack, _days if options["verbosity"] else lambda each: each)
                furnish()
        except (PackError, packs.BesideRealRecords) as error:
            raise CommandError(str(error)) from error
        if options["verbosity"]:
            self.stdout.write(", ".join(f"{count} {what}" for what, count in sorted(writer.counts.items())))
            self.stdout.write(f"accounts to try it with: {accounts}")

    def _check(self, records: list[Record], pack: Pack) -> None:
        wrong = packs.mistakes(records, pack)
        if wrong:
            raise PackError("\n".join(wrong))
        self.stdout.write(f"{len(records)} entries, nothing is wrong")


def _folder(name: str) -> Path:
    """A pack that comes along, or any folder with a pack.yaml."""
    for folder in (packs.PACKS / name, Path(name)):
        if (folder / "pack.yaml").exists():
            return folder
    raise CommandError(f"{name}: there is no pack.yaml")


def _bar(records: Sequence[Record]) -> Iterable[Record]:
    return tqdm(records, desc="demonstration city", unit=" entries", leave=False, mininterval=0.2)


def _days(days: Sequence[dt.date]) -> Iterable[dt.date]:
    return tqdm(days, desc="its generated history", unit=" days", leave=False, mininterval=0.2)


@contextmanager
def _without_a_line_for_each_entry() -> Iterator[None]:
    """Wagtail logs each publication; here the bar says it all."""
    logger = logging.getLogger("wagtail")
    before = logger.level
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.setLevel(before)
