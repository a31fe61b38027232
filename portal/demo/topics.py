"""topics.yaml: situations in life."""

from __future__ import annotations

from collections.abc import Iterator

from kb.models import Topic
from portal.demo.reading import Pack
from portal.demo.records import Record


def read(pack: Pack) -> Iterator[Record]:
    if not pack.has("topics.yaml"):
        return
    for entry in pack.many("topics.yaml"):
        entry.knows("code", "order", "kind", "icon", "name", "slug", "description", "services")
        yield Record(
            Topic,
            entry.place,
            key={"code": entry.get("code", str)},
            values={"order": entry.get("order", int), "icon": entry.may("icon", str, "")},
            texts={name: entry.texts(name) for name in ("name", "slug", "description")},
            many={"services": entry.codes("services")},
        )
