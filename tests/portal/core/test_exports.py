"""Tables people take away cannot trick a spreadsheet."""

import io

import pytest
from openpyxl import load_workbook

from portal.core.exports import as_csv, as_xlsx, cell


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "＝1"])
def test_what_would_be_run_is_only_text(text: str) -> None:
    assert cell(text) == f"'{text}"


def test_numbers_stay_numbers_and_nothing_stays_empty() -> None:
    assert [cell(value) for value in (-0.5, None, True, False, "x")] == ["-0.5", "", "1", "0", "x"]


def test_the_table_has_a_header_and_its_mark() -> None:
    assert as_csv([{"a": 1, "b": "x,y"}], ["a", "b"]) == '\ufeffa,b\r\n1,"x,y"\r\n'


def test_a_workbook_has_numbers_and_text_and_no_formula() -> None:
    book = load_workbook(io.BytesIO(as_xlsx([{"a": 1.5, "b": "=1+1"}], ["a", "b"])))
    assert [[(one.value, one.data_type) for one in row] for row in book.worksheets[0].iter_rows()][1:] == [
        [(1.5, "n"), ("'=1+1", "s")]
    ]
