"""Charts in numbers: the target is held against figures only."""

from portal.core.charts import Value, bars

FEW = Value("Transportas", "too few answers", None)
MANY = Value("Pagalba į namus", "83 %", 0.83, interval=(0.77, 0.88))


def test_a_bar_without_a_figure_has_no_target_across_its_words() -> None:
    drawn = bars([MANY, FEW], target=0.85)

    assert drawn.target_marks.count("M") == 1


def test_without_any_figure_there_is_no_target_at_all() -> None:
    drawn = bars([FEW, FEW], target=0.85)

    assert (drawn.target, drawn.target_marks) == ("", "")
