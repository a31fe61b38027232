"""Which columns of the request forms exist in four languages."""

from modeltranslation.translator import TranslationOptions, register

from portal.cases.models import RequestField, RequestPlan


@register(RequestPlan)
class RequestPlanOptions(TranslationOptions):
    fields = ("where",)


@register(RequestField)
class RequestFieldOptions(TranslationOptions):
    fields = ("label", "help", "choices")
