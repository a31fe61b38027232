"""A pack with a mistake is refused, and the mistake is named with its file and line."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from charter.models import Institution
from portal.demo.pack import PACKS
from portal.pages.models import EasyPage, InformationPage

pytestmark = pytest.mark.django_db
SERVICE, PAGES, AMOUNTS = "services/pasalpa.yaml", "pages.yaml", "base_amounts.yaml"
Spoil = Callable[[str, str, str], int]


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """The rules of easy language speak the reader's language; these tests read English."""
    with override("en"):
        yield


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return Path(shutil.copytree(PACKS / "klaipeda", tmp_path / "pack"))


@pytest.fixture
def spoil(pack: Path) -> Spoil:
    """Replace the first line of a file that holds `old`; says which line that is."""

    def apply(name: str, old: str, new: str) -> int:
        path = pack / name
        lines = path.read_text("utf-8").splitlines(keepends=True)
        number = next(number for number, line in enumerate(lines) if old in line)
        lines[number] = lines[number].replace(old, new)
        path.write_text("".join(lines), "utf-8")
        return number + 1

    return apply


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        (SERVICE, "  uk: Соціальна допомога", "  # uk: Соціальна допомога", "name.uk: the text is missing"),
        (SERVICE, "code: pasalpa", "code: pasalpos", "code: 'pasalpos' should be the name of the file, 'pasalpa'"),
        (SERVICE, "provider: ", "provider: nobody # ", "provider: there is no institution “nobody” in the pack"),
        (SERVICE, "{{1.1 VRP}}", "{{1.1 VPR}}", "{{1.1 VPR}} is neither a sum nor a phone"),
        (SERVICE, "{{1.1 VRP}}", "{{1.1 VRP 2019}}", "there is no amount of VRP for 2019"),
        (SERVICE, "{{1.1 VRP}}", "256,30 €", "“256,30 €” stands without its base and year"),
        (AMOUNTS, "    2026: 74", "    dabar: 74", "the amount stands without its year"),
        ("topics.yaml", "pasalpa,", "pasalpos,", "there is no service “pasalpos” in the pack"),
        ("easy.yaml", "- service: pasalpa", "- service: pasalpos", "there is no service “pasalpos” in the pack"),
        ("easy.yaml", "Pašalpa yra pinigai", "PAŠALPA yra pinigai", "leave out capitals and abbreviations"),
        (PAGES, 'href="page:charter"', 'href="page:charta"', "there is no page “charta” to link to"),
        (PAGES, 'href="institution:kspc"', 'href="institution:kpsc"', "there is no institution “kpsc” to link to"),
        (PAGES, "news:", "nesw:", "nesw: this key is not known"),
        (PAGES, "{{phone:kspc}}", "{{phone:kpsc}}", "{{phone:kpsc}} is neither a sum nor a phone"),
    ],
)
def test_it_is_refused_with_file_and_line(pack: Path, spoil: Spoil, file: str, old: str, new: str, said: str) -> None:
    line = spoil(file, old, new)

    for check in (True, False):
        with pytest.raises(CommandError) as caught:
            call_command("load_content_pack", str(pack), verbosity=0, without_history=True, check=check)
        first = str(caught.value).splitlines()[0]
        assert said in first
        # a text that is missing is looked for where the texts begin
        assert first.startswith((f"{file}, line {line}: ", f"{file}, line {line - 4}: "))
    assert not Institution.objects.exists()
    assert not InformationPage.objects.exists()
    assert not EasyPage.objects.exists()


def test_an_amount_without_any_year_is_refused(pack: Path, spoil: Spoil) -> None:
    text = (pack / AMOUNTS).read_text("utf-8")
    head, _, rest = text.partition("  years:\n    2024: 55\n    2025: 70\n    2026: 74\n")
    (pack / AMOUNTS).write_text(f"{head}  years: 74\n{rest}", "utf-8")
    line = head.count("\n") + 1

    with pytest.raises(CommandError, match=rf"base_amounts.yaml, line {line}: BSI: years: an amount needs its year"):
        call_command("load_content_pack", str(pack), verbosity=0)


def test_every_mistake_is_named_at_once(pack: Path, spoil: Spoil) -> None:
    spoil(SERVICE, "{{1.1 VRP}}", "{{1.1 VPR}}")
    spoil(PAGES, 'href="page:charter"', 'href="page:charta"')

    with pytest.raises(CommandError) as caught:
        call_command("load_content_pack", str(pack), verbosity=0, check=True)

    assert [line.split(",")[0] for line in str(caught.value).splitlines()] == [SERVICE, PAGES]
