"""The OpenAPI description: what ninja knows of each address, and what holds for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from ninja import NinjaAPI
from ninja.operation import Operation

from portal.api.schemas.common import Problem
from portal.core.errors import PROBLEM

Described = dict[str, Any]
_PROBLEMS = {
    "404": "There is nothing at this address.",
    "405": "Only GET, HEAD and OPTIONS.",
    "406": "`Accept` names no type this address has.",
    "422": "A parameter does not fit; `errors` says which.",
    "429": "Too many requests from one network.",
    "500": "Something broke on our side; it was noted.",
}
_HEADERS: Described = {
    "ETag": {"description": "Known again by it: send it as `If-None-Match`.", "schema": {"type": "string"}},
    "Cache-Control": {"schema": {"type": "string"}},
}
_LINK = {"Link": {"description": 'The next part, `rel="next"`.', "schema": {"type": "string"}}}
_RETRY = {"Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}}
_IF_NONE_MATCH = {
    "name": "If-None-Match",
    "in": "header",
    "required": False,
    "description": "The `ETag` of the answer you have.",
    "schema": {"type": "string"},
}


class DescribedAPI(NinjaAPI):
    """An API whose description says all that a client meets."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__

    def get_openapi_schema(self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None) -> Any:
        whole = super().get_openapi_schema(path_prefix=path_prefix, path_params=path_params)
        whole["components"]["schemas"] |= _problem_schema()
        for operation in _operations(whole):
            _complete(operation)
        return whole


def _operations(whole: Described) -> Iterator[Described]:
    for methods in whole["paths"].values():
        yield from methods.values()


def _complete(operation: Described) -> None:
    """The whole docstring is the description; its first sentence the summary. Every answer has its headers."""
    operation["summary"] = operation.get("description", "").partition(".")[0].partition(";")[0].strip()
    operation["parameters"] = [*operation.get("parameters", []), _IF_NONE_MATCH]
    is_list = any(parameter["name"] == "offset" for parameter in operation["parameters"])
    responses = operation["responses"] = {str(status): said for status, said in operation["responses"].items()}
    responses["200"]["headers"] = _HEADERS | (_LINK if is_list else {})
    responses["200"]["description"] = "What was asked for."
    responses["304"] = {"description": "You have this very answer already.", "headers": _HEADERS}
    for status, said in _PROBLEMS.items():
        responses[status] = {
            "description": said,
            "content": {PROBLEM: {"schema": {"$ref": "#/components/schemas/Problem"}}},
            **({"headers": _RETRY} if status == "429" else {}),
        }


@lru_cache(maxsize=1)
def _problem_schema() -> Described:
    return {"Problem": Problem.model_json_schema()}
