"""Tables people take away cannot trick a spreadsheet."""

import pytest

from portal.core.exports import as_csv, cell


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "＝1"])
def test_what_would_be_run_is_only_text(text: str) -> None:
    assert cell(text) == f"'{text}"


def test_numbers_stay_numbers_and_nothing_stays_empty() -> None:
    assert [cell(value) for value in (-0.5, None, True, False, "x")] == ["-0.5", "", "1", "0", "x"]


def test_the_table_has_a_header_and_its_mark() -> None:
    assert as_csv([{"a": 1, "b": "x,y"}], ["a", "b"]) == '\ufeffa,b\r\n1,"x,y"\r\n'
