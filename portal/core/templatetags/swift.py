"""`{% translate %}` and `{% static %}` as Django has them, only quicker where the word is written in the template.

Such a word has one answer per language, such a file one address: fixed for the life of the process. A page has
a hundred of them; looked up anew each time they cost as much as several queries.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.core.signals import setting_changed
from django.template.base import Node, Parser, Token
from django.templatetags.i18n import TranslateNode, do_translate
from django.templatetags.static import StaticNode
from django.utils.translation import get_language

register = template.Library()
_DECIDED_BY = {"LOCALE_PATHS", "LANGUAGES", "STORAGES", "STATIC_URL", "STATIC_ROOT", "INSTALLED_APPS"}
_words: dict[tuple[str, str | None, bool], str] = {}
_addresses: dict[str, str] = {}


class Word(Node):
    """A translation whose msgid stands in the template."""

    child_nodelists = ()

    def __init__(self, msgid: str, plain: TranslateNode) -> None:
        self.msgid, self.plain = msgid, plain

    def render(self, context: template.Context) -> str:
        key = (self.msgid, get_language(), context.autoescape)
        said = _words.get(key)
        if said is None:
            said = _words[key] = self.plain.render(context)
        return said


class Address(Node):
    """A static file whose path stands in the template."""

    child_nodelists = ()

    def __init__(self, path: str, plain: StaticNode) -> None:
        self.path, self.plain = path, plain

    def render(self, context: template.Context) -> str:
        url = _addresses.get(self.path)
        if url is None:
            url = _addresses[self.path] = self.plain.render(context)
        return url


@register.tag("translate")
def translate(parser: Parser, token: Token) -> Node:
    node = do_translate(parser, token)
    expression = node.filter_expression
    msgid = getattr(expression.var, "literal", None)
    plain = not (node.noop or node.asvar or node.message_context or expression.filters)
    return Word(msgid, node) if plain and isinstance(msgid, str) else node


@register.tag("static")
def static(parser: Parser, token: Token) -> Node:
    node = StaticNode.handle_token(parser, token)
    path = node.path.var
    is_written = isinstance(path, str) and not (node.varname or node.path.filters)
    return Address(path, node) if is_written else node


def forget(*, setting: str = "STORAGES", **_: Any) -> None:
    """Look everything up anew: for tests that change what decides it."""
    if setting in _DECIDED_BY:
        _words.clear()
        _addresses.clear()


setting_changed.connect(forget)
