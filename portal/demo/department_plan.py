"""What the demonstration's department provides and who its made-up people are. Prices and the rule are invented."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Service:
    """A service with its price in cents, by the hour or by the time, and its usual minutes."""

    code: str
    unit: str
    cents: int
    minutes: int
    is_extra: bool = False
    names: dict[str, str] = field(default_factory=dict)


def _named(lt: str, ru: str, en: str, uk: str) -> dict[str, str]:
    return {"lt": lt, "ru": ru, "en": en, "uk": uk}


SERVICES = (
    Service("asmens-higiena", "hour", 1180, 40,
            names=_named("Asmens higiena", "Личная гигиена", "Personal care", "Особиста гігієна")),
    Service("maisto-gaminimas", "hour", 1040, 45,
            names=_named("Maisto gaminimas", "Приготовление еды", "Cooking", "Приготування їжі")),
    Service("namu-tvarkymas", "hour", 980, 60,
            names=_named("Namų tvarkymas", "Уборка дома", "Housework", "Прибирання вдома")),
    Service("apsipirkimas", "time", 650, 40,
            names=_named("Apsipirkimas", "Покупки", "Shopping", "Покупки")),
    Service("palydejimas", "hour", 1090, 90,
            names=_named("Palydėjimas pas gydytoją", "Сопровождение к врачу", "Escort to the doctor",
                         "Супровід до лікаря")),
    Service("langu-valymas", "time", 1500, 60, is_extra=True,
            names=_named("Langų valymas", "Мытьё окон", "Window cleaning", "Миття вікон")),
)  # fmt: skip
# Invented: no town is known to count like this.
RULE = (
    _named("Parodomoji: pagal pajamas", "Демонстрационное: по доходу", "Demonstration: by income",
           "Демонстраційне: за доходом"),
    {"base": "VRP", "steps": [
        {"up_to": "2", "share": "0"}, {"up_to": "3", "share": "20"}, {"up_to": None, "share": "50"},
    ]},
)  # fmt: skip
PEOPLE = 40
SURNAMES = {
    "lt": ("Pavyzdienė", "Pavyzdys", "Parodaitė", "Išgalvotas", "Bandomienė", "Parodys"),
    "ru": ("Примерова", "Примеров", "Образцова", "Выдумкин"),
    "uk": ("Прикладенко", "Зразковська", "Вигаданий"),
}
FIRST_NAMES = {
    "lt": ("Ona", "Jonas", "Marytė", "Kazys", "Aldona", "Petras", "Genovaitė"),
    "ru": ("Анна", "Иван", "Галина", "Пётр", "Нина"),
    "uk": ("Оксана", "Василь", "Ганна", "Микола"),
}
STREETS = ("Parodomoji g.", "Pavyzdžio g.", "Bandomoji g.", "Išgalvota g.")
