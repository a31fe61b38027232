"""The nightly round of erasing: one table that fails keeps no other from being cleaned."""

from __future__ import annotations

import datetime as dt

import pytest

from portal.core import retention
from portal.core.retention import PUBLIC_TASK, Row


def test_one_table_that_fails_keeps_no_other_waiting(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(before: dt.datetime) -> int:
        raise RuntimeError("the words of somebody")

    rows = {"a.broken": Row(PUBLIC_TASK, 30, broken), "b.whole": Row(PUBLIC_TASK, 30, lambda before: 7)}
    monkeypatch.setattr(retention, "rows", lambda: rows)

    caplog.set_level("INFO", logger="portal.core.retention")
    with pytest.raises(retention.NotErased, match=r"a\.broken"):
        retention.forget_what_is_due()

    assert "b.whole: 7" in caplog.text
