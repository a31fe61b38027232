"""Events by the million, made by the database itself: `python -m tests.bench.dashboard_city 500000`.

Columns that the caller does not name get the model's default, or nothing: a new column needs no change here.
"""

from __future__ import annotations

import sys
from typing import Any

import django
from django.db import connection, models

MONTHS = 15
# How the events divide.
CONTACTS, SEARCHES, RATINGS, VOTES, APPEALS = 0.30, 0.44, 0.20, 0.05, 0.01
WHEN = f"now() - random() * interval '{MONTHS} months'"
LANGUAGE = "(array['lt','lt','lt','ru','ru','en','uk'])[1 + floor(random() * 7)::int]"
PLACE = "(array(select id from charter_institution order by id))[1 + floor(random() * 7)::int]"
SERVICE = "(array(select id from charter_service order by id))[1 + floor(random() * 50)::int]"
TOPIC = "(array(select id from kb_topic order by id))[1 + floor(random() * 8)::int]"


def make(events: int) -> None:
    """Add so many events, spread over the months."""
    from charter.feedback.models import PageVote, Rating
    from chat.models import WrapUp
    from chat.models.consultation import Consultation
    from kb.models import SearchEvent

    made = f"(select n, {WHEN} as at from generate_series(1, %s) as n) as made"
    insert(
        Consultation,
        made,
        int(events * CONTACTS),
        public_id="left(md5(random()::text || n), 22)",
        reference="'X' || left(md5(random()::text || n), 11)",
        channel="(array['chat','phone','counter'])[1 + floor(random() * 3)::int]",
        language=LANGUAGE,
        state="case when random() < 0.9 then 'closed' else 'abandoned' end",
        started_at="at",
        claimed_at="at + interval '1 minute'",
        ended_at="at + interval '9 minutes'",
        closed_at="at + interval '9 minutes'",
        changed_at="at + interval '9 minutes'",
        waited_seconds="floor(random() * 300)::int",
        institution_id=PLACE,
    )
    insert(
        WrapUp,
        "chat_consultation c where reference like 'X%%' and random() < 0.6 and %s > 0 "
        "and not exists (select from chat_wrapup w where w.consultation_id = c.id)",
        1,
        outcome="'answered'",
        found="(array['yes','no','not_needed'])[1 + floor(random() * 3)::int]",
        at="closed_at",
        consultation_id="id",
        topic_id=TOPIC,
        by_id="(select min(id) from core_user)",
    )
    insert(
        SearchEvent,
        made,
        int(events * SEARCHES),
        at="at",
        language=LANGUAGE,
        words="'žodis ' || floor(random() * random() * 3000)::int",
        results="floor(random() * 5)::int",
        opened_kind="case when random() < 0.6 then 'article' else '' end",
        is_gathered="true",
    )
    insert(
        Rating,
        made,
        int(events * RATINGS),
        subject_kind="'service'",
        score="1 + floor(random() * 5)::int",
        channel="(array['web','chat','phone'])[1 + floor(random() * 3)::int]",
        language=LANGUAGE,
        key="gen_random_uuid()",
        at="at",
        institution_id=PLACE,
        service_id=SERVICE,
    )
    insert(
        PageVote,
        made,
        int(events * VOTES),
        page_kind="'article'",
        page_code="'A-0' || lpad(floor(random() * 60)::int::text, 2, '0')",
        language=LANGUAGE,
        is_useful="random() < 0.7",
        key="gen_random_uuid()",
        at="at",
    )
    _letters(made, int(events * APPEALS))
    with connection.cursor() as cursor:
        cursor.execute("analyze")


def _letters(made: str, n: int) -> None:
    """Appeals, four in five of them answered after up to three weeks."""
    from charter.feedback.models import Appeal, AppealAnswer

    insert(
        Appeal,
        made,
        n,
        public_id="md5(random()::text || n)",
        reference="'Y' || left(md5(random()::text || n), 11)",
        key="md5(random()::text || n)",
        kind="(array['complaint','question','suggestion','thanks'])[1 + floor(random() * 4)::int]",
        language=LANGUAGE,
        channel="(array['web','phone','letter'])[1 + floor(random() * 3)::int]",
        state="'answered'",
        received_on="at::date",
        term_from="at::date",
        entered_at="at",
        institution_id=PLACE,
        service_id=SERVICE,
    )
    insert(
        AppealAnswer,
        "feedback_appeal a where reference like 'Y%%' and random() < 0.8 and %s > 0 "
        "and not exists (select from feedback_appealanswer w where w.appeal_id = a.id)",
        1,
        appeal_id="id",
        level="1",
        outcome="(array['upheld','partly','explained','refused'])[1 + floor(random() * 4)::int]",
        written_at="entered_at",
        due_on="received_on + 14",
        sent_at="entered_at + interval '10 days'",
        sent_on="received_on + 10",
        score="case when random() < 0.5 then 1 + floor(random() * 5)::int end",
    )


def insert(model: type[models.Model], source: str, n: int, **given: str) -> None:
    values = {**_defaults(model), **given}
    names, expressions = ", ".join(values), ", ".join(values.values())
    with connection.cursor() as cursor:
        cursor.execute("set synchronous_commit = off")
        cursor.execute(f"insert into {model._meta.db_table} ({names}) select {expressions} from {source}", [n])


def _defaults(model: type[models.Model]) -> dict[str, str]:
    found: dict[str, str] = {}
    for field in model._meta.concrete_fields:
        if not field.null and not field.primary_key:
            found[str(field.column)] = _literal(field.get_default() if field.has_default() else _nothing(field))
    return found


def _nothing(field: models.Field[Any, Any]) -> Any:
    return "" if isinstance(field, models.CharField | models.TextField) else 0


def _literal(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int):
        return str(value)
    return "'{}'" if isinstance(value, dict) else "'[]'" if isinstance(value, list) else f"'{value}'"


if __name__ == "__main__":
    django.setup()
    make(int(sys.argv[1]))
