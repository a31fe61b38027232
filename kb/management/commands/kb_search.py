"""`manage.py kb_search status|rebuild|compare`: how the search index stands, made anew, engines side by side."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from kb.search import comparing, indexing
from kb.search.engines.base import EngineDown
from kb.search.state import documents_wanted, state

SHOWN = 10


class Command(BaseCommand):
    help = "The search index: its state, building it anew from the database, whether all engines answer alike."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("what", choices=["status", "rebuild", "compare"])

    def handle(self, *args: Any, what: str, **options: Any) -> None:
        {"status": self._status, "rebuild": self._rebuild, "compare": self._compare}[what](options["verbosity"])

    def _status(self, verbosity: int) -> None:
        """Fails when the index and the database do not have the same number of documents."""
        now, wanted = state(), documents_wanted()
        self.stdout.write(f"engine            {now.engine}")
        self.stdout.write(f"documents         {now.documents} in the index, {wanted} in the database")
        since = f", the oldest since {now.oldest_waits_since:%Y-%m-%d %H:%M}" if now.oldest_waits_since else ""
        self.stdout.write(f"waiting changes   {now.waiting}{since}; failed: {now.failed}")
        if now.rebuild:
            last = now.rebuild
            end = last.trouble or ("done" if last.is_over else f"{last.share} %")
            self.stdout.write(f"last rebuild      {last.started_at:%Y-%m-%d %H:%M}, {last.done} documents, {end}")
        if now.trouble:
            raise CommandError(f"The engine does not answer: {now.trouble}")
        if now.documents != wanted and not now.waiting:
            raise CommandError("The index lacks changes and none waits: run `manage.py kb_search rebuild`.")

    def _rebuild(self, verbosity: int) -> None:
        """Searches go on with the old index until the new one is whole."""
        with tqdm(desc="search index", unit=" documents", disable=verbosity == 0, leave=False) as bar:
            try:
                count = indexing.rebuild(lambda done: bar.update(done - bar.n))
            except EngineDown as trouble:
                indexing.rebuild_later.enqueue()
                self.stderr.write(f"The index could not be built ({trouble}); the background worker goes on trying.")
                return
        if verbosity:
            self.stdout.write(f"{count} documents can be found")

    def _compare(self, verbosity: int) -> None:
        """Fails when fewer than 98 of a hundred questions have the same three first."""
        try:
            result = comparing.compare()
        except EngineDown as trouble:
            raise CommandError(f"An engine does not answer: {trouble}") from trouble
        if len(result.engines) < 2:
            self.stdout.write(f"Only one engine is set up ({result.engines[0]}): nothing to compare it with.")
            return
        for (language, words), found in result.differing[:SHOWN]:
            self.stdout.write(f"  {language} {words}: " + " | ".join(", ".join(codes) for codes in found))
        share = f"{result.same:.1%} of {result.asked} questions have the same three first"
        self.stdout.write(f"{' and '.join(result.engines)}: {share}")
        if not result.is_well:
            raise CommandError(f"Engines should agree on {comparing.LEAST:.0%}: rebuild the one that is behind.")
