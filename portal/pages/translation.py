"""Which columns of the pages exist in four languages."""

from modeltranslation.translator import TranslationOptions, register

from portal.pages.models import EasyPage, HomePage, InformationPage, NewsItem, NewsList

_TEXTS = ("heading", "introduction", "body", "meta_description")


@register(HomePage)
class HomePageOptions(TranslationOptions):
    fields = (
        *_TEXTS,
        "search_label",
        "search_example",
        "popular_searches",
        "person_heading",
        "closing_heading",
    )


@register(InformationPage)
class InformationPageOptions(TranslationOptions):
    fields = (*_TEXTS, "word")
    empty_values = {"word": None}


@register(EasyPage)
class EasyPageOptions(TranslationOptions):
    fields = (*_TEXTS, "word", "who", "steps", "bring", "money", "time")
    empty_values = {"word": None}


@register(NewsList)
class NewsListOptions(TranslationOptions):
    fields = _TEXTS


@register(NewsItem)
class NewsItemOptions(TranslationOptions):
    fields = (*_TEXTS, "word")
    empty_values = {"word": None}
