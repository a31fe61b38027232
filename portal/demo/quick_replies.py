"""quick_replies.yaml: ready sentences for consultants, in the order of the desk's list."""

from __future__ import annotations

from collections.abc import Iterator

from chat.models import QuickReply
from portal.demo.reading import Pack
from portal.demo.records import Record


def read(pack: Pack) -> Iterator[Record]:
    if not pack.has("quick_replies.yaml"):
        return
    for order, entry in enumerate(pack.many("quick_replies.yaml"), start=1):
        entry.knows("code", "topic", "text")
        yield Record(
            QuickReply,
            entry.place,
            key={"code": entry.get("code", str)},
            values={"order": order},
            texts={"text": entry.texts("text")},
            one={"topic": entry.data.get("topic")},
        )
