"""Which columns of the knowledge base exist in four languages."""

from modeltranslation.translator import TranslationOptions, register

from kb.models import Article, Fact, LegalAct, Topic


@register(Topic)
class TopicOptions(TranslationOptions):
    fields = ("name", "slug", "description")
    empty_values = {"slug": None}


@register(Article)
class ArticleOptions(TranslationOptions):
    fields = (
        "title",
        "slug",
        "short_answer",
        "body",
        "internal_note",
        "phone_form",
        "resident_words",
    )
    empty_values = {"slug": None}


@register(Fact)
class FactOptions(TranslationOptions):
    fields = ("value",)


@register(LegalAct)
class LegalActOptions(TranslationOptions):
    fields = ("title",)
