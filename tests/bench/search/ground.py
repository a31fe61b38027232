"""A portal that has nothing but the judged documents: the same door, index and engines as the site's."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import django

from tests.bench.search.judged import Document

ENGINES = ("embedded", "elasticsearch")


def prepare() -> None:
    """Django with a database of its own, and the source of judged documents."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    from django.db import connection

    from tests import database

    if database.on_sqlite():
        database.start_from_a_migrated_copy()
        connection.settings_dict["NAME"] = connection.settings_dict["TEST"]["NAME"]
    _register()


def engines_here() -> list[str]:
    """The engines that can be measured; the other one is named with what it lacks."""
    if os.environ.get("ELASTICSEARCH_URL"):
        return list(ENGINES)
    print("NOT MEASURED: ELASTICSEARCH – no ELASTICSEARCH_URL; `make bench-search` starts a server of its own")
    return ["embedded"]


@contextmanager
def engine(name: str) -> Iterator[None]:
    """Within it the site searches with this engine, its index lying somewhere of its own."""
    from django.test.utils import override_settings
    from elasticsearch import Elasticsearch

    with tempfile.TemporaryDirectory(prefix="parama-bench-") as folder:
        options: dict[str, Any] = {"directory": folder}
        if name == "elasticsearch":
            url, prefix = os.environ["ELASTICSEARCH_URL"], f"bench-{uuid.uuid4().hex[:8]}"
            options = {"url": url, "prefix": prefix, "seconds": 30}
        backend = f"kb.search.engines.{name}.{name.title()}Engine"
        with override_settings(SEARCH={"default": {"BACKEND": backend, "OPTIONS": options}}):
            yield
        if name == "elasticsearch":
            with Elasticsearch(url) as client:
                for index in client.indices.get(index=f"{prefix}-*"):
                    client.indices.delete(index=index)


def index(documents: Sequence[Document]) -> None:
    """These documents and no others can be found from now on."""
    from kb.search.documents import sources
    from kb.search.engines import engines
    from kb.search.vocabulary import read_now

    _kept[:] = documents
    engines.default.rebuild(sources()[JUDGED].documents())
    read_now()


def found(text: str, language: str, *, limit: int = 10) -> list[str]:
    """Codes of what a resident finds, in order."""
    from kb.search.finder import find
    from kb.selectors import Reader

    return [
        _name(hit.kind, hit.code) for hit in find(text, language=language, reader=Reader.RESIDENT, limit=limit).hits
    ]


def _name(kind: str, code: str) -> str:
    return code if kind == JUDGED else f"{kind}:{code}"


def load_city() -> None:
    """The demonstration city's content and words, once; its documents are found only after `index_city`."""
    from django.core.management import call_command

    from kb.models import Synonym

    if not Synonym.objects.exists():
        call_command("load_content_pack", "klaipeda", verbosity=0, without_history=True)


def index_city(language: str) -> None:
    """What the city has in this language alone."""
    from kb.search.documents import Everything
    from kb.search.engines import engines
    from kb.search.vocabulary import read_now

    _kept[:] = []
    texts = ((one, one.texts.get(language)) for one in Everything())
    engines.default.rebuild([replace(one, texts={language: said}) for one, said in texts if said])
    read_now()


@contextmanager
def without_words() -> Iterator[None]:
    """Within it no synonym and no glossary pair is in use."""
    _set_words(active=False)
    yield
    _set_words(active=True)


def _set_words(*, active: bool) -> None:
    from kb.models import Synonym

    for group in Synonym.objects.all():
        group.is_active = active
        group.save(update_fields=["is_active"])


JUDGED = "judged"
_kept: list[Document] = []


def _register() -> None:
    from kb.search.documents import ArticleDocument, Card, DocumentText, Title, register
    from kb.selectors import Reader
    from portal.core.languages import Localised

    @register
    class JudgedDocuments:
        """The documents of the set at hand; all of them are public."""

        kind, label, plural, models = JUDGED, JUDGED, JUDGED, ()

        def documents(self, codes: Collection[str] | None = None) -> Iterable[ArticleDocument]:
            texts: dict[str, dict[str, DocumentText]] = {}
            for one in _kept:
                texts.setdefault(one.code, {})[one.language] = DocumentText(one.title, body=one.text)
            return (ArticleDocument(self.kind, code, said) for code, said in texts.items())

        def findable(self, codes: Collection[str], *, reader: Reader) -> Mapping[str, dt.date | None]:
            return dict.fromkeys(codes)

        def cards(self, codes: Collection[str], *, language: str, reader: Reader) -> Mapping[str, Card]:
            said = Localised("", language)
            return {code: Card(title=said, answer=said, url="") for code in codes}

        def titles(self) -> Iterable[Title]:
            return ()

        def code_of(self, instance: Any) -> str:
            return ""
