"""Which columns of chat exist in four languages."""

from modeltranslation.translator import TranslationOptions, register

from chat.models import QuickReply


@register(QuickReply)
class QuickReplyOptions(TranslationOptions):
    fields = ("text",)
