"""Bob takes a conversation, answers, sends an article, hands it over and wraps it up – by plain forms."""

from __future__ import annotations

from uuid import uuid4

import pytest

from charter.models import Role
from chat import access, transcript
from chat.actions import consultations
from chat.actions.redaction import RedactionReason, redact
from chat.models import Author, Consultation, EventKind, Outcome, State
from chat.rows import PAGE
from chat.transcript import Body
from portal.core.models import AuditEntry, User
from tests.chat import ground
from tests.chat.desk.ground import address, answers, at_the_desk
from tests.factories.answers import article, topic
from tests.people import bob, staff

pytestmark = pytest.mark.django_db


def now(consultation: Consultation) -> Consultation:
    consultation.refresh_from_db()
    return consultation


def last_words(consultation: Consultation) -> str:
    return transcript.since_for_staff(consultation, 0)[-1].text


def test_bob_takes_who_waits_and_answers() -> None:
    asked = ground.alice_asks().consultation
    desk = at_the_desk()

    desk.post(address("claim", asked))
    desk.post(address("write", asked), {"text": "Taip, priklauso.", "send": "1", "key": str(uuid4())})

    assert now(asked).consultant == bob()
    assert last_words(asked) == "Taip, priklauso."
    assert asked.first_reply_at is not None


def test_whoever_comes_second_is_told_who_was_first() -> None:
    taken = ground.taken_by_bob()

    answer = at_the_desk(staff("Ona", Role.CONSULTANT)).post(address("claim", taken))

    assert answer.status_code == 409
    assert "Already taken by Bob" in answer.content.decode()


def test_whoever_comes_second_reads_nothing_more_of_what_is_not_theirs() -> None:
    asked = ground.alice_asks("Mano paslaptis").consultation
    ona = at_the_desk(staff("Ona", Role.CONSULTANT, institution=ground.institution("rytas")))
    consultations.claim(asked, by=bob(ground.institution("vakaras")))

    answer = ona.post(address("claim", asked))

    assert answer.status_code == 404
    assert "no longer in your queue" in answer.content.decode()
    assert "paslaptis" not in answer.content.decode()


def test_whoever_lost_a_race_in_the_last_moment_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = ground.alice_asks("Mano paslaptis").consultation
    ona = at_the_desk(staff("Ona", Role.CONSULTANT, institution=ground.institution("rytas")))
    claim = consultations.claim

    def after_bob(consultation: Consultation, *, by: User) -> Consultation:
        claim(consultation, by=bob(ground.institution("vakaras")))
        return claim(consultation, by=by)

    monkeypatch.setattr(consultations, "claim", after_bob)

    answer = ona.post(address("claim", asked))

    assert answer.status_code == 404
    assert "paslaptis" not in answer.content.decode()


def test_words_for_a_conversation_that_went_to_somebody_else_are_not_lost_nor_is_it_shown() -> None:
    rytas = bob(ground.institution("rytas"))
    taken = consultations.claim(ground.alice_asks("Mano paslaptis").consultation, by=rytas)
    desk = at_the_desk(rytas)
    consultations.transfer(taken, by=rytas, to=staff("Ona", Role.CONSULTANT))

    answer = desk.post(address("write", taken), {"text": "Ilgas atsakymas", "send": "1", "key": str(uuid4())})

    assert answer.status_code == 404
    assert "Ilgas atsakymas" in answer.content.decode()
    assert "paslaptis" not in answer.content.decode()


def test_the_newest_words_of_a_very_long_conversation_are_seen() -> None:
    taken = ground.taken_by_bob()
    for number in range(PAGE):
        transcript.append(taken, kind=EventKind.NOTE, author=Author.CONSULTANT, by=bob(), body=Body(text=f"{number}"))
    ground.alice_writes(taken, "Ar dar girdite?")

    assert "Ar dar girdite?" in at_the_desk().get(address("log", taken)).content.decode()


def test_the_script_gets_only_what_is_new_and_all_of_it_after_a_removal() -> None:
    taken = ground.taken_by_bob()
    last = Consultation.objects.get(pk=taken.pk).staff_sequence
    sent = ground.alice_writes(taken, "Dar vienas klausimas")
    desk = at_the_desk()

    new = desk.get(address("log", taken), {"since": str(last)}).content.decode()
    assert "Dar vienas klausimas" in new
    assert "Ar man priklauso" not in new

    redact(taken, sent.event.staff_sequence, reason=RedactionReason.values[0], by=staff("Sofija", Role.SUPERVISOR))
    everything = desk.get(address("log", taken), {"since": str(sent.event.staff_sequence)}).content.decode()

    assert "Ar man priklauso" in everything
    assert "This message was removed." in everything
    assert "data-since" not in everything


