"""A week is proposed so that everything fits where it can, and says where it can't."""

from hypothesis import given
from hypothesis import strategies as st

from portal.registry.plans.proposing import GAP, Need, Proposed, Wish, Worker, lay_out, propose

NINE = 9 * 60


def worker(post: int = 1, **changes: object) -> Worker:
    facts: dict[str, object] = {
        "post": post,
        "name": f"W{post}",
        "minutes_week": 2400,
        "begins": 8 * 60,
        "ends": 17 * 60,
        "weekdays": frozenset(range(5)),
        "districts": frozenset(),
        "languages": frozenset({"lt"}),
    }
    return Worker(**(facts | changes))  # type: ignore[arg-type]


def wish(**changes: object) -> Wish:
    facts: dict[str, object] = {"languages": ("lt",), "district": "", "worker": None, "days": (), "hour": None}
    return Wish(**(facts | changes))  # type: ignore[arg-type]


def words(made: Proposed) -> set[str]:
    return {word for word, _facts in made.reasons}


HELP = Need("help", 2, "week", 60)


def test_the_one_who_speaks_the_language_comes() -> None:
    made = propose([HELP], wish(languages=("uk",)), [worker(1), worker(2, languages=frozenset({"uk"}))])
    assert made.worker is not None
    assert made.worker.post == 2
    assert "speaks" in words(made)


def test_who_has_no_room_left_does_not_come_even_if_known() -> None:
    full = worker(1, minutes_week=60)
    made = propose([HELP], wish(worker=1), [full, worker(2)])
    assert made.worker is not None
    assert made.worker.post == 2


def test_the_usual_worker_keeps_coming_at_the_usual_hour() -> None:
    made = propose([HELP], wish(worker=1, hour=NINE, days=(1, 3)), [worker(1), worker(2)])
    assert made.starts == {1: NINE, 3: NINE}
    assert {"known_worker", "hour_as_wished", "days_as_wished"} <= words(made)


def test_the_same_part_of_town_is_preferred() -> None:
    made = propose([HELP], wish(district="Centras"), [worker(1), worker(2, districts=frozenset({"centras"}))])
    assert made.worker is not None
    assert made.worker.post == 2
    assert "same_part" in words(made)


def test_the_way_between_two_people_takes_time() -> None:
    busy = worker(1, busy={0: [(8 * 60, NINE)], 3: [(8 * 60, NINE)]})
    assert propose([HELP], wish(), [busy]).starts == {0: NINE + GAP, 3: NINE + GAP}


def test_without_one_free_hour_each_day_has_its_own() -> None:
    busy = worker(1, busy={0: [(8 * 60, 12 * 60)], 3: [(12 * 60, 17 * 60)]})
    made = propose([HELP], wish(), [busy])
    assert made.starts == {0: 12 * 60 + GAP, 3: 8 * 60} or "hour_by_day" in words(made)


def test_a_full_week_says_that_no_hour_is_free() -> None:
    full = worker(1, busy={day: [(8 * 60, 17 * 60)] for day in range(5)})
    assert {"hour_not_free", "no_room"} <= words(propose([HELP], wish(), [full]))


def test_a_department_of_nobody_gets_the_days_alone() -> None:
    made = propose([HELP], wish(), [])
    assert made.worker is None
    assert set(made.starts) == {0, 3}
    assert "nobody_to_ask" in words(made)


NEEDS = st.lists(
    st.builds(
        Need,
        service=st.sampled_from(["a", "b", "c"]),
        times=st.integers(1, 9),
        per=st.sampled_from(["day", "week", "month"]),
        minutes=st.integers(1, 60),
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda need: need.service,
)


@given(needs=NEEDS)
def test_no_minute_is_lost_and_none_is_added(needs: list[Need]) -> None:
    layout, _reasons = lay_out(needs)
    for need in needs:
        assert sum(services.get(need.service, 0) for services in layout.values()) == need.minutes_week


SPANS = st.dictionaries(
    st.integers(0, 4), st.lists(st.integers(480, 960).map(lambda at: (at, at + 45)), max_size=4), max_size=5
)


@given(needs=NEEDS, busy=SPANS)
def test_nobody_is_proposed_to_be_in_two_places(needs: list[Need], busy: dict[int, list[tuple[int, int]]]) -> None:
    made = propose(needs, wish(), [worker(1, busy=busy)])
    assert made.worker is not None
    if "hour_not_free" in words(made):
        return
    for day, services in made.layout.items():
        begins, ends = made.starts[day], made.starts[day] + sum(services.values())
        assert all(ends <= other[0] or begins >= other[1] for other in busy.get(day, []))
        assert made.worker.begins <= begins
        assert ends <= made.worker.ends
