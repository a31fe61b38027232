"""How pages are edited: a tab a language. Apart from the models, since Wagtail's widgets need all models loaded."""

from __future__ import annotations

from collections.abc import Sequence

from wagtail.admin.panels import FieldPanel, Panel

from portal.core.editing import TranslatedPageForm, language_tabs
from portal.pages.models import EasyPage, HomePage, InformationPage, NewsItem, NewsList
from portal.pages.models.base import PageTexts
from portal.pages.models.easy import PARTS

_EASY = ("heading", "word", *PARTS, "meta_description")
_END = ("introduction", "body", "meta_description")
_HOME = (
    "heading",
    "introduction",
    "search_label",
    "search_example",
    "popular_searches",
    "person_heading",
    "closing_heading",
    "body",
    "meta_description",
)


def _edited(model: type[PageTexts], fields: Sequence[str], *common: Panel) -> None:
    model.edit_handler = language_tabs(  # type: ignore[attr-defined]
        fields, rich=("body",), common=common, form=TranslatedPageForm
    )


def register() -> None:
    """Give each kind of page its editing screen."""
    _edited(HomePage, _HOME)
    _edited(InformationPage, ("heading", "word", *_END), FieldPanel("role"))
    EasyPage.edit_handler = language_tabs(
        _EASY, common=(FieldPanel("service"), FieldPanel("read_on")), form=TranslatedPageForm
    )
    _edited(NewsList, ("heading", *_END))
    _edited(NewsItem, ("heading", "word", *_END), FieldPanel("day"), FieldPanel("sources"))
