"""`translate`, `blocktranslate`, `static` and `url` as Django has them, only quicker.

A word that stands in the template has one answer per language, a file or a page named there one address: fixed for
the life of the process. A page has a hundred of them; looked up anew each time they cost as much as several queries.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.core.signals import setting_changed
from django.template.base import FilterExpression, Node, NodeList, Parser, Token, render_value_in_context
from django.template.defaulttags import URLNode
from django.template.defaulttags import url as plain_url
from django.templatetags.i18n import BlockTranslateNode, LanguageNode, TranslateNode, do_block_translate, do_translate
from django.templatetags.i18n import language as plain_language
from django.templatetags.static import StaticNode
from django.utils.translation import get_language, gettext

register = template.Library()
_DECIDED_BY = {"ROOT_URLCONF", "LOCALE_PATHS", "LANGUAGES", "STORAGES", "STATIC_URL", "STATIC_ROOT", "INSTALLED_APPS"}
_words: dict[tuple[str, str, str | None, bool], str] = {}
_addresses: dict[str, str] = {}
_changes = 0
_LANGUAGE = "said in"


def _language(context: template.Context) -> str | None:
    """The language that is said here. Asked once for each template of a page: asking costs as much as a word."""
    known = context.render_context.dicts[-1]
    if _LANGUAGE not in known:
        known[_LANGUAGE] = get_language()
    language: str | None = known[_LANGUAGE]
    return language


class Spoken(Node):
    """A part in another language."""

    def __init__(self, plain: LanguageNode) -> None:
        self.plain, self.nodelist = plain, plain.nodelist

    def render(self, context: template.Context) -> str:
        known = context.render_context.dicts[-1]
        known.pop(_LANGUAGE, None)
        try:
            return str(self.plain.render(context))
        finally:
            known.pop(_LANGUAGE, None)


class Word(Node):
    """A translation whose msgid stands in the template."""

    child_nodelists = ()

    def __init__(self, msgid: str, plain: TranslateNode) -> None:
        self.msgid, self.plain = msgid, plain
        self.meant = str(plain.message_context or "")

    def render(self, context: template.Context) -> str:
        key = (self.msgid, self.meant, _language(context), context.autoescape)
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


class Sentence(Node):
    """A translated sentence with values in it, whose pattern stands in the template."""

    child_nodelists = ()

    def __init__(self, plain: BlockTranslateNode) -> None:
        self.plain = plain
        self.msgid, self.names = plain.render_token_list(plain.singular)
        self.patterns: dict[tuple[int, str | None], str] = {}

    def render(self, context: template.Context) -> str:
        key = (_changes, _language(context))
        pattern = self.patterns.get(key)
        if pattern is None:
            pattern = self.patterns[key] = gettext(self.msgid)
        given = self.plain.extra_context
        try:
            values = {name: given[name].resolve(context) if name in given else context[name] for name in self.names}
            return pattern % {name: render_value_in_context(value, context) for name, value in values.items()}
        except (KeyError, ValueError):  # a value that is not there, a translation that asks for another
            return str(self.plain.render(context))


class Place(Node):
    """The address of a page without a word of its own, whose route stands in the template."""

    child_nodelists = ()

    def __init__(self, plain: URLNode) -> None:
        self.plain = plain
        self.addresses: dict[tuple[int, str | None], str] = {}

    def render(self, context: template.Context) -> str:
        key = (_changes, _language(context))
        address = self.addresses.get(key)
        if address is None:
            address = self.addresses[key] = self.plain.render(context)
        return address


@register.tag("translate")
def translate(parser: Parser, token: Token) -> Node:
    node = do_translate(parser, token)
    expression = node.filter_expression
    msgid = getattr(expression.var, "literal", None)
    if not isinstance(msgid, str) or expression.filters or node.noop or node.asvar:
        return node
    meant = node.message_context
    is_written = meant is None or (isinstance(getattr(meant.var, "literal", None), str) and not meant.filters)
    return Word(msgid, node) if is_written else node


@register.tag("blocktranslate")
def blocktranslate(parser: Parser, token: Token) -> Node:
    node = do_block_translate(parser, token)
    return node if node.plural or node.asvar or node.message_context else Sentence(node)


@register.tag("language")
def language(parser: Parser, token: Token) -> Node:
    return Spoken(plain_language(parser, token))


@register.tag("url")
def url(parser: Parser, token: Token) -> Node:
    node = plain_url(parser, token)
    route = getattr(node.view_name.var, "literal", None)
    is_written = isinstance(route, str) and not (node.args or node.kwargs or node.asvar or node.view_name.filters)
    return Place(node) if is_written else node


@register.tag("static")
def static(parser: Parser, token: Token) -> Node:
    node = StaticNode.handle_token(parser, token)
    path = node.path.var
    is_written = isinstance(path, str) and not (node.varname or node.path.filters)
    return Address(path, node) if is_written else node


class Steady(Node):
    """Markup that depends on the language and a few named values only: all of them from the code, so they are few."""

    def __init__(self, nodelist: NodeList, decided_by: list[FilterExpression]) -> None:
        self.nodelist, self.decided_by = nodelist, decided_by
        self.kept: dict[tuple[Any, ...], str] = {}

    def render(self, context: template.Context) -> str:
        key = (_changes, _language(context), *(value.resolve(context) for value in self.decided_by))
        markup = self.kept.get(key)
        if markup is None:
            markup = self.kept[key] = self.nodelist.render(context)
        return markup


@register.tag("steady")
def steady(parser: Parser, token: Token) -> Node:
    """`{% steady section %}…{% endsteady %}`: the menu's markup, worked out once for each section and language."""
    decided_by = [parser.compile_filter(word) for word in token.split_contents()[1:]]
    nodelist = parser.parse(("endsteady",))
    parser.delete_first_token()
    return Steady(nodelist, decided_by)


def forget(*, setting: str = "STORAGES", **_: Any) -> None:
    """Look everything up anew: for tests that change what decides it."""
    global _changes
    if setting in _DECIDED_BY:
        _words.clear()
        _changes += 1
        _addresses.clear()


setting_changed.connect(forget)
