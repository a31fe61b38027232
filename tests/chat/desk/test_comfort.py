"""All day at the desk: drafts are kept, colleagues are seen typing, editors are told, a left desk locks."""

from __future__ import annotations

from uuid import uuid4

import pytest

from charter.models import Role
from chat.actions import calls, drafts, messages
from chat.desk import changes
from chat.desk.choices import filled
from chat.models import Consultation, Draft, QuickReply
from kb.models import GapSign, SignKind
from portal.core.models import User
from tests.chat import ground
from tests.chat.desk.ground import address, at_the_desk
from tests.factories.answers import article
from tests.people import bob, staff

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def with_password(password: str = "a long password") -> User:
    user = bob()
    user.set_password(password)
    user.save()
    return user


def page(consultation: Consultation, user: User | None = None) -> str:
    return at_the_desk(user).get(address("consultation", consultation)).content.decode()


def test_what_bob_began_is_there_on_another_computer() -> None:
    taken = ground.taken_by_bob()

    at_the_desk().post(address("draft", taken), {"text": "Jums priklau"})

    assert "Jums priklau" in page(taken)


def test_what_was_sent_is_no_draft_any_more() -> None:
    taken, desk, key = ground.taken_by_bob(), at_the_desk(), str(uuid4())
    desk.post(address("draft", taken), {"text": "Taip."})

    answer = desk.post(address("write", taken), {"text": "Taip.", "send": "1", "key": key})

    assert answer.headers["Location"].endswith(f"?sent={key}")
    assert not Draft.objects.exists()


def test_an_emptied_box_leaves_no_draft() -> None:
    taken, desk = ground.taken_by_bob(), at_the_desk()
    desk.post(address("draft", taken), {"text": "Taip."})
    desk.post(address("draft", taken), {"text": "  "})

    assert not Draft.objects.exists()


def test_a_supervisor_sees_that_bob_is_writing_and_bob_does_not_see_himself() -> None:
    taken = ground.taken_by_bob()
    drafts.keep(taken, "Jums", by=bob())

    assert "writing here now" in page(taken, staff("Sofija", Role.SUPERVISOR))
    assert "writing here now" not in page(taken)


def test_nobody_keeps_a_draft_where_they_may_not_write() -> None:
    taken = ground.taken_by_bob()

    answer = at_the_desk(staff("Ona", Role.CONSULTANT)).post(address("draft", taken), {"text": "x"})

    assert answer.status_code == 404
    assert not Draft.objects.exists()


def test_a_draft_is_deleted_with_its_conversation() -> None:
    taken = ground.taken_by_bob()
    drafts.keep(taken, "Jūsų žmona", by=bob())
    taken.delete()

    assert not Draft.objects.exists()


def test_an_answer_that_changed_says_so_and_shows_how() -> None:
    taken, made = ground.taken_by_bob(), article("A-001")
    made.save_revision().publish()
    messages.send_article(taken, code="A-001", client_id=uuid4(), by=bob())
    assert "has changed since you used it" not in page(taken)
    made.short_answer_lt = "Pateikite prašymą ir pažymą."
    made.save_revision().publish()

    said = page(taken)

    assert "has changed since you used it" in said
    assert "<ins>prašymą ir pažymą.</ins>" in said


def test_a_difference_is_never_markup_of_its_own() -> None:
    assert changes.difference("a <b>", "a <script>") == "a <del>&lt;b&gt;</del> <ins>&lt;script&gt;</ins>"


def test_one_key_tells_the_editors_what_was_not_found() -> None:
    form = {"kind": "not_found", "words": "kompensacija už žvakes", "language": "lt", "key": str(uuid4())}
    desk = at_the_desk()

    for _time in range(2):
        desk.post(address("flag"), form)

    sign = GapSign.objects.get()
    assert (sign.kind, sign.words) == (SignKind.NOT_FOUND, "kompensacija už žvakes")


def test_an_article_that_is_wrong_is_named() -> None:
    article("A-001")

    at_the_desk().post(address("flag"), {"kind": "wrong", "article": "A-001", "key": str(uuid4())})

    assert GapSign.objects.get().gap.article_id is not None


def test_bob_keeps_a_sentence_of_his_own_and_nobody_else_sees_it() -> None:
    taken, desk = ground.taken_by_bob(), at_the_desk()

    kept = desk.post(address("write", taken), {"text": "Laba diena, {name}, aš {consultant}.", "keep": "1"})

    assert "Laba diena, {name}" in kept.content.decode()
    assert f"Laba diena, aš {bob()}." in page(taken)
    assert "Laba diena" not in page(taken, staff("Sofija", Role.SUPERVISOR))

    desk.post(address("drop_reply"), {"code": QuickReply.objects.get().code})
    assert not QuickReply.objects.exists()


def test_a_shared_sentence_is_not_deleted_from_the_desk() -> None:
    QuickReply.objects.create(code="labas", text_lt="Labas")

    at_the_desk().post(address("drop_reply"), {"code": "labas"})

    assert QuickReply.objects.exists()


def test_what_is_known_is_filled_in() -> None:
    taken = ground.taken_by_bob()
    taken.name = "Ona"

    assert filled("Laba diena, {name}! Nr. {reference}", taken, bob()) == f"Laba diena, Ona! Nr. {taken.reference}"


def test_a_locked_desk_shows_nothing_until_the_password_is_typed() -> None:
    desk = at_the_desk(with_password())
    taken = ground.taken_by_bob()
    desk.post(address("lock"), {"next": address("consultation", taken)})

    shut = desk.get(address("consultation", taken))
    wrong = desk.post(address("unlock"), {"password": "no", "next": address("floor")})
    assert (shut.status_code, wrong.status_code) == (302, 422)
    assert desk.get(address("log", taken)).status_code == 302

    opened = desk.post(
        address("unlock"), {"password": "a long password", "next": address("consultation", taken)}, follow=True
    )
    assert taken.reference in opened.content.decode()


def test_a_desk_does_not_lock_by_itself_during_a_call() -> None:
    desk = at_the_desk(with_password())
    calls.begin(key=uuid4(), language="lt", by=bob())

    assert desk.post(address("lock")).status_code == 204
    assert desk.get(address("floor")).status_code == 200


def test_passwords_are_not_guessed_at_a_locked_desk() -> None:
    desk = at_the_desk(with_password())
    desk.post(address("lock"))
    for _time in range(10):
        desk.post(address("unlock"), {"password": "no"})

    answer = desk.post(address("unlock"), {"password": "a long password"})

    assert "Too many tries" in answer.content.decode()


def test_the_way_back_leads_nowhere_else() -> None:
    desk = at_the_desk(with_password())
    desk.post(address("lock"))

    answer = desk.post(address("unlock"), {"password": "a long password", "next": "https://elsewhere.example/"})

    assert answer.headers["Location"] == address("floor")
