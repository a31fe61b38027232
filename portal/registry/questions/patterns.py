"""Two statistical forms to begin with. They are invented: no authority asks for them, and each says so."""

from __future__ import annotations

from typing import Any


def _row(lt: str, ru: str, en: str, uk: str, **words: str) -> dict[str, Any]:
    return {"names": {"lt": lt, "ru": ru, "en": en, "uk": uk}, "words": words}


PATTERNS: dict[str, dict[str, Any]] = {
    "help": {
        "names": {
            "lt": "Pagalba į namus per mėnesį",
            "ru": "Помощь на дому за месяц",
            "en": "Help at home in a month",
            "uk": "Допомога вдома за місяць",
        },
        "columns": ["month", "before", "year"],
        "rows": [
            _row(
                "Gavėjai, turintys programą mėnesio pabaigoje",
                "Получатели с программой на конец месяца",
                "Recipients with a programme at the end of the month",
                "Отримувачі з програмою на кінець місяця",
                measure="in_programme",
            ),
            _row(
                "Aplankyti gavėjai",
                "Получатели, которых посетили",
                "Recipients visited",
                "Отримувачі, яких відвідали",
                measure="people",
            ),
            _row(
                "iš jų 80 metų ir vyresnių dalis",
                "из них доля людей 80 лет и старше",
                "of them, the share of those of 80 and older",
                "з них частка людей віком 80 років і старших",
                measure="people",
                of="aged_80",
            ),
            _row(
                "Įvykę apsilankymai",
                "Состоявшиеся посещения",
                "Visits that took place",
                "Візити, що відбулися",
                measure="done",
            ),
            _row(
                "Apsilankymai, kai niekas neatidarė",
                "Посещения, когда никто не открыл",
                "Visits at which nobody opened",
                "Візити, коли ніхто не відчинив",
                measure="nobody_opened",
            ),
            _row(
                "Suteiktų paslaugų valandos",
                "Часы оказанных услуг",
                "Hours of services given",
                "Години наданих послуг",
                measure="service_hours",
            ),
        ],
    },
    "terms": {
        "names": {
            "lt": "Prašymai ir terminai",
            "ru": "Заявления и сроки",
            "en": "Requests and terms",
            "uk": "Заяви та строки",
        },
        "columns": ["month", "year", "year_ago"],
        "rows": [
            _row("Gauti prašymai", "Полученные заявления", "Requests received", "Отримані заяви", measure="received"),
            _row(
                "Patenkinti prašymai",
                "Удовлетворённые заявления",
                "Requests granted",
                "Задоволені заяви",
                measure="granted",
            ),
            _row(
                "Atmesti prašymai",
                "Отклонённые заявления",
                "Requests refused",
                "Відхилені заяви",
                measure="refused",
            ),
            _row(
                "Dienos iki sprendimo (pusė sprendimų – ne ilgiau)",
                "Дней до решения (половина решений — не дольше)",
                "Days to the decision (half took at most)",
                "Днів до рішення (половина рішень — не довше)",
                measure="to_decision",
            ),
            _row(
                "Nenagrinėti iki galo mėnesio pabaigoje",
                "Не решены на конец месяца",
                "Not decided at the end of the month",
                "Не вирішені на кінець місяця",
                measure="open",
            ),
        ],
    },
}
