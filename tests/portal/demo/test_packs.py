"""One town's practice as files: out, in again, compared, brought into another town – nothing overwritten silently."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command
from wagtail.models import ModelLogEntry

from kb.models import Article, Citation, Fact, LegalAct, Topic
from portal.demo import pack as packs
from portal.demo.exporting.pack import export
from portal.demo.reading import Pack, PackError
from portal.demo.records import Record
from tests.factories import charter as city
from tests.factories.answers import article
from tests.people import carol

pytestmark = pytest.mark.django_db
LEFT_BEHIND = {"untranslated"}


def run(*words: str, **options: Any) -> str:
    out = io.StringIO()
    call_command("pack", *words, stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue()


def plain(record: Record) -> tuple[Any, ...]:
    """An entry without the place where it stands."""
    children = {name: [plain(one) for one in rows] for name, rows in record.children.items()}
    many = {name: sorted(codes) for name, codes in record.many.items()}
    return record.model, dict(record.key), dict(record.within), record.columns(), dict(record.one), many, children


def by_name(records: list[Record]) -> dict[str, tuple[Any, ...]]:
    return {f"{record.model.__name__} {record.within} {record.key}": plain(record) for record in records}


def test_what_goes_out_says_the_same_as_what_came_in(tmp_path: Path) -> None:
    call_command("load_content_pack", "klaipeda", verbosity=0, without_history=True)
    answer = Article.objects.order_by("code")[0]
    answer.citations.add(Citation(act=LegalAct.objects.create(code="xiii", title_lt="Įstatymas"), part="5 str."))
    answer.save()

    count = export(tmp_path / "town")

    assert count > 100
    theirs, ours = Pack(packs.PACKS / "klaipeda"), Pack(tmp_path / "town")
    before, after = by_name(packs.read(theirs)), by_name(packs.read(ours))
    added = {name for name in after if name not in before}
    assert added == {"LegalAct {} {'code': 'xiii'}"}
    assert not set(before) - set(after)
    changed = [name for name in before if before[name] != after[name]]
    assert changed == [f"Article {{}} {{'code': '{answer.code}'}}"]
    assert packs.mistakes(packs.read(ours), ours) == []
    assert run("diff", str(tmp_path / "town")).strip().endswith("same")
    assert "new" not in run("diff", str(tmp_path / "town"))


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """A small town's pack, as another town gives it."""
    centre = city.institution(does_lt="<p>Padeda.</p>")
    centre.declare_translated("en")
    centre.save()
    city.municipality()
    city.standard()
    topic = Topic(code="bustas", name_lt="Būstas", slug_lt="bustas", description_lt="Apie būstą")
    topic.save()
    Fact.objects.create(code="eile", value_lt="iki 30 dienų", value_en="up to 30 days")
    one = article(body_lt="<p>{{fact:eile}}</p>", body_en="<p>{{fact:eile}}</p>")
    one.topics.set([topic])
    one.save()
    export(tmp_path / "town")
    return tmp_path / "town"


def edit(town: Path, name: str, change: Callable[[Any], None]) -> None:
    data = yaml.safe_load((town / name).read_text("utf-8"))
    change(data)
    (town / name).write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")


def retitle(data: Any) -> None:
    data["title"]["lt"] = "Kitaip?"


def test_what_is_not_translated_here_says_so_in_the_file(town: Path) -> None:
    assert yaml.safe_load((town / "articles/A-001.yaml").read_text("utf-8"))["untranslated"] == ["ru", "uk"]


def test_a_changed_answer_is_listed_and_brought_in(town: Path) -> None:
    edit(town, "articles/A-001.yaml", retitle)
    assert "changed  article:A-001 (title_lt" in run("diff", str(town))
    assert Article.objects.get().title_lt == "Kaip gauti kompensaciją?"
    run("import", str(town), "--only", "article")
    assert Article.objects.get().title_lt == "Kitaip?"


def test_a_dry_run_writes_nothing(town: Path) -> None:
    edit(town, "articles/A-001.yaml", retitle)
    assert "changed" in run("import", str(town), "--dry-run")
    assert Article.objects.get().title_lt == "Kaip gauti kompensaciją?"


def test_what_people_edited_here_is_a_conflict_and_stays_unless_taken_by_name(town: Path) -> None:
    ModelLogEntry.objects.log_action(Article.objects.get(), "wagtail.edit", user=carol())
    edit(town, "articles/A-001.yaml", retitle)
    said = run("import", str(town), "--only", "article")
    assert "conflict article:A-001" in said
    assert "stays as it is" in said
    assert Article.objects.get().title_lt == "Kaip gauti kompensaciją?"
    run("import", str(town), "--only", "article", "--take", "article:A-001")
    assert Article.objects.get().title_lt == "Kitaip?"


def test_a_part_of_a_pack_needs_what_it_points_at(town: Path) -> None:
    Topic.objects.all().delete()
    with pytest.raises(CommandError, match="no topic “bustas” here"):
        run("import", str(town), "--only", "article")
    assert not Article.objects.get().topics.exists()
    run("import", str(town), "--only", "article", "topic")
    assert [topic.code for topic in Article.objects.get().topics.all()] == ["bustas"]


def test_an_unknown_kind_is_refused(town: Path) -> None:
    with pytest.raises(CommandError, match="no “song” in the pack"):
        run("import", str(town), "--only", "song")


def test_nothing_is_written_over_what_lies_in_the_folder(town: Path) -> None:
    with pytest.raises(CommandError, match="not empty"):
        run("export", str(town))


def test_an_export_that_breaks_leaves_no_half_pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    article()
    monkeypatch.setattr("portal.demo.exporting.entries.quick_reply_list", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        export(tmp_path / "town")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("code: A-001\ntitle: &x {lt: a}\nslug: *x\n", "references"),
        ("code: A-001\n\ttitle: x\n", "A-001.yaml, line 2"),
        ("!!python/object/apply:os.system [ls]\n", "A-001.yaml"),
        ("[" * 5000, "A-001.yaml"),
        ("code: A-001\nfact: 1\n", "line 2"),
        ("\x00", "A-001.yaml"),
    ],
)
def test_a_broken_or_hostile_file_is_refused_with_its_place_and_nothing_is_loaded(
    town: Path, text: str, said: str
) -> None:
    (town / "articles/A-001.yaml").write_text(text)
    edit(town, "topics.yaml", lambda data: data[0]["name"].update(lt="Kitas"))
    with pytest.raises(CommandError, match=r"A-001\.yaml") as no:
        run("import", str(town))
    assert said in str(no.value)
    assert Topic.objects.get().name_lt == "Būstas"


def test_a_huge_file_and_one_that_lies_elsewhere_are_refused(town: Path, tmp_path: Path) -> None:
    (town / "words.yaml").write_text("# " + "x" * 9_000_000)
    with pytest.raises(PackError, match="larger than 8 MB"):
        packs.read(Pack(town))
    secret = tmp_path / "secret.yaml"
    secret.write_text("code: A-001\n")
    (town / "words.yaml").unlink()
    (town / "words.yaml").symlink_to(secret)
    with pytest.raises(PackError, match="outside the pack"):
        packs.read(Pack(town))


def test_a_fact_nobody_wrote_is_named(town: Path) -> None:
    (town / "facts.yaml").unlink()
    with pytest.raises(CommandError, match="no fact “eile” to show"):
        run("diff", str(town))
