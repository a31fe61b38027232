"""Where something stands in a pack: file, line and the way to it, as whoever wrote the file would look for it."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import Any

import yaml


class Marked(dict[Hashable, Any]):
    """A mapping of a file that remembers its line and the line of each of its keys."""

    line: int = 1
    lines: dict[Hashable, int]


# libyaml's parser where it is there: a pack is a megabyte of text, and the one in Python takes ten times as long.
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Loader(_Base):
    """Safe YAML whose mappings know their lines; a key that stands twice is a mistake, not a loss of the first."""

    def mapping(self, node: yaml.MappingNode) -> Iterator[Marked]:
        data = Marked()
        data.line, data.lines = node.start_mark.line + 1, {}
        yield data
        for key_node, _value in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in data.lines:
                raise yaml.constructor.ConstructorError(None, None, f"{key!r} stands twice", key_node.start_mark)
            data.lines[key] = key_node.start_mark.line + 1
        data.update(self.construct_mapping(node))


Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, Loader.mapping)


def is_plain(data: Any) -> bool:
    """Whether nothing in it stands there by a reference (`*name`): a few lines of those can stand for a billion."""
    seen: set[int] = set()
    waiting = [data]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict | list):
            if id(one) in seen:
                return False
            seen.add(id(one))
            waiting.extend(one.values() if isinstance(one, dict) else one)
    return True


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of a file: `path` names it for people, `data` is what stands there, `text` the file's lines."""

    file: str
    text: tuple[str, ...] = ()
    data: Any = None
    path: tuple[str, ...] = ()

    def at(self, *keys: Hashable, containing: str = "") -> str:
        """“services/pasalpa.yaml, line 42: who.uk”: the nearest line that is known, from it on the first that holds
        `containing`."""
        line = self._line(keys)
        if containing:
            rest = self.text[line - 1 :]
            line += next((number for number, one in enumerate(rest) if containing in one), 0)
        way = [*self.path, ".".join(str(key) for key in keys)]
        return ": ".join([f"{self.file}, line {line}", *(name for name in way if name)])

    def under(self, name: str, data: Any) -> Place:
        """Something that stands inside."""
        return Place(self.file, self.text, data if isinstance(data, Marked) else self.data, (*self.path, name))

    def _line(self, keys: tuple[Hashable, ...]) -> int:
        data, line = self.data, getattr(self.data, "line", 1)
        for key in keys:
            if not isinstance(data, Marked) or key not in data.lines:
                break
            line, data = data.lines[key], data[key]
        return line

    def __str__(self) -> str:
        return self.at()
