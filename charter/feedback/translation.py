"""Which columns of what is told of changes exist in four languages."""

from modeltranslation.translator import TranslationOptions, register

from charter.feedback.models import Improvement, ImprovementGoal, Story


@register(Improvement)
class ImprovementOptions(TranslationOptions):
    fields = ("title", "slug", "problem", "boundaries", "change", "lesson")
    empty_values = {"slug": None}


@register(ImprovementGoal)
class ImprovementGoalOptions(TranslationOptions):
    fields = ("name", "unit")


@register(Story)
class StoryOptions(TranslationOptions):
    fields = ("said", "changed")
