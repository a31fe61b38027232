"""Which columns of the charter's tables exist in four languages."""

from modeltranslation.translator import TranslationOptions, register

from charter.models import (
    BaseAmount,
    Charter,
    CharterLine,
    Commitment,
    Holiday,
    Institution,
    Measurement,
    Municipality,
    Service,
    ServiceDifference,
    ServiceStandard,
)


@register(Municipality)
class MunicipalityOptions(TranslationOptions):
    fields = ("name", "department", "short_name", "alert")


@register(Institution)
class InstitutionOptions(TranslationOptions):
    fields = ("name", "short_name", "slug", "does", "serves", "phone_note", "hours")
    empty_values = {"slug": None}


@register(Service)
class ServiceOptions(TranslationOptions):
    fields = (
        "name",
        "slug",
        "summary",
        "who",
        "how",
        "documents",
        "price_headline",
        "price",
        "term_headline",
        "term",
        "steps",
        "fact",
        "resident_words",
        "legal_basis",
    )
    empty_values = {"slug": None}


@register(ServiceDifference)
class ServiceDifferenceOptions(TranslationOptions):
    fields = ("difference",)


@register(Charter)
class CharterOptions(TranslationOptions):
    fields = ("title", "introduction", "carried_by", "proposal_note")


@register(CharterLine)
class CharterLineOptions(TranslationOptions):
    fields = ("text", "explanation")


@register(Commitment)
class CommitmentOptions(TranslationOptions):
    fields = ("text",)


@register(ServiceStandard)
class ServiceStandardOptions(TranslationOptions):
    fields = ("name", "method", "sentence")


@register(BaseAmount)
class BaseAmountOptions(TranslationOptions):
    fields = ("name",)


@register(Holiday)
class HolidayOptions(TranslationOptions):
    fields = ("name",)


@register(Measurement)
class MeasurementOptions(TranslationOptions):
    fields = ("reason", "action")
