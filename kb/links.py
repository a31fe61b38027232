"""Links that lead nowhere: inside the portal whenever somebody looks, outside only when somebody asks for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx
from django.urls import Resolver404, resolve

from kb.translating.kinds import fields_of, is_rich, kinds
from kb.uses import edit_url
from portal.core.languages import Localised, column
from portal.core.readable import Readable
from portal.core.references import SCHEMES, References

_ANCHOR = re.compile(r'<a\b[^>]*?\bhref="([^"]*)"')
_PLACE = re.compile(r"\{\{\s*([^{}]+?)\s*\}\}")
SECONDS = 10


@dataclass(frozen=True, slots=True)
class Broken(Readable):
    """A link or reference of an entry that leads nowhere."""

    kind_label: str
    code: str
    language: str
    target: str
    why: str
    url: str


@dataclass(frozen=True, slots=True)
class Found:
    """A link of a text, and the text it stands in."""

    kind_label: str
    code: str
    language: str
    target: str
    text: str
    url: str


def all_links() -> Iterator[Found]:
    """Every link and reference in every public text, in every language that readers see."""
    for model in kinds().values():
        live = {"live": True} if any(each.name == "live" for each in model._meta.get_fields()) else {}
        for content in model._default_manager.filter(**live).order_by("pk"):
            for language in content.shown_languages():
                for name in fields_of(model):
                    text = str(getattr(content, column(name, language)) or "")
                    targets = [*(_ANCHOR.findall(text) if is_rich(model, name) else ())]
                    targets += [f"{{{{{inside}}}}}" for inside in _PLACE.findall(text)]
                    for target in targets:
                        yield Found(
                            str(model._meta.verbose_name),
                            getattr(content, "code", "") or str(content.pk),
                            language,
                            target,
                            text,
                            edit_url(content),
                        )


def broken() -> list[Broken]:
    """The links inside the portal that lead nowhere, and references nobody knows."""
    known: dict[tuple[str, str], bool] = {}
    found = []
    for link in all_links():
        key = (link.target, link.language)
        if key not in known:
            known[key] = _leads_somewhere(link.target, link.language)
        if not known[key]:
            found.append(Broken(link.kind_label, link.code, link.language, link.target, "", link.url))
    return found


def _leads_somewhere(target: str, language: str) -> bool:
    if target.startswith("{{"):
        shown = References.of([Localised(target, language)]).plain(target, language)
        return shown != target.strip("{} ")
    scheme, _sign, _rest = target.partition(":")
    if scheme in SCHEMES:
        anchor = f'<a href="{target}">x</a>'
        return References.of([Localised(anchor, language)]).html(anchor, language) != "x"
    if target.startswith("/"):
        try:
            resolve(urlsplit(target).path)
        except Resolver404:
            return False
    return True


def check_outside(*, client: httpx.Client | None = None) -> Iterator[Broken]:
    """The links to other sites that do not answer. Asks each address once; somebody has to start it."""
    asked: dict[str, str] = {}
    own = client or httpx.Client(timeout=SECONDS, follow_redirects=True)
    with own as session:
        for link in all_links():
            if not link.target.startswith(("http://", "https://")):
                continue
            if link.target not in asked:
                asked[link.target] = _answer(session, link.target)
            if asked[link.target]:
                yield Broken(link.kind_label, link.code, link.language, link.target, asked[link.target], link.url)


def _answer(session: httpx.Client, address: str) -> str:
    """Why an address does not answer; empty when it does."""
    try:
        status = session.head(address).status_code
        if status in {403, 405, 501}:  # some sites only answer to GET
            status = session.get(address).status_code
    except httpx.HTTPError as error:
        return type(error).__name__
    return str(status) if status >= 400 else ""
