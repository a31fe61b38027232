"""One town hands a finished improvement to another: all of it comes in as drafts, and conflicts are shown."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
import yaml
from django.core.management import CommandError, call_command
from django.test import Client

from charter.feedback.models import Improvement, ImprovementGoal, Survey, SurveyState
from charter.models import Commitment, ServiceStandard
from kb.models import Article
from tests.factories import surveys
from tests.factories.answers import article
from tests.factories.charter import commitment, measured, municipality, standard, translated

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
SPRING, SUMMER = dt.date(2026, 4, 1), dt.date(2026, 7, 1)


@pytest.fixture(autouse=True)
def _frozen() -> Iterator[None]:
    with time_machine.travel(dt.datetime(2026, 11, 25, 9, tzinfo=dt.UTC), tick=False):
        yield


def whole(**texts: str) -> dict[str, str]:
    """Texts in all four languages."""
    return {
        f"{name}_{code}": f"{text}{'-' if name == 'slug' else ' '}{code}"
        for name, text in texts.items()
        for code in ("lt", "ru", "en", "uk")
    }


def a_town_with_a_practice() -> Improvement:
    municipality(name_lt="Klaipėda")
    promise = translated(
        standard(
            "S01",
            commitment=translated(commitment("C01", **whole(text="We answer"))),
            **whole(name="Answering", method="Counted", sentence="{value}"),
        ),
    )
    measured(promise, 30, 60, period_start=SPRING)
    measured(promise, 57, 60, period_start=SUMMER)
    article(
        "A-009", **whole(title="How long?", short_answer="Not long", slug="how-long", body="<p>{{standard:S01}}</p>")
    )
    document = surveys.document()
    document["sections"][0]["questions"][0]["standard"] = "S01"
    surveys.survey(document=document, state=SurveyState.CLOSED)
    found = translated(
        Improvement(
            code="I-7",
            origin="standard",
            stage="finished",
            finished_on=dt.date(2026, 9, 1),
            proposed_on=SPRING,
            standard=promise,
            **whole(
                title="Two phones",
                problem="<p>One phone</p>",
                change="<p>Two</p>",
                lesson="<p>Listen</p>",
                slug="two-phones",
            ),
        )
    )
    ImprovementGoal.objects.create(
        improvement=found,
        standard=promise,
        before_quarter=SPRING,
        after_quarter=SUMMER,
        **whole(name="In time", unit="%"),
    )
    return found


def said(*arguments: str, **options: Any) -> str:
    out = io.StringIO()
    call_command("pack", *arguments, stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def handed_on(tmp_path: Path, client: Client) -> Path:
    """Taken from the public page and unpacked elsewhere; what it was made from is gone."""
    improvement = a_town_with_a_practice()
    page = client.get(f"/en/changes/{improvement.slug_en}/").content.decode()
    address = next(part.split('"')[0] for part in page.split('href="') if "practices/" in part.split('"')[0])
    answer = client.get(address)
    assert answer["Content-Type"] == "application/zip"
    zipfile.ZipFile(io.BytesIO(answer.content)).extractall(tmp_path)
    for rows in (Improvement, Survey, Article, ServiceStandard, Commitment):
        rows._default_manager.all().delete()
    return tmp_path / improvement.code


def test_another_town_gets_everything_as_drafts_and_the_improvement_on_its_board(handed_on: Path) -> None:
    assert "5 new" in said("diff", str(handed_on))
    said("import", str(handed_on))
    promise = ServiceStandard.objects.get(code="S01")
    assert (promise.live, promise.commitment.charter.live, promise.commitment.text_en) == (False, False, "We answer en")  # type: ignore[attr-defined]
    assert promise.valid_from == dt.date(2026, 11, 25)
    assert not Article.objects.get(code="A-009").live
    survey = Survey.objects.get()
    assert (survey.state, survey.standard) == (SurveyState.DRAFT, None)
    found = Improvement.objects.get()
    assert (found.stage, found.taken_from, found.live) == ("proposed", "Klaipėda", False)
    assert "In time en: 50&nbsp;% → 95&nbsp;%" in found.lesson_en
    assert found.goals.get().standard == promise


def test_bringing_it_in_again_changes_nothing(handed_on: Path) -> None:
    said("import", str(handed_on))
    said("import", str(handed_on))
    assert (Improvement.objects.count(), Survey.objects.count(), Article.objects.count()) == (1, 1, 1)


def test_what_stands_here_under_the_same_code_is_a_conflict_and_stays(handed_on: Path) -> None:
    ours = standard("S01", commitment=commitment("C01", text_lt="Kitkas", text_en="Something else"))
    shown = said("diff", str(handed_on))
    assert "conflict commitment:C01" in shown
    said("import", str(handed_on))
    ours.commitment.refresh_from_db()
    assert ours.commitment.text_en == "Something else"  # type: ignore[attr-defined]
    assert Improvement.objects.get().standard is None  # S01 means something else here


def test_what_is_taken_by_name_waits_as_a_draft_beside_what_is_published(handed_on: Path) -> None:
    ours = standard("S01", commitment=commitment("C01", text_lt="Kitkas", text_en="Something else"))
    said("import", str(handed_on), take=["commitment:C01", "servicestandard:S01"])
    ours.refresh_from_db()
    assert (ours.live, ours.name_en) == (True, "Decision")
    assert ours.get_latest_revision_as_object().name_en == "Answering en"
    theirs = Commitment.objects.exclude(pk=ours.commitment.pk).get()
    assert (theirs.code, theirs.charter.live, theirs.text_en) == ("C01", False, "We answer en")  # type: ignore[attr-defined]


def test_a_dry_run_writes_nothing(handed_on: Path) -> None:
    said("import", str(handed_on), dry_run=True)
    assert not Improvement.objects.exists()
    assert not Commitment.objects.exists()


def test_residents_see_nothing_of_it_before_somebody_publishes(handed_on: Path, client: Client) -> None:
    said("import", str(handed_on))
    for path in ("/en/promises/", "/en/promises/results/", "/en/changes/"):
        page = client.get(path).content.decode()
        assert "We answer en" not in page
        assert "Two phones en" not in page


@pytest.mark.parametrize(
    ("file", "old", "new", "wrong"),
    [
        ("practice.yaml", "origin: standard", "origin: magic", "origin"),
        ("practice.yaml", "code: I-7", "code: I-7\nsecret: 1", "not known"),
        ("surveys.yaml", "kind: faces", "kind: mind", "no survey"),
        ("surveys.yaml", "code: how", "code: HOW EVER", "is no code"),
        ("commitments.yaml", "kind: share", "kind: charm", "kind"),
        ("commitments.yaml", "target: 0.9", "target: 9", "nuo 0 iki 1"),
    ],
)
def test_a_file_that_was_tampered_with_is_refused_with_its_place(
    handed_on: Path, file: str, old: str, new: str, wrong: str
) -> None:
    path = handed_on / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(CommandError, match=wrong) as refused:
        said("import", str(handed_on))
    assert file in str(refused.value)
    assert not Improvement.objects.exists()


def test_only_what_is_finished_and_told_is_handed_on(client: Client, tmp_path: Path) -> None:
    found = a_town_with_a_practice()
    Improvement.objects.update(stage="checking")
    assert client.get(f"/en/changes/practices/{found.code}.zip").status_code == 404
    with pytest.raises(CommandError, match="no finished and published improvement"):
        said("practice", found.code, str(tmp_path / "out"))
    Improvement.objects.update(stage="finished")
    assert "files in" in said("practice", found.code, str(tmp_path / "out"))
    with pytest.raises(CommandError, match="not empty"):
        said("practice", found.code, str(tmp_path / "out"))
    assert "secret" not in str(yaml.safe_load((tmp_path / "out" / "practice.yaml").read_text("utf-8")))
