"""Papers about many people at once go after a year, with their files."""

import datetime as dt

import pytest
import time_machine

from portal.core import clock, retention, uploads
from portal.registry.models import LetterRun, Post

pytestmark = pytest.mark.django_db


def test_the_letters_of_a_month_go_after_a_year(hanna: Post) -> None:
    path = uploads.folder() / "00000000000000000000000000000001.docx"
    path.write_bytes(b"letters")
    run = LetterRun(first=dt.date(2026, 11, 1), letters=1, kept_name=path.name, made_by=hanna.user, made_at=clock.now())
    run.set_data([{"person": "Alice"}])
    run.save()
    assert retention.forget_what_is_due()["registry.letterrun"] == 0
    with time_machine.travel(clock.now() + dt.timedelta(days=366)):
        erased = retention.forget_what_is_due()
    assert erased["registry.letterrun"] == 1
    assert not path.exists()
