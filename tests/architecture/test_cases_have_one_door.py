"""Links to cases, and the registry's tables, are reached through one module each."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("portal", "charter", "kb", "chat")


def modules_that_say(pattern: str) -> set[str]:
    files = [path for package in PACKAGES for path in (ROOT / package).rglob("*.py") if "migrations" not in path.parts]
    return {str(path.relative_to(ROOT)) for path in files if re.search(pattern, path.read_text())}


def test_only_the_door_asks_for_links_to_cases() -> None:
    assert modules_that_say(r"CaseLink\.(objects|_default_manager|_base_manager)") == {"portal/cases/access.py"}


def test_only_its_adapter_and_the_project_know_the_registry_built_in() -> None:
    knowing = modules_that_say(r"(from|import) portal\.registry|\"portal\.registry\b")
    outside = {name for name in knowing if not name.startswith(("portal/registry/", "portal/project/"))}
    demo = {f"portal/demo/{name}.py" for name in ("office", "department", "department_papers")}
    adapter = {f"portal/cases/registries/{name}.py" for name in ("reference", "reference_care")}
    assert outside == adapter | demo


def test_nobody_names_a_registry_but_the_settings() -> None:
    knowing = modules_that_say(r"registries\.(reference|dummy|zgw)|ReferenceRegistry|DummyRegistry|ZgwRegistry")
    assert {name for name in knowing if not name.startswith("portal/cases/registries/zgw/")} == {
        "portal/cases/registries/dummy.py",
        "portal/cases/registries/reference.py",
        "portal/project/posts.py",  # case workers of the registry built in have posts there
        "portal/project/settings.py",
    }
