"""Which version of a checklist a visit uses, and that an old one stays to be had."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

from fieldapp.domain.checklist.library import SHIPPED
from fieldapp.domain.checklist.library import load_library
from fieldapp.domain.checklist.library import shipped_library
from fieldapp.domain.checklist.node import InvalidTemplate
from fieldapp.domain.errors import NotFound

HOME = json.loads((SHIPPED / "home-1.json").read_text())


def write(folder: Path, name: str, **changes: Any) -> Path:
    file = folder / name
    file.write_text(json.dumps(HOME | changes))
    return file


@pytest.fixture
def versions(tmp_path: Path) -> list[Path]:
    return [
        write(tmp_path, "home-3.json", version=3, effective_from="2026-09-01"),
        write(tmp_path, "home-1.json", version=1, effective_from="2026-01-01"),
        write(tmp_path, "home-2.json", version=2, effective_from="2026-09-01"),
    ]


@pytest.mark.parametrize(
    ("on", "version"), [("2026-01-01", 1), ("2026-08-31", 1), ("2026-09-01", 3), ("2030-01-01", 3)]
)
def test_newest_version_whose_day_has_come_is_in_force(versions: list[Path], on: str, version: int) -> None:
    assert load_library(versions).in_force("home", dt.date.fromisoformat(on)).version == version


def test_before_the_first_version_there_is_none(versions: list[Path]) -> None:
    with pytest.raises(NotFound, match="No checklist “home” is in force on 2025-12-31"):
        load_library(versions).in_force("home", dt.date(2025, 12, 31))


def test_old_answer_finds_its_very_version(versions: list[Path]) -> None:
    assert load_library(versions).exact("home", 2).version == 2


@pytest.mark.parametrize(("key", "version"), [("home", 9), ("work", 1)])
def test_version_the_office_lacks_is_not_found(versions: list[Path], key: str, version: int) -> None:
    with pytest.raises(NotFound, match=f"no checklist “{key}” version {version}"):
        load_library(versions).exact(key, version)


def test_file_named_otherwise_than_its_version_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidTemplate, match=r"home-2.json: key: Rename the file home-1.json"):
        load_library([write(tmp_path, "home-2.json")])


def test_mistake_is_named_by_file_and_path(tmp_path: Path) -> None:
    with pytest.raises(InvalidTemplate) as caught:
        load_library([write(tmp_path, "home-1.json", place="school")])

    assert str(caught.value) == "home-1.json: place: Must be one of: home, work."


def test_shipped_checklists_are_read_once_and_in_force_for_both_places() -> None:
    library = shipped_library()

    assert library is shipped_library()
    assert [library.in_force(place, dt.date(2026, 11, 19)).place for place in ("home", "work")] == ["home", "work"]
