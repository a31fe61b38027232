"""A survey goes from one town to the next, is changed there and comes back; nobody's own survey is changed silently."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command

from charter.feedback.models import Survey, SurveyState
from charter.feedback.surveys import building, patterns
from charter.feedback.surveys.definition import Standing
from charter.feedback.surveys.languages import standings
from portal.core import clock
from portal.demo.exporting.pack import export
from portal.demo.surveys import public_id
from tests.factories import charter as city
from tests.people import carol

pytestmark = pytest.mark.django_db
FILE = "survey_forms.yaml"


def run(*words: str) -> str:
    out = io.StringIO()
    call_command("pack", *words, stdout=out, stderr=io.StringIO())
    return out.getvalue()


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A pack with one survey, as a town's portal writes it; nobody here has the survey."""
    city.institution()
    city.municipality()
    city.standard()
    building.begin("five_faces", institution=None, by=carol())
    building.begin(patterns.EMPTY, institution=None, by=carol())  # nothing to give away yet
    export(tmp_path / "town")
    Survey.objects.all().delete()
    return tmp_path / "town"


def edit(town: Path, **changed: Any) -> None:
    data = yaml.safe_load((town / FILE).read_text("utf-8"))
    data[0] |= changed
    (town / FILE).write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")


def test_a_survey_comes_in_as_a_draft_in_its_languages(town: Path) -> None:
    assert "new      survey:" in run("diff", str(town))
    assert not Survey.objects.exists()

    run("import", str(town), "--only", "survey")

    survey = Survey.objects.get()
    assert (survey.state, survey.by, survey.opens_on) == (SurveyState.DRAFT, None, None)
    assert survey.document == patterns.document_of("five_faces")
    assert standings(survey) | {"lt": Standing.CURRENT} == dict.fromkeys(standings(survey), Standing.CURRENT)
    assert run("diff", str(town), "--only", "survey").strip() == "1 same"


def test_what_they_changed_is_listed_and_brought_in(town: Path) -> None:
    run("import", str(town), "--only", "survey")
    edit(town, goal=300)

    assert "changed  survey:" in run("diff", str(town))
    run("import", str(town), "--only", "survey")

    assert Survey.objects.get().goal == 300


def test_a_survey_somebody_here_has_worked_on_stays_unless_taken_by_name(town: Path) -> None:
    run("import", str(town), "--only", "survey")
    survey = Survey.objects.get()
    building.write(survey, survey.document | {"lead": {"lt": "Mūsų žodžiai."}}, by=carol())

    said = run("import", str(town), "--only", "survey")
    assert "conflict survey:" in said
    assert "stays as it is" in said
    assert Survey.objects.get().document["lead"] == {"lt": "Mūsų žodžiai."}

    run("import", str(town), "--only", "survey", "--take", f"survey:{survey.public_id}")
    assert "ru" in Survey.objects.get().document["lead"]


@pytest.mark.parametrize("state", [SurveyState.OPEN, SurveyState.CLOSED])
def test_a_survey_that_residents_answer_is_never_changed(town: Path, state: SurveyState) -> None:
    run("import", str(town), "--only", "survey")
    code = Survey.objects.get().public_id
    Survey.objects.update(state=state, opens_on=clock.today(), closes_on=clock.today())
    edit(town, goal=300)

    said = run("import", str(town), "--only", "survey", "--take", f"survey:{code}")

    assert "stays as it is" in said
    assert Survey.objects.get().goal is None


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"sections": [{"code": "s", "questions": [{"code": "q", "kind": "song"}]}]}, "is no survey’s"),
        ({"sections": []}, "no question"),
        ({"title": {"lt": ["?"]}}, "one text a language"),
        ({"written_in": "de"}, "none of the four languages"),
        ({"one_in": "two"}, "should be int"),
        ({"audience": "friends"}, "audience"),
        ({"service": "nowhere"}, "no service “nowhere”"),
        ({"song": 1}, "not known"),
    ],
)
def test_what_is_no_survey_is_refused_with_its_file_and_nothing_is_loaded(
    town: Path, changed: dict[str, Any], said: str
) -> None:
    edit(town, **changed)
    with pytest.raises(CommandError, match=said) as no:
        run("import", str(town))
    assert FILE in str(no.value)
    assert not Survey.objects.exists()


def test_a_code_written_by_hand_is_the_same_survey_everywhere() -> None:
    assert public_id("po-paslaugos") == public_id("po-paslaugos")
    assert len(public_id("po-paslaugos")) == 22
    assert public_id("x" * 22) == "x" * 22
