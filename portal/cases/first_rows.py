"""The reasons and the words for statuses that every office begins with. Made after a migration; what is there stays."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.models.signals import post_migrate

from portal.cases.models import OpeningCause, StatusWords
from portal.cases.registries.facts import Status
from portal.core.languages import column

# Written here: the catalogues may not be compiled yet when the tables are made. Order: lt, ru, en, uk.
_CODES = ("lt", "ru", "en", "uk")
_CAUSES: tuple[tuple[str, dict[str, bool], tuple[str, str, str, str]], ...] = (
    ("question", {"is_spoken": True}, (
        "Žmogus klausia apie savo prašymą", "Человек спрашивает о своём заявлении",
        "The person asks about their request", "Людина запитує про свою заяву")),
    ("papers", {"is_spoken": True}, (
        "Žmogus pateikia dokumentą arba praneša ką nors nauja", "Человек подаёт документ или сообщает новое",
        "The person hands in a document or tells something new", "Людина подає документ або повідомляє нове")),
    ("helper", {"is_spoken": True, "is_helper": True}, (
        "Dėl žmogaus klausia jam padedantis asmuo", "За человека спрашивает тот, кто ему помогает",
        "Somebody who helps the person asks for them", "За людину запитує той, хто їй допомагає")),
    ("call_back", {}, (
        "Rengiamas atsakymas arba ketinama perskambinti", "Готовится ответ или ответный звонок",
        "An answer or a call back is being prepared", "Готується відповідь або зворотний дзвінок")),
    ("complaint", {}, (
        "Nagrinėjamas skundas arba apeliacija", "Рассматривается жалоба или апелляция",
        "A complaint or an appeal is being looked into", "Розглядається скарга або апеляція")),
    ("check", {}, (
        "Tikrinama mūsų darbo kokybė", "Проверяется качество нашей работы",
        "The quality of our work is being checked", "Перевіряється якість нашої роботи")),
    ("other", {"needs_words": True}, (
        "Kita priežastis, parašyta žodžiais", "Другая причина, указанная словами",
        "Another reason, said in words", "Інша причина, указана словами")),
)  # fmt: skip
_STATUSES: dict[Status, tuple[tuple[str, str, str, str], tuple[str, str, str, str]]] = {
    Status.RECEIVED: (
        ("Prašymas gautas", "Заявление получено", "Your request has been received", "Заяву отримано"),
        ("Kol kas nieko daryti nereikia. Jei ko nors trūks, įstaiga jums parašys čia.",
         "Пока ничего делать не нужно. Если чего-то не хватит, учреждение напишет вам здесь.",
         "Nothing for now. If something is missing, the office writes to you here.",
         "Поки нічого робити не потрібно. Якщо чогось бракуватиме, установа напише вам тут."),
    ),
    Status.WORKING: (
        ("Nagrinėjame", "Рассматриваем", "We are working on it", "Розглядаємо"),
        ("Jums nieko daryti nereikia: laukite sprendimo.", "Вам ничего делать не нужно: ждите решения.",
         "Nothing: the decision comes to you.", "Вам нічого робити не потрібно: чекайте на рішення."),
    ),
    Status.WAITING: (
        ("Laukiame jūsų duomenų", "Ждём ваши данные", "We are waiting for you", "Чекаємо на ваші дані"),
        ("Atsiųskite tai, ko prašo įstaiga. Kol laukiame, terminas neskaičiuojamas.",
         "Пришлите то, о чём просит учреждение. Пока мы ждём, срок не идёт.",
         "Send what the office asks for. Until it comes, the clock stands.",
         "Надішліть те, про що просить установа. Поки ми чекаємо, строк не йде."),
    ),
    Status.GRANTED: (
        ("Sprendimas: skirta", "Решение: назначено", "Decided: you get it", "Рішення: призначено"),
        ("Įstaiga su jumis susitars, nuo kada ir kaip padės.",
         "Учреждение договорится с вами, когда и как начнётся помощь.",
         "The office agrees with you when and how the help begins.",
         "Установа домовиться з вами, коли і як почнеться допомога."),
    ),
    Status.REFUSED: (
        ("Sprendimas: neskirta", "Решение: отказано", "Decided: you do not get it", "Рішення: відмовлено"),
        ("Jei nesutinkate, galite sprendimą apskųsti.", "Если вы не согласны, решение можно обжаловать.",
         "If you do not agree, you may appeal against the decision.",
         "Якщо ви не згодні, рішення можна оскаржити."),
    ),
    Status.WITHDRAWN: (
        ("Prašymą atsiėmėte", "Вы отозвали заявление", "You withdrew the request", "Ви відкликали заяву"),
        ("Jei paslaugos vėl prireiks, pateikite naują prašymą.",
         "Если услуга снова понадобится, подайте новое заявление.",
         "Should you need the service again, send a new request.",
         "Якщо послуга знову знадобиться, подайте нову заяву."),
    ),
}  # fmt: skip


def make_first_rows() -> None:
    """What an office begins with; what it has made of it stays. Two queries where all is there."""
    known = set(OpeningCause.objects.values_list("code", flat=True))
    for place, (code, flags, words) in enumerate(_CAUSES):
        if code not in known:
            OpeningCause.objects.create(code=code, sort_order=10 * (place + 1), **flags, **_texts("words", words))
    said = set(StatusWords.objects.filter(kind="").values_list("code", flat=True))
    for status, (words, expected) in _STATUSES.items():
        if status not in said:
            texts = _texts("words", words) | _texts("expected", expected)
            StatusWords.objects.create(code=status, meaning=status, **texts)


def _texts(field: str, texts: tuple[str, str, str, str]) -> dict[str, str]:
    return {column(field, code): text for code, text in zip(_CODES, texts, strict=True)}


def _after_migrating(**_: Any) -> None:
    tables = set(connection.introspection.table_names())
    if {OpeningCause._meta.db_table, StatusWords._meta.db_table} <= tables:
        make_first_rows()


def register(sender: Any) -> None:
    """Asked once a migration, after the app `sender` has its tables."""
    post_migrate.connect(_after_migrating, sender=sender, dispatch_uid="cases-first-rows")
