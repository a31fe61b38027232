"""Why a record may be opened: a short list that is data, in four languages, with what stands in it at first."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.text import slugify

from portal.core import audit
from portal.registry.models import OpeningReason, Post
from portal.registry.refusals import Refused

CARE, DECISION, ASSESSMENT, WRITTEN, OTHER = "care", "decision", "assessment", "written", "other"
_FIRST: dict[str, Mapping[str, str]] = {
    CARE: {
        "lt": "Paslaugos šiam žmogui: lankymas, programa",
        "ru": "Услуги этому человеку: посещение, программа",
        "en": "Services for this person: a visit, the programme",
        "uk": "Послуги для цієї людини: відвідування, програма",
    },
    DECISION: {
        "lt": "Prašymas ir sprendimas",
        "ru": "Заявление и решение",
        "en": "A request and its decision",
        "uk": "Заява та рішення",
    },
    ASSESSMENT: {
        "lt": "Poreikių vertinimas",
        "ru": "Оценка потребности в помощи",
        "en": "An assessment of needs",
        "uk": "Оцінювання потреб",
    },
    "money": {
        "lt": "Mokėjimas ir aktai",
        "ru": "Оплата и акты",
        "en": "Payment and acts",
        "uk": "Оплата та акти",
    },
    "asks": {
        "lt": "Žmogus kreipėsi pats",
        "ru": "Человек обратился сам",
        "en": "The person got in touch",
        "uk": "Людина звернулася сама",
    },
    WRITTEN: {
        "lt": "Duomenų įrašymas ir tikrinimas",
        "ru": "Запись и проверка данных",
        "en": "Writing data down and checking it",
        "uk": "Запис і перевірка даних",
    },
    "control": {
        "lt": "Skundas arba patikrinimas",
        "ru": "Жалоба или проверка",
        "en": "A complaint or a check",
        "uk": "Скарга або перевірка",
    },
    OTHER: {
        "lt": "Kita priežastis, parašyta žodžiais",
        "ru": "Другая причина, указанная словами",
        "en": "Another reason, said in words",
        "uk": "Інша причина, зазначена словами",
    },
}


def live() -> list[OpeningReason]:
    """The reasons offered today, in order."""
    return list(_all().filter(is_live=True))


def everything() -> list[OpeningReason]:
    return list(_all())


def of(code: str) -> OpeningReason:
    """The reason of this code, also one that is no longer offered."""
    return _all().get(code=code)


@transaction.atomic
def add(names: Mapping[str, str], *, needs_words: bool, by: Post) -> OpeningReason:
    """One more reason, at the end. Raises Refused when there is one of that name."""
    code = slugify(names["en"])[:40] or f"reason-{OpeningReason.objects.count() + 1}"
    try:
        with transaction.atomic():
            made = OpeningReason.objects.create(code=code, names=dict(names), needs_words=needs_words)
    except IntegrityError:
        raise Refused("reason_of_that_code", field="en") from None
    audit.record("registry.opening_reason_added", made, by=by.user, code=code)
    return made


@transaction.atomic
def turn(reason: OpeningReason, *, by: Post) -> OpeningReason:
    """Offer it no longer, or again."""
    reason.is_live = not reason.is_live
    reason.save(update_fields=["is_live"])
    audit.record("registry.opening_reason_turned", reason, by=by.user, is_live=reason.is_live)
    return reason


def _all() -> QuerySet[OpeningReason]:
    if not OpeningReason.objects.exists():
        first = [
            OpeningReason(code=code, names=dict(names), order=10 * n, needs_words=code == OTHER)
            for n, (code, names) in enumerate(_FIRST.items(), start=1)
        ]
        OpeningReason.objects.bulk_create(first, ignore_conflicts=True)
    return OpeningReason.objects.all()
