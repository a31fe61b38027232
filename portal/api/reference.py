"""The description of the API as people read it: its addresses with what may be asked, and the shapes of its answers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString

from portal.api.v1 import api
from portal.core.readable import Readable

PREFIX = "/api/v1/"
_CODE = re.compile(r"`([^`]+)`")
_FOR_ALL = frozenset({"If-None-Match"})


@dataclass(frozen=True, slots=True)
class Field(Readable):
    """A parameter, or a field of an answer. `shape`: the name of the shape it holds, if it holds one."""

    name: str
    kind: str
    shape: str
    words: SafeString
    example: str
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class Address(Readable):
    """One address. `url` opens it where nothing has to be filled in."""

    path: str
    url: str
    words: SafeString
    parameters: tuple[Field, ...]
    answer: Field


@dataclass(frozen=True, slots=True)
class Shape(Readable):
    """One kind of answer, or of a part of one."""

    name: str
    words: SafeString
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Reference(Readable):
    words: tuple[SafeString, ...]
    addresses: tuple[Address, ...]
    shapes: tuple[Shape, ...]


@lru_cache(maxsize=1)
def reference() -> Reference:
    """All of it; the same for the life of the process."""
    whole = json.loads(json.dumps(api.get_openapi_schema(path_prefix=PREFIX), default=str))
    schemas = whole["components"]["schemas"]
    return Reference(
        words=tuple(_said(part) for part in whole["info"]["description"].split("\n\n") if part),
        addresses=tuple(_address(path, methods["get"], schemas) for path, methods in whole["paths"].items()),
        shapes=tuple(
            Shape(_name(name), _said(schema.get("description", "")), tuple(_fields(schema, schemas)))
            for name, schema in sorted(schemas.items())
            if not _listed(schema) and "properties" in schema and name not in {"Part", "Spoken"}
        ),
    )


def _address(path: str, operation: Mapping[str, Any], schemas: Mapping[str, Any]) -> Address:
    asked = [parameter for parameter in operation["parameters"] if parameter["name"] not in _FOR_ALL]
    is_open = not any(parameter.get("required") for parameter in asked)
    return Address(
        path=path,
        url=path if is_open else "",
        words=_said(operation["description"]),
        parameters=tuple(_parameter(parameter, schemas) for parameter in asked),
        answer=_answer(operation["responses"]["200"]["content"], schemas),
    )


def _parameter(given: Mapping[str, Any], schemas: Mapping[str, Any]) -> Field:
    schema = given["schema"]
    kind, shape = _kind(schema, schemas)
    words = _said(given.get("description") or schema.get("description", ""))
    return Field(given["name"], kind, shape, words, _shown(schema.get("default")), bool(given.get("required")))


def _answer(content: Mapping[str, Any], schemas: Mapping[str, Any]) -> Field:
    media, said = next(iter(content.items()))
    schema = said["schema"]
    target = schemas.get(_target(schema), schema)
    if item := _listed(target):
        return Field(media, "list", _name(item), SafeString(""), "")
    return Field(" / ".join(content), "", _name(_target(schema)), SafeString(""), "")


def _fields(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> Iterator[Field]:
    for name, field in schema["properties"].items():
        kind, shape = _kind(field, schemas)
        yield Field(
            name, kind, shape, _said(field.get("description", "")), _shown(next(iter(field.get("examples", ())), None))
        )


def _kind(schema: Mapping[str, Any], schemas: Mapping[str, Any]) -> tuple[str, str]:
    """(what it is in words, the shape it holds)."""
    if target := _target(schema):
        return "", _name(target)
    if "anyOf" in schema:
        parts = [_kind(part, schemas) for part in schema["anyOf"]]
        return " | ".join(kind for kind, _shape in parts if kind), next((shape for _, shape in parts if shape), "")
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"])), ""
    if schema.get("type") == "array":
        kind, shape = _kind(schema.get("items", {}), schemas)
        return f"list of {kind}".rstrip() if not shape else "list", shape
    if schema.get("type") == "object":
        inner = schema.get("additionalProperties")
        return (f"object of {inner.get('type', '')}" if isinstance(inner, dict) else "object"), ""
    return str(schema.get("format") or schema.get("const") or schema.get("type", "")), ""


def _said(words: str) -> SafeString:
    """Words of the description; what stands between backquotes is code."""
    return SafeString(_CODE.sub(r"<code>\1</code>", escape(words)))


def _target(schema: Mapping[str, Any]) -> str:
    return str(schema.get("$ref", "")).rpartition("/")[2]


def _listed(schema: Mapping[str, Any]) -> str:
    """The shape of a list's items, if this is a list in parts."""
    properties = schema.get("properties", {})
    return _target(properties["items"].get("items", {})) if {"items", "count", "next"} <= set(properties) else ""


def _name(schema: str) -> str:
    return schema.replace("_", "")


def _shown(value: Any) -> str:
    return "" if value is None else json.dumps(value, ensure_ascii=False).strip('"')
