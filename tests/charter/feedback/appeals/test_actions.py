"""Appeals keep their term, count once, are answered by two pairs of eyes where it matters, and may come back once."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from charter.feedback.appeals import access, actions, erasing, handling, selectors
from charter.feedback.appeals.errors import Closed, NotYours, Unfit
from charter.feedback.models import Appeal, AppealState, Deed
from charter.models import Holiday, Role
from portal.core import receipts, uploads
from portal.core.models import AuditEntry
from tests.factories.appeals import appeal, promised, sent, told
from tests.factories.charter import institution, service
from tests.people import mona, staff

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
WEDNESDAY = dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC)
PDF = b"%PDF-1.4 paper"


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(WEDNESDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture(autouse=True)
def _frozen(clock: time_machine.Traveller) -> None:
    """Every test begins on Wednesday, 25 November 2026."""


def fresh(of: Appeal) -> Appeal:
    return access.everything().get(pk=of.pk)


def test_an_answer_is_promised_in_working_days_holidays_left_out() -> None:
    promised(days=3)
    Holiday.objects.create(date=dt.date(2026, 11, 27), name_lt="Šventė")
    assert appeal().due_on == dt.date(2026, 12, 1)  # Thursday, (Friday is a holiday,) Monday, Tuesday


def test_thanks_need_no_answer_and_an_unpromised_kind_has_no_term() -> None:
    promised()
    assert appeal(kind="thanks").due_on is None
    assert appeal(kind="question").due_on is None


def test_it_goes_to_whoever_gives_the_service() -> None:
    place = institution()
    assert appeal(service=service(provider=place)).institution == place


def test_the_same_form_sent_twice_is_one_appeal_with_one_receipt() -> None:
    key = str(uuid.uuid4())
    first, second = sent(key), sent(key)
    assert first == second
    assert access.everything().count() == 1
    assert receipts.fits(first.secret, access.everything().get().secret_digest)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"kind": "rant"}, "kind"),
        ({"text": "  "}, "text"),
        ({"happened_on": dt.date(2026, 12, 1)}, "happened_on"),
        ({"received_on": dt.date(2026, 12, 1)}, "received_on"),
    ],
)
def test_what_cannot_be_is_refused(fields: dict[str, object], field: str) -> None:
    with pytest.raises(Unfit) as no:
        actions.send(told(**fields), key="k", by="resident")
    assert no.value.field == field
    assert not access.everything().exists()


def test_a_letter_counts_from_the_day_it_came() -> None:
    promised(days=3)
    assert appeal(received_on=dt.date(2026, 11, 20)).due_on == dt.date(2026, 11, 25)


def test_the_clock_stands_while_we_wait_for_the_resident(clock: time_machine.Traveller) -> None:
    promised(days=3)
    one = appeal(institution=institution())
    assert one.due_on == dt.date(2026, 11, 30)
    handling.ask(one, "Which day was it?", by=mona())
    clock.move_to(WEDNESDAY + dt.timedelta(days=7))
    assert not selectors.is_late(fresh(one))

    actions.add(fresh(one), "Tuesday")

    assert (fresh(one).state, fresh(one).due_on) == (AppealState.WORKING, dt.date(2026, 12, 7))
    assert selectors.resident_page(fresh(one)).passed == 0


def test_a_term_is_extended_once_with_a_reason() -> None:
    promised(days=3)
    one = appeal()
    with pytest.raises(Unfit):
        handling.extend(one, 5, " ", by=mona())
    with pytest.raises(Unfit):
        handling.extend(one, 0, "Waiting for the doctor", by=mona())
    handling.extend(one, 5, "Waiting for the doctor", by=mona())
    assert fresh(one).due_on == dt.date(2026, 12, 7)
    with pytest.raises(Closed):
        handling.extend(one, 5, "Again", by=mona())


def test_what_is_late_already_is_not_extended(clock: time_machine.Traveller) -> None:
    promised(days=1)
    one = appeal()
    clock.move_to(WEDNESDAY + dt.timedelta(days=5))
    with pytest.raises(Closed):
        handling.extend(one, 5, "Too late", by=mona())


def test_forwarding_inside_the_city_keeps_the_clock() -> None:
    promised(days=3)
    one, place = appeal(), institution("rytas")
    due = one.due_on
    handling.route(one, place, by=mona(), text="Yours, I think")
    assert (fresh(one).institution, fresh(one).due_on) == (place, due)


def test_an_answer_goes_out_at_once_and_a_refusal_after_a_second_pair_of_eyes() -> None:
    plain, hard = appeal(), appeal()
    handling.answer(plain, "upheld", "We are sorry.", by=mona())
    handling.answer(hard, "refused", "The law does not allow it.", by=mona())
    assert (fresh(plain).state, fresh(hard).state) == (AppealState.ANSWERED, AppealState.RECEIVED)
    assert selectors.resident_page(fresh(hard)).answers == []

    with pytest.raises(NotYours):
        handling.confirm(hard, by=mona())
    handling.confirm(hard, by=staff("Otto", Role.MANAGER))

    assert fresh(hard).state == AppealState.ANSWERED
    assert [one.text for one in selectors.resident_page(fresh(hard)).answers] == ["The law does not allow it."]


def test_a_returned_answer_is_written_anew() -> None:
    one, otto = appeal(), staff("Otto", Role.MANAGER)
    handling.answer(one, "refused", "No.", by=mona())
    with pytest.raises(Closed):
        handling.answer(one, "refused", "No, really.", by=mona())
    handling.return_answer(one, "Say why, and where one can turn", by=otto)
    handling.answer(one, "explained", "This is why.", by=mona())
    assert [one.text for one in selectors.resident_page(fresh(one)).answers] == ["This is why."]
    assert len(selectors.staff_page(fresh(one)).answers) == 2


def test_a_colleague_of_another_institution_does_not_check() -> None:
    one = appeal(institution=institution("rytas"))
    handling.answer(one, "refused", "No.", by=mona())
    with pytest.raises(NotYours):
        handling.confirm(one, by=staff("Vida", Role.MANAGER, institution=institution("dane")))


def test_a_low_rating_reopens_it_once_on_the_next_level_with_a_term_of_its_own(clock: time_machine.Traveller) -> None:
    promised(days=3)
    one = appeal()
    handling.answer(one, "explained", "So it is.", by=mona())
    clock.move_to(WEDNESDAY + dt.timedelta(days=5))

    assert actions.rate(fresh(one), 1, "Nobody read it")

    again = fresh(one)
    assert (again.state, again.level, again.due_on) == (AppealState.RECEIVED, 2, dt.date(2026, 12, 3))
    handling.answer(again, "partly", "You were right.", by=mona())
    assert not actions.rate(fresh(one), 1)
    assert fresh(one).state == AppealState.ANSWERED


def test_a_good_rating_reopens_nothing_and_an_answer_is_rated_once() -> None:
    one = appeal()
    with pytest.raises(Closed):
        actions.rate(one, 5)
    handling.answer(one, "upheld", "Sorry.", by=mona())
    assert not actions.rate(one, 4)
    with pytest.raises(Closed):
        actions.rate(one, 1)


def test_what_was_reopened_is_the_leaders_to_answer() -> None:
    place = institution()
    worker = staff("Wanda", Role.CASE_WORKER, institution=place)
    one = appeal(institution=place)
    assert list(access.for_staff(worker)) == [one]
    handling.answer(one, "explained", "So it is.", by=worker)
    actions.rate(fresh(one), 1)
    assert list(access.for_staff(worker)) == []
    assert list(access.for_staff(staff("Vida", Role.SUPERVISOR, institution=place))) == [one]


def test_nobody_reads_another_institutions_appeals_and_consultants_read_none() -> None:
    here, there = institution("kspc"), institution("rytas")
    mine, theirs, nobodys = appeal(institution=here), appeal(institution=there), appeal()
    assert list(access.for_staff(staff("Wanda", Role.CASE_WORKER, institution=here))) == [mine]
    assert set(access.for_staff(mona())) == {mine, theirs, nobodys}
    assert list(access.for_staff(staff("Bob", Role.CONSULTANT))) == []


def test_what_is_closed_stays_as_it_is() -> None:
    one = appeal()
    actions.withdraw(one)
    for do in (
        lambda: handling.take(one, by=mona()),
        lambda: handling.answer(one, "upheld", "x", by=mona()),
        lambda: handling.pass_on(one, "The ministry", by=mona()),
        lambda: actions.add(one, "more"),
        lambda: actions.withdraw(one),
    ):
        with pytest.raises(Closed):
            do()


def test_passing_on_names_the_body() -> None:
    one = appeal()
    with pytest.raises(Unfit):
        handling.pass_on(one, " ", by=mona())
    handling.pass_on(one, "The State Labour Inspectorate", by=mona())
    assert (fresh(one).state, fresh(one).passed_to) == (AppealState.PASSED_ON, "The State Labour Inspectorate")


def test_residents_never_see_notes_of_staff() -> None:
    one = appeal()
    handling.write_note(one, "He calls often", by=mona())
    deeds = {event.deed for event in selectors.resident_page(one).events}
    assert Deed.NOTED not in deeds
    assert Deed.NOTED in {event.deed for event in selectors.staff_page(one).events}


def test_like_appeals_are_found_and_put_together() -> None:
    first = appeal(text="The worker did not come on Tuesday morning")
    second = appeal(text="On Tuesday the worker never came in the morning")
    appeal(text="The heating bill is wrong")
    assert selectors.alike(first, mona()) == [second]
    handling.group(second, first, by=mona())
    assert selectors.alike(first, mona()) == []
    assert selectors.beside(first, mona()) == [second]
    with pytest.raises(Unfit):
        handling.group(fresh(first), fresh(second), by=mona())


def test_every_change_of_state_is_audited() -> None:
    one = appeal()
    handling.take(one, by=mona())
    handling.answer(one, "upheld", "Sorry.", by=mona())
    actions.rate(one, 1)
    assert list(AuditEntry.objects.order_by("pk").values_list("action", flat=True)) == [
        "appeal.received",
        "appeal.taken",
        "appeal.answer_written",
        "appeal.answered",
        "appeal.rated",
    ]


def test_erasing_leaves_the_count_and_nothing_of_the_person(
    django_capture_on_commit_callbacks: object,
) -> None:
    paper = SimpleUploadedFile("paper.pdf", PDF)
    receipt = actions.send(told(name="Alice", contact="alice@example.com"), key="k", by="resident", files=[paper])
    one = access.everything().get(reference=receipt.reference)
    kept = one.files.get().kept
    assert (uploads.folder() / kept).exists()
    handling.answer(one, "upheld", "Dear Alice", by=mona())

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert erasing.erase(one)

    one = fresh(one)
    assert (one.text, one.name, one.contact) == ("", "", "")
    assert not one.answers.exclude(text="").exists()
    assert not one.events.exclude(text="").exists()
    assert not (uploads.folder() / kept).exists()
    assert not erasing.erase(one)
