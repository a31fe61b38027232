"""What answers come to: the same whatever their order, nothing before all is answered, rules above points."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from portal.instruments.reading import Unsound, read
from portal.instruments.scoring import Counted, asked, score
from tests.factories import instruments as make

CHECK, SITUATION = read(make.check()), read(make.situation())
BASES = {"VRP": Decimal(233), "BSI": Decimal(74)}
ANSWERS = some.fixed_dictionaries(
    {},
    optional={
        "washing": some.sampled_from([("alone",), ("help",), ("cannot",), ("unsure",), ("nonsense",), ()]),
        "eating": some.sampled_from([("alone",), ("help",), ("cannot",), ("alone", "help")]),
        "night": some.sampled_from([("yes",), ("no",)]),
        "unknown": some.just(("yes",)),
    },
)


@given(ANSWERS, some.randoms())
def test_the_order_of_the_answers_does_not_matter(answers: dict[str, tuple[str, ...]], chance: object) -> None:
    shuffled = list(answers.items())
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert score(CHECK, dict(shuffled), {}) == score(CHECK, answers, {})


@given(ANSWERS)
def test_there_is_exactly_one_group_once_everything_is_answered_and_none_before(
    answers: dict[str, tuple[str, ...]],
) -> None:
    found = score(CHECK, answers, {})
    assert len(found.found) == (0 if found.missing or found.unassessed else 1)
    assert found.points == sum(line.points for line in found.lines) <= found.most


@given(ANSWERS)
def test_what_is_not_asked_counts_nothing(answers: dict[str, tuple[str, ...]]) -> None:
    concerned = {question.code for question in asked(CHECK, answers, {})}
    for line in score(CHECK, answers, {}).lines:
        assert (line.counted == Counted.NOT_ASKED) is (line.question.code not in concerned)


@given(some.integers(0, 5000), some.integers(1, 9), some.integers(0, 9))
def test_the_limit_of_income_is_the_coefficient_times_the_base_for_each_person(
    income: int, people: int, children: int
) -> None:
    answers = {"income": (str(income),), "people": (str(people),), "children": (str(children),)}
    found = {one.outcome.code: one for one in score(SITUATION, answers, BASES).found}
    assert ("benefit" in found) is (Decimal(income) / people < Decimal("256.30"))
    if children:
        assert found["child-money"].worth[0].value == children * Decimal("129.50")


def test_the_points_give_the_group() -> None:
    found = score(CHECK, {"washing": ("cannot",), "eating": ("help",)}, {})
    assert (found.points, found.most, found.codes, found.rule) == (5, 6, ("group-2",), None)


def test_without_an_answer_there_is_no_group_and_it_says_which_one_is_missing() -> None:
    found = score(CHECK, {"washing": ("help",)}, {})
    assert found.codes == ()
    assert [question.code for question in found.missing] == ["eating"]


def test_who_cannot_tell_gets_no_group() -> None:
    found = score(CHECK, {"washing": ("unsure",), "eating": ("help",)}, {})
    assert found.codes == ()
    assert [question.code for question in found.unassessed] == ["washing"]


def test_a_rule_lifts_the_group_and_says_why() -> None:
    found = score(CHECK, {"washing": ("alone",), "eating": ("cannot",), "night": ("yes",)}, {})
    assert found.by_points is not None
    assert found.by_points.code == "group-1"
    assert found.codes == ("group-2",)
    assert found.rule is not None
    assert found.rule.because["en"] == "Nobody is there at night."


def test_a_rule_that_requires_never_lowers_and_one_that_overrides_does() -> None:
    document = make.check()
    document["rules"][0] |= {"outcome": "group-0"}
    answers = {"washing": ("cannot",), "eating": ("cannot",), "night": ("yes",)}
    assert score(read(document), answers, {}).codes == ("group-2",)
    document["rules"][0] |= {"deed": "override"}
    assert score(read(document), answers, {}).codes == ("group-0",)


def test_an_amount_that_nobody_knows_makes_no_promise() -> None:
    answers = {"income": ("100",), "people": ("1",), "children": ("2",)}
    benefit, children = score(SITUATION, answers, {}).found
    assert (benefit.is_sure, benefit.worth[0].value) == (False, None)
    assert (children.is_sure, children.worth[0].value) == (True, None)


@pytest.mark.parametrize("typed", ["", "many", "-1", "NaN", "Infinity", "1e99", "31"])
def test_what_is_no_sensible_number_is_no_answer(typed: str) -> None:
    found = score(SITUATION, {"income": ("1",), "people": (typed,), "children": ("1",)}, BASES)
    assert [question.code for question in found.missing] == ["people"]


@pytest.mark.parametrize(
    ("spoil", "mistake"),
    [
        (lambda document: document.update(title={}), "text"),
        (lambda document: document["outcomes"][0].update(high=1), "points 2"),
        (lambda document: document["rules"][0].update({"if": "night ~ yes"}), "condition"),
        (lambda document: document["rules"][0].update({"if": "night = perhaps"}), "unknown perhaps"),
        (lambda document: document["rules"][0].update(outcome="group-9"), "unknown group-9"),
        (lambda document: document["sections"][0]["questions"][0].update(show_if="night = yes"), "later night"),
        (lambda document: document["sections"][0]["questions"].append(make.check()["sections"][0]["questions"][0]),
         "twice washing"),
        (lambda document: document["sections"][0]["questions"][0].update(options=[]), "options"),
        (lambda document: document["sections"][0]["questions"][0].update(kind="guess"), "choice"),
        (lambda document: document.update(sections=[]), "empty"),
    ],
)  # fmt: skip
def test_a_document_that_cannot_be_scored_is_refused_with_what_is_wrong(spoil: object, mistake: str) -> None:
    document = make.check()
    spoil(document)  # type: ignore[operator]
    with pytest.raises(Unsound) as refusal:
        read(document)
    assert mistake in {what for _where, what in refusal.value.mistakes}
