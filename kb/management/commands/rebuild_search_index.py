"""`manage.py rebuild_search_index`: everything that can be found, indexed anew from the database."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from kb.search import indexing
from kb.search.engines.base import EngineDown


class Command(BaseCommand):
    help = "Builds the search index anew from the database. Searches go on with the old one until it is whole."

    def handle(self, *args: Any, **options: Any) -> None:
        with tqdm(desc="search index", unit=" documents", disable=options["verbosity"] == 0, leave=False) as bar:
            try:
                count = indexing.rebuild(lambda done: bar.update(done - bar.n))
            except EngineDown as trouble:
                indexing.rebuild_later.enqueue()
                self.stderr.write(f"The index could not be built ({trouble}); the background worker goes on trying.")
                return
        if options["verbosity"]:
            self.stdout.write(f"{count} documents can be found")
