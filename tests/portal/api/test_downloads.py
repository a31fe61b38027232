"""Everything to take away: whole, with sums that hold, never older than what was withdrawn."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.test import Client

from charter.models import Service
from kb.models import Article
from portal.api import changes, downloads
from portal.api.downloads import Made

NOON = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
pytestmark = pytest.mark.usefixtures("town", "shelf")


def archive() -> zipfile.ZipFile:
    answer = Client().get("/api/v1/downloads/parama.zip")
    assert answer.status_code == 200
    return zipfile.ZipFile(io.BytesIO(answer.content))


def made_at(moment: dt.datetime) -> Made:
    with time_machine.travel(moment, tick=False):
        return downloads.make()


def test_a_new_site_has_nothing_to_take_away_yet() -> None:
    for path in ("downloads", "downloads/parama.zip", "catalogue.ttl"):
        assert Client().get(f"/api/v1/{path}").status_code == 404


def test_the_archive_holds_what_the_lists_hold(made: Made) -> None:
    for kind, count in made.counts.items():
        lines = archive().read(f"{kind}.jsonl").decode().splitlines()
        first = Client().get(f"/api/v1/{kind}?limit=1").json()

        assert len(lines) == count == first["count"]
        assert all(item in map(json.loads, lines) for item in first["items"])


def test_sums_sizes_and_counts_hold(made: Made) -> None:
    answer = Client().get("/api/v1/downloads").json()
    packed = Client().get("/api/v1/downloads/parama.zip").content
    manifest = json.loads(archive().read("manifest.json"))

    assert answer["sha256"] == hashlib.sha256(packed).hexdigest()
    assert answer["bytes"] == len(packed)
    assert answer["counts"] == manifest["counts"]
    for file in manifest["files"]:
        assert hashlib.sha256(archive().read(file["name"])).hexdigest() == file["sha256"]


def test_a_table_has_a_column_a_language_and_the_same_entries(made: Made) -> None:
    rows = list(csv.DictReader(io.StringIO(archive().read("services.csv").decode("utf-8-sig"))))
    service = next(row for row in rows if row["code"] == "pasalpa")

    assert len(rows) == made.counts["services"]
    assert service["name_lt"] == "Socialinė pašalpa"
    assert service["commitments"]
    assert "sources" not in service


def test_the_archive_says_what_it_is_and_that_no_licence_was_set(made: Made) -> None:
    words = archive().read("README.txt").decode()

    assert "none was set" in words
    assert "made up for demonstration" in words


def test_no_word_for_consultants_and_no_draft_is_in_it() -> None:
    article = Article.objects.get(code="A-001")
    article.internal_note = "Tik konsultantams"
    article.phone_form = "Sakoma telefonu"
    article.save()
    Article.objects.get(code="A-002").unpublish()
    downloads.make()
    whole = b"".join(archive().read(name) for name in archive().namelist())

    assert b"Tik konsultantams" not in whole
    assert b"Sakoma telefonu" not in whole
    assert b'"A-002"' not in archive().read("articles.jsonl")


def test_files_are_made_every_night_an_hour_after_a_change_and_at_once_after_a_withdrawal() -> None:
    made = made_at(NOON)
    minutes = dt.timedelta(minutes=1)
    assert not downloads.due(made, NOON + 5 * minutes)
    assert downloads.due(made, NOON + 12 * 60 * minutes)

    Service.objects.filter(code="pasalpa").update(summary_lt="Kitaip.")
    with time_machine.travel(NOON + 5 * minutes):
        changes.note()
    assert not downloads.due(made, NOON + 10 * minutes)
    assert downloads.due(made, NOON + 60 * minutes)

    Service.objects.filter(code="pasalpa").update(live=False)
    with time_machine.travel(NOON + 11 * minutes):
        changes.note()
    assert downloads.due(made, NOON + 12 * minutes)


def test_the_round_makes_only_what_is_due() -> None:
    assert downloads.make_when_due()
    assert not downloads.make_when_due()


def test_whoever_reads_the_old_files_may_finish_and_older_ones_go(shelf: Path) -> None:
    made_at(NOON)
    before = (shelf / "current").resolve()
    made_at(NOON + dt.timedelta(hours=1))
    assert (before / "parama.zip").exists()

    made_at(NOON + dt.timedelta(hours=2))
    assert not before.exists()
    assert len([place for place in shelf.iterdir() if not place.is_symlink()]) == 2


def test_a_making_that_fails_leaves_the_one_before(monkeypatch: pytest.MonkeyPatch) -> None:
    before = made_at(NOON)

    def broken(*_: Any) -> dict[str, bytes]:
        raise OSError("disk full")

    monkeypatch.setattr(downloads, "_of_data", broken)
    with pytest.raises(OSError, match="disk full"):
        downloads.make()

    assert downloads.newest() == before


def test_whoever_has_the_archive_already_is_told_so(made: Made) -> None:
    first = Client().get("/api/v1/downloads/parama.zip")
    again = Client().get("/api/v1/downloads/parama.zip", headers={"If-None-Match": first["ETag"]})

    assert again.status_code == 304


def test_readers_of_feeds_see_what_is_new_and_what_was_withdrawn() -> None:
    changes.note()
    Article.objects.get(code="A-001").unpublish()
    with time_machine.travel(dt.datetime.now(dt.UTC) + dt.timedelta(minutes=1)):
        changes.note()
    answer = Client().get("/api/v1/changes.atom")

    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert "articles: A-001 (withdrawn)" in answer.content.decode()
