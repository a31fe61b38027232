"""Filling a clerk's DOCX: only known fields, loops over lists and conditions on fields – nothing that could run.

Every text that docxtpl renders – body, headers, footers, footnotes, properties – passes `from_string` of this
environment, so a field nobody knows is found in all of them.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, nodes
from jinja2.sandbox import SandboxedEnvironment

from portal.registry.refusals import Refused

LARGEST_INSIDE = 50 * 1024 * 1024
LOOP = {"index": 1, "first": True, "last": True}
_PLAIN = (nodes.Output, nodes.Template, nodes.If, nodes.And, nodes.Or, nodes.Not)
_SAID = (nodes.TemplateData, nodes.Const)


class _Fields(SandboxedEnvironment):
    """Knows which fields there are by a sample of the data, and notes which ones a template uses."""

    def __init__(self, sample: Mapping[str, Any]) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined)
        self.sample = sample
        self.used: set[str] = set()
        self.unknown: set[str] = set()

    def from_string(self, source: Any, *args: Any, **kwargs: Any) -> Any:
        self._look(self.parse(source), self.sample, {})
        if self.unknown:
            raise Refused("unknown_field", field="file", fields=", ".join(sorted(self.unknown)))
        return super().from_string(source, *args, **kwargs)

    def _look(self, node: nodes.Node, scope: Mapping[str, Any], names: Mapping[str, str]) -> None:
        """`names`: what the variables of loops stand for, so that `line.minutes` is noted as `lines.minutes`."""
        if isinstance(node, _SAID):
            return
        if isinstance(node, nodes.Name | nodes.Getattr):
            self._value(node, scope, names)
        elif isinstance(node, nodes.For) and isinstance(node.target, nodes.Name):
            path, found = self._value(node.iter, scope, names)
            first = found[0] if isinstance(found, list) and found else None
            if first is None:
                self.unknown.add(path)
                return
            inner = {**scope, node.target.name: first, "loop": LOOP}
            for child in node.body:
                self._look(child, inner, {**names, node.target.name: path})
        elif isinstance(node, _PLAIN):
            for child in node.iter_child_nodes():
                self._look(child, scope, names)
        else:
            raise Refused("template_does_too_much", field="file", what=type(node).__name__)

    def _value(self, node: nodes.Node, scope: Mapping[str, Any], names: Mapping[str, str]) -> tuple[str, Any]:
        """(its path, its sample); a field that is not there is noted as unknown."""
        parts = _parts(node)
        found: Any = scope
        for part in parts:
            if not isinstance(found, Mapping) or part not in found:
                self.unknown.add(".".join(parts))
                return ".".join(parts), None
            found = found[part]
        path = ".".join((names.get(parts[0], parts[0]), *parts[1:]))
        self.used.add(path)
        return path, found


def fields_of(known: Mapping[str, Any]) -> SandboxedEnvironment:
    """What renders a template of these fields, for who fills one many times."""
    return _Fields(known)


def fill(path: Path, data: Mapping[str, Any], *, known: Mapping[str, Any]) -> tuple[bytes, list[str]]:
    """The file filled with `data`, and the fields it uses. `known`: a sample of every field. Raises Refused."""
    _not_too_large(path)
    fields = _Fields(known)
    template = DocxTemplate(str(path))
    try:
        template.render(dict(data), fields)
    except Refused:
        raise
    except TemplateError as wrong:
        raise Refused("template_is_broken", field="file", what=str(wrong.message or "")[:120]) from wrong
    except Exception as wrong:  # whatever a broken DOCX brings out of the libraries
        raise Refused("template_is_broken", field="file", what=type(wrong).__name__) from wrong
    out = io.BytesIO()
    template.save(out)
    return out.getvalue(), sorted(fields.used)


def refuse_pictures(path: Path) -> None:
    """A letter’s body is put into another document, where its pictures and links are not. Raises Refused."""
    with zipfile.ZipFile(path) as parts:
        text, _section, _rest = parts.read("word/document.xml").partition(b"<w:sectPr")
    if any(word in text for word in (b"r:embed", b"r:link", b"r:id")):
        raise Refused("letter_with_pictures", field="file")


def _parts(node: nodes.Node) -> list[str]:
    if isinstance(node, nodes.Name):
        return [node.name]
    if isinstance(node, nodes.Getattr):
        return [*_parts(node.node), node.attr]
    raise Refused("template_does_too_much", field="file", what=type(node).__name__)


def _not_too_large(path: Path) -> None:
    with zipfile.ZipFile(path) as parts:
        if sum(part.file_size for part in parts.infolist()) > LARGEST_INSIDE:
            raise Refused("template_is_broken", field="file", what="> 50 MB")
