"""The door's statements on the way of a message: each for many consultations at once, in SQL of our own.

Only `chat.access` and what stands above it asks here. The resident's and the colleagues' readings are two statements.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from portal.core.statements import Question, Rows, Statement, as_json, as_moment, as_uuid, ask, ask_all

PAGE = 500


class Stored(NamedTuple):
    """One event as it is stored; `name` and `article_code` are of those who wrote and what was sent."""

    consultation_id: int
    staff_sequence: int
    public_sequence: int | None
    kind: str
    author: str
    by_id: int | None
    name: str
    text: str
    language: str
    data: Mapping[str, Any]
    client_id: UUID | None
    body_hash: str
    article_id: int | None
    article_code: str
    article_version: int | None
    at: dt.datetime


class Stand(NamedTuple):
    """Where a consultation stands."""

    id: int
    public_sequence: int
    staff_sequence: int
    state: str
    consultant_id: int | None
    institution_id: int | None
    language: str
    queued_since: dt.datetime
    is_replied: bool
    is_erased: bool
    is_urgent: bool = False


class Step(NamedTuple):
    """How far a consultation has come; `replied_at` and `replied_seconds` when a person answered for the first time."""

    id: int
    public_sequence: int
    staff_sequence: int
    changed_at: dt.datetime
    replied_at: dt.datetime | None
    replied_seconds: int | None


_STAND = (
    "c.id, c.public_sequence, c.staff_sequence, c.state, c.consultant_id, c.institution_id, c.language, "
    "coalesce(c.reopened_at, c.started_at), c.first_reply_at IS NOT NULL, c.erased_at IS NOT NULL, c.is_urgent"
)
_EVENT = (
    "e.consultation_id, e.staff_sequence, e.public_sequence, e.kind, e.author, e.by_id, u.display_name, e.text, "
    "e.language, e.data, e.client_id, e.body_hash, e.article_id, {code}, e.article_version, e.at"
)
_PUBLIC_EVENT, _STAFF_EVENT = _EVENT.format(code="''"), _EVENT.format(code="a.code")
_BY = "LEFT JOIN core_user u ON u.id = e.by_id"
_ARTICLE = "LEFT JOIN kb_article a ON a.id = e.article_id"
# An array, not a join: a row that was waited for is looked at once more, and joins may lose it then.
_IDS = "ANY(ARRAY(SELECT value::bigint FROM json_array_elements_text(%s::json)))"

# No other statement may change these rows until the transaction ends; in the order of their ids, so that two
# processes never wait for each other in a circle. SQLite locks everything when the transaction begins.
_LOCK = Statement(
    postgres=f"SELECT {_STAND} FROM chat_consultation c WHERE c.id = {_IDS} ORDER BY c.id FOR NO KEY UPDATE",
    sqlite=f"SELECT {_STAND} FROM chat_consultation c WHERE c.id IN (SELECT value FROM json_each(?))",
)
_STANDS = Statement(
    postgres=f"SELECT {_STAND} FROM chat_consultation c WHERE c.id = {_IDS}",
    sqlite=f"SELECT {_STAND} FROM chat_consultation c WHERE c.id IN (SELECT value FROM json_each(?))",
)
_GRANTS = Statement(
    postgres="SELECT g.id, g.consultation_id FROM chat_grant g JOIN chat_consultation c ON c.id = g.consultation_id"
    f" WHERE g.id = {_IDS} AND c.erased_at IS NULL",
    sqlite="SELECT g.id, g.consultation_id FROM chat_grant g JOIN chat_consultation c ON c.id = g.consultation_id"
    " WHERE g.id IN (SELECT value FROM json_each(?)) AND c.erased_at IS NULL",
)
_INVITED = Statement(
    postgres=f"SELECT i.consultation_id, i.user_id FROM chat_invitation i WHERE i.user_id = {_IDS}",
    sqlite="SELECT i.consultation_id, i.user_id FROM chat_invitation i"
    " WHERE i.user_id IN (SELECT value FROM json_each(?))",
)
_KEYS = Statement(
    postgres="SELECT g.token_digest, g.id, c.public_id, c.id FROM chat_grant g"
    " JOIN chat_consultation c ON c.id = g.consultation_id WHERE c.erased_at IS NULL"
    " AND g.token_digest = ANY(ARRAY(SELECT json_array_elements_text(%s::json)))",
    sqlite="SELECT g.token_digest, g.id, c.public_id, c.id FROM chat_grant g"
    " JOIN chat_consultation c ON c.id = g.consultation_id WHERE c.erased_at IS NULL"
    " AND g.token_digest IN (SELECT value FROM json_each(?))",
)
_KNOWN = Statement(
    postgres=f"SELECT {_PUBLIC_EVENT} FROM json_array_elements(%s::json) w"
    " JOIN chat_event e ON e.consultation_id = (w->>0)::bigint AND e.client_id = (w->>1)::uuid " + _BY,
    sqlite=f"SELECT {_PUBLIC_EVENT} FROM json_each(?) w"
    " CROSS JOIN chat_event e ON e.consultation_id = json_extract(w.value, '$[0]')"
    " AND e.client_id = json_extract(w.value, '$[1]') " + _BY,
)
_ADD = Statement(
    postgres="INSERT INTO chat_event (consultation_id, staff_sequence, public_sequence, kind, author, by_id, text,"
    " language, data, client_id, body_hash, article_id, article_version, at)"
    " SELECT (w->>0)::bigint, (w->>1)::int, (w->>2)::int, w->>3, w->>4, (w->>5)::bigint, w->>6, w->>7,"
    " (w->8)::jsonb, (w->>9)::uuid, w->>10, (w->>11)::bigint, (w->>12)::int, (w->>13)::timestamptz"
    " FROM json_array_elements(%s::json) w",
    sqlite="INSERT INTO chat_event (consultation_id, staff_sequence, public_sequence, kind, author, by_id, text,"
    " language, data, client_id, body_hash, article_id, article_version, at) SELECT "
    + ", ".join(f"json_extract(w.value, '$[{n}]')" for n in range(14))
    + " FROM json_each(?) w",
)
_ADVANCE = Statement(
    postgres="UPDATE chat_consultation c SET public_sequence = (w->>1)::int, staff_sequence = (w->>2)::int,"
    " changed_at = (w->>3)::timestamptz, first_reply_at = coalesce(c.first_reply_at, (w->>4)::timestamptz),"
    " first_reply_seconds = coalesce(c.first_reply_seconds, (w->>5)::int)"
    " FROM json_array_elements(%s::json) w WHERE c.id = (w->>0)::bigint",
    sqlite="UPDATE chat_consultation AS c SET public_sequence = json_extract(w.value, '$[1]'),"
    " staff_sequence = json_extract(w.value, '$[2]'), changed_at = json_extract(w.value, '$[3]'),"
    " first_reply_at = coalesce(c.first_reply_at, json_extract(w.value, '$[4]')),"
    " first_reply_seconds = coalesce(c.first_reply_seconds, json_extract(w.value, '$[5]'))"
    " FROM json_each(?) w WHERE c.id = json_extract(w.value, '$[0]')",
)


def _after(columns: str, sequence: str, joins: str) -> Statement:
    """That number, and what came after it; at most a page of each."""
    lateral = (
        f"SELECT (w->>1)::int, {columns} FROM json_array_elements(%s::json) w CROSS JOIN LATERAL ("
        f"SELECT * FROM chat_event e WHERE e.consultation_id = (w->>0)::bigint AND e.{sequence} > (w->>1)::int"
        f" ORDER BY e.{sequence} LIMIT {PAGE}) e {joins} ORDER BY e.consultation_id, e.{sequence}"
    )
    # SQLite has no LATERAL; numbers stand without a gap, so a page is a range of them.
    ranged = (
        f"SELECT json_extract(w.value, '$[1]'), {columns} FROM json_each(?) w CROSS JOIN chat_event e"
        f" ON e.consultation_id = json_extract(w.value, '$[0]') AND e.{sequence} > json_extract(w.value, '$[1]')"
        f" AND e.{sequence} <= json_extract(w.value, '$[1]') + {PAGE} {joins} ORDER BY e.consultation_id, e.{sequence}"
    )
    return Statement(postgres=lateral, sqlite=ranged)


_PUBLIC_AFTER = _after(_PUBLIC_EVENT, "public_sequence", _BY)
_STAFF_AFTER = _after(_STAFF_EVENT, "staff_sequence", f"{_BY} {_ARTICLE}")
Pairs = Collection[tuple[int, int]]  # consultation, number
After = dict[tuple[int, int], list[Stored]]


class Locked(NamedTuple):
    """What a batch is judged by. `places`: the answer for `charter.memberships.reaches_in`."""

    stands: dict[int, Stand]
    grants: dict[int, int]
    known: dict[tuple[int, UUID], Stored]
    places: Rows
    invited: Pairs


def lock(
    ids: Sequence[int],
    *,
    grants: Collection[int],
    keys: Collection[tuple[int, UUID]],
    places: Question,
    users: Collection[int],
) -> Locked:
    """The consultations, locked; the consultation of each grant that is still good; what of `keys` is stored already;
    where colleagues work, and what they were asked into.

    (What is stored is asked after the lock is held: one go to the database, in this order.)
    """
    stands, held, known, found, invited = ask_all(
        [(_LOCK, ids), (_GRANTS, grants), (_KNOWN, keys), places, (_INVITED, users)]
    )
    stored = {(event.consultation_id, event.client_id): event for event in map(_event, known) if event.client_id}
    return Locked({stand.id: stand for stand in _stands(stands)}, dict(held), stored, found, _pairs(invited))


def write(events: Iterable[Stored], steps: Iterable[Step]) -> None:
    """Add events to consultations that are locked, and move their counters on."""
    rows = [(*event[:6], *event[7:13], *event[14:]) for event in events]
    ask_all([(_ADD, rows), (_ADVANCE, steps)])


class Seen(NamedTuple):
    """What was read for followers. `places`: the answer for `charter.memberships.reaches_in`."""

    stands: dict[int, Stand]
    grants: dict[int, int]
    places: Rows
    invited: Pairs
    public: After
    staff: After


def see(
    ids: Collection[int],
    *,
    grants: Collection[int] = (),
    places: Question,
    users: Collection[int] = (),
    public: Pairs = (),
    staff: Pairs = (),
) -> Seen:
    """Where consultations stand; the consultation of each grant that is still good; where colleagues work, and what
    they were asked into; what residents and colleagues may see after a number, a page at most. One go.
    """
    stands, held, found, invited, shown, noted = ask_all(
        [
            (_STANDS, ids),
            (_GRANTS, grants),
            places,
            (_INVITED, users),
            (_PUBLIC_AFTER, public),
            (_STAFF_AFTER, staff),
        ]
    )
    stand_by_id = {stand.id: stand for stand in _stands(stands)}
    return Seen(stand_by_id, dict(held), found, _pairs(invited), _by_pair(shown), _by_pair(noted))


def keys(digests: Collection[str]) -> dict[str, tuple[int, str, int]]:
    """(grant, public id, consultation) by the digest of the browser's token."""
    return {digest: (grant, public_id, pk) for digest, grant, public_id, pk in ask(_KEYS, digests)}


def _pairs(rows: Rows) -> Pairs:
    return {(first, second) for first, second in rows}


def _by_pair(rows: Rows) -> After:
    found: After = {}
    for since, *row in rows:
        event = _event(row)
        found.setdefault((event.consultation_id, since), []).append(event)
    return found


def _stands(rows: Rows) -> Iterable[Stand]:
    for row in rows:
        yield Stand._make((*row[:7], as_moment(row[7]), bool(row[8]), bool(row[9]), bool(row[10])))


def _event(row: Sequence[Any]) -> Stored:
    data, client_id, code = as_json(row[9]), as_uuid(row[10]), row[13] or ""
    return Stored._make(
        (*row[:6], row[6] or "", *row[7:9], data, client_id, *row[11:13], code, row[14], as_moment(row[15]))
    )
