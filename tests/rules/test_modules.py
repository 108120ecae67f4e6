"""JavaScript modules import in one direction, name files that exist, and none is forgotten."""

import re
from pathlib import Path
from urllib.parse import urljoin

import pytest

from tests.rules.sources import ROOT
from tests.rules.sources import STATIC
from tests.rules.sources import TEMPLATES
from tests.rules.sources import WORKER
from tests.rules.sources import files
from tests.rules.sources import name

IMPORT = re.compile(
    r"""(?:^|\n)\s*(?:import|export)\b[^'"`;]*?from\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]"""
)
NAMED_IN_COMMENT_OR_LATER = re.compile(r"""\bimport\(\s*['"]([^'"]+)['"]\s*\)""")
ENTRIES = ("worker.js", "sender.js")
MODULES = [*files(WORKER, "*.js"), *files(STATIC / "js", "*.js")]


def imported(path: Path) -> list[str]:
    """What a module's import and re-export statements name."""
    return [first or second for first, second in IMPORT.findall(path.read_text(encoding="utf-8"))]


def target(path: Path, named: str) -> Path:
    """The file an import names. The office serves static/ and service-worker/ side by side, below the build's name."""
    served = "/" + (path.relative_to(STATIC.parent) if STATIC in path.parents else path.relative_to(ROOT)).as_posix()
    below = urljoin(served, named).removeprefix("/")
    return STATIC.parent / below if below.startswith("static/") else ROOT / below


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_every_import_names_a_file_that_exists(path: Path) -> None:
    missing = [named for named in imported(path) if not target(path, named).is_file()]

    assert not missing, f"{name(path)} imports {missing}: mend the path; the browser resolves no bare names."


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_every_import_stays_within_its_build(path: Path) -> None:
    named = [*imported(path), *NAMED_IN_COMMENT_OR_LATER.findall(path.read_text(encoding="utf-8"))]
    absolute = [one for one in named if not one.startswith(".")]

    assert not absolute, f"{name(path)} names {absolute}: write it relative, or a page mixes two builds."


@pytest.mark.parametrize("path", list(files(WORKER, "*.js")), ids=name)
def test_the_service_worker_imports_nothing_of_the_pages(path: Path) -> None:
    outside = [named for named in imported(path) if WORKER not in target(path, named).parents]

    assert not outside, f"{name(path)} imports {outside}: move what both need into service-worker/."


def test_no_module_is_forgotten() -> None:
    used = {target(path, named) for path in MODULES for named in imported(path)}
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        used |= {target(path, named) for named in NAMED_IN_COMMENT_OR_LATER.findall(text)}
    templates = "".join(path.read_text(encoding="utf-8") for path in files(TEMPLATES))
    named = {path for path in MODULES if path.relative_to(path.parents[1]).as_posix() in templates}
    forgotten = [name(path) for path in MODULES if path not in used | named and path.name not in ENTRIES]

    assert not forgotten, f"{forgotten}: nothing imports it and no template names it. Use it or remove it."
