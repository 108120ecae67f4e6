"""The third-party browser files are the ones that the list names, byte for byte, each with its license."""

import json
import shutil
from pathlib import Path

import pytest

from tools import vendor


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The vendored folders alone, in a place where they may be damaged."""
    for folder in vendor.FOLDERS:
        shutil.copytree(vendor.ROOT / folder, tmp_path / folder)
    return tmp_path


def test_every_vendored_file_is_the_listed_one() -> None:
    assert vendor.problems(vendor.ROOT) == []


def test_list_says_exact_version_license_and_source_of_everything() -> None:
    for entry in vendor.read_list(vendor.ROOT):
        assert entry["version"].replace(".", "").isdigit(), f"{entry['name']}: pin one exact version"
        assert entry["license"], f"{entry['name']}: name its license"
        assert entry["source"], f"{entry['name']}: say which of the package's files it is"


def test_changed_byte_is_found(copy: Path) -> None:
    script = copy / "fieldapp/static/vendor/htmx.min.js"
    script.write_bytes(script.read_bytes() + b"\n")
    assert vendor.problems(copy) == [
        "fieldapp/static/vendor/htmx.min.js is not htmx.org 2.0.11 as listed: run `python tools/vendor.py`."
    ]


def test_missing_license_is_found(copy: Path) -> None:
    (copy / "service-worker/vendor/idb.LICENSE").unlink()
    assert vendor.problems(copy) == ["service-worker/vendor/idb.LICENSE is missing: run `python tools/vendor.py`."]


def test_file_that_nobody_listed_is_found(copy: Path) -> None:
    (copy / "service-worker/vendor/extra.js").write_text("export const extra = 1;\n", encoding="utf-8")
    assert [sentence.split(" ")[0] for sentence in vendor.problems(copy)] == ["service-worker/vendor/extra.js"]


def test_list_names_no_registry() -> None:
    text = (vendor.ROOT / vendor.LIST).read_text(encoding="utf-8")
    assert "://" not in text
    assert json.loads(text)["files"]
