"""Which columns of the request forms exist in four languages."""

from modeltranslation.translator import TranslationOptions, register

from portal.cases.models import OpeningCause, RequestField, RequestPlan, StatusWords


@register(RequestPlan)
class RequestPlanOptions(TranslationOptions):
    fields = ("where",)


@register(RequestField)
class RequestFieldOptions(TranslationOptions):
    fields = ("label", "help", "choices")


@register(StatusWords)
class StatusWordsOptions(TranslationOptions):
    fields = ("words", "expected")


@register(OpeningCause)
class OpeningCauseOptions(TranslationOptions):
    fields = ("words",)