@pytest.mark.parametrize("name", ["log", "knowledge_beside", "request"])
def test_a_part_alone_is_an_opening_too(name: str) -> None:
    taken = ground.taken_by_bob()
    at_the_desk().get(address(name, taken))

    assert AuditEntry.objects.filter(action="consultation.opened").count() == 1


def test_a_note_stays_among_colleagues() -> None:
    taken = ground.taken_by_bob()

    at_the_desk().post(address("write", taken), {"text": "Skambino vasarą.", "note": "1", "key": str(uuid4())})

    assert last_words(taken) == "Skambino vasarą."
    assert all("vasarą" not in event.text for event in transcript.since_for_resident(taken, 0))


def test_a_refused_text_stays_in_the_box() -> None:
    taken = ground.taken_by_bob()
    consultations.end_by_resident(taken)

    answer = at_the_desk().post(address("write", taken), {"text": "Ilgas atsakymas", "send": "1", "key": str(uuid4())})

    assert answer.status_code == 409
    assert "Ilgas atsakymas" in answer.content.decode()


def test_bob_sends_an_article_with_its_version() -> None:
    taken = ground.taken_by_bob()
    article("A-001")

    at_the_desk().post(address("send_article", taken), {"article": "A-001", "key": str(uuid4())})

    event = transcript.since_for_staff(taken, 0)[-1]
    assert (event.kind, event.article_code, event.data["title"]) == ("article", "A-001", "Kaip gauti kompensaciją?")


def test_bob_hands_over_to_ona() -> None:
    taken, ona = ground.taken_by_bob(), staff("Ona", Role.CONSULTANT)

    at_the_desk().post(address("hand_over", taken), {"to": f"user:{ona.pk}"})

    assert now(taken).consultant == ona


def test_bob_puts_it_back_into_the_queue() -> None:
    taken = ground.taken_by_bob()

    at_the_desk().post(address("hand_over", taken), {"to": "queue"})

    assert now(taken).state == State.WAITING


def test_three_answers_end_it() -> None:
    taken = ground.taken_by_bob()
    topic("bustas")

    at_the_desk().post(address("write", taken), answers(end="1"))

    assert now(taken).state == State.CLOSED
    assert taken.wrapup.outcome == Outcome.ANSWERED


def test_a_missing_answer_is_asked_for_and_the_others_are_kept() -> None:
    taken = ground.taken_by_bob()
    topic("bustas")

    page = at_the_desk().post(address("write", taken), answers(end="1", found="", outcome="referred"))

    assert page.status_code == 422
    assert 'value="referred" selected' in page.content.decode()
    assert now(taken).state == State.ACTIVE


def test_words_in_the_box_are_not_lost_by_finishing() -> None:
    taken = ground.taken_by_bob()
    topic("bustas")

    page = at_the_desk().post(address("write", taken), answers(end="1", text="Dar vienas sakinys"))

    assert "Dar vienas sakinys" in page.content.decode()
    assert now(taken).state == State.ACTIVE


def test_an_opening_is_in_the_audit_once() -> None:
    taken, desk = ground.taken_by_bob(), at_the_desk()
    desk.get(address("consultation", taken))
    desk.get(address("consultation", taken))

    assert AuditEntry.objects.filter(action="consultation.opened").count() == 1


@pytest.mark.parametrize("name", ["consultation", "log", "knowledge_beside", "request", "recorded"])
def test_a_conversation_out_of_reach_is_not_there(name: str) -> None:
    taken = ground.taken_by_bob()
    outsider = staff("Rasa", Role.CONSULTANT, institution=ground.institution("rytas"))

    assert at_the_desk(outsider).get(address(name, taken)).status_code == 404


def test_nothing_of_a_foreign_conversation_can_be_changed() -> None:
    taken = ground.taken_by_bob()
    outsider = at_the_desk(staff("Rasa", Role.CONSULTANT, institution=ground.institution("rytas")))
    before = access.all_events(taken).count()

    for name in ("claim", "write", "send_article", "hand_over", "rate"):
        assert outsider.post(address(name, taken), answers()).status_code == 404
    assert access.all_events(taken).count() == before
